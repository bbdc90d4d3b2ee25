//! Requests as an enemy sends them. What answers each is left open, but for this: a refusal is a
//! problem, nothing fails (500) and nothing hangs.

use std::collections::HashSet;

use serde_json::{Value, json};

use codegen::calls::{Call, Wanted};
use codegen::pointer;

/// Texts in a place of the path or the query, as they travel.
const TEXTS: &[(&str, &str)] = &[
    ("a NUL", "%00"),
    ("bytes that are not UTF-8", "%FF%C0"),
    ("a percent sign alone", "%"),
    ("half an escape", "%4"),
    ("an infinite number", "-1e999"),
    ("a number of 60 digits", HUGE),
    ("brackets", "%5B%5B%7B"),
    ("a line break", "%0D%0AX:%20y"),
    ("a way upward", "..%2F..%2F"),
    ("an emoji", "%F0%9F%92%A9"),
    ("nothing", ""),
];

const HUGE: &str = "999999999999999999999999999999999999999999999999999999999999";

/// Texts that a place gets; which ones they are goes round.
const TEXTS_OF_A_PLACE: usize = 3;

/// Places of a JSON body that are made wrong.
const PLACES: usize = 24;

const METHODS: &[&str] = &[
    "GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "HEAD", "TRACE", "PROPFIND",
];

/// A request that need not keep to HTTP's texts.
#[derive(Clone)]
pub struct Request {
    /// Of which operation it was.
    pub operation: String,
    /// What is wrong with it.
    pub what: String,
    /// HTTP method.
    pub method: String,
    /// Path and query.
    pub target: String,
    /// Headers but those of the connection and the body's length.
    pub headers: Vec<(String, Vec<u8>)>,
    /// The body.
    pub body: Vec<u8>,
}

/// Hostile requests to every operation that has a valid one.
pub fn of(calls: &[Call]) -> Vec<Request> {
    let mut all = Vec::new();
    let mut seen = HashSet::new();
    let valid = calls.iter().filter(|it| it.wanted == Wanted::Handler);
    for (turn, call) in valid.enumerate() {
        let base = Request::from(call);
        if seen.insert(&call.operation) {
            all.extend(other_methods(&base));
        }
        all.extend(targets(&base, turn));
        all.extend(headers(&base));
        all.extend(bodies(&base, turn));
    }
    all
}

impl From<&Call> for Request {
    fn from(call: &Call) -> Self {
        let headers = call.headers.iter();
        Self {
            operation: call.operation.clone(),
            what: call.what.clone(),
            method: call.method.clone(),
            target: call.target.clone(),
            headers: headers
                .map(|(name, text)| (name.clone(), text.clone().into_bytes()))
                .collect(),
            body: call.body.clone(),
        }
    }
}

impl Request {
    fn named(&self, what: impl Into<String>) -> Self {
        Self {
            what: what.into(),
            ..self.clone()
        }
    }

    fn with_target(&self, what: impl Into<String>, target: String) -> Self {
        Self {
            target,
            ..self.named(what)
        }
    }

    fn with_body(&self, what: &str, body: impl Into<Vec<u8>>) -> Self {
        Self {
            body: body.into(),
            ..self.named(what)
        }
    }

    fn with_header(&self, what: &str, name: &str, text: impl Into<Vec<u8>>) -> Self {
        let mut request = self.named(what);
        request
            .headers
            .retain(|(known, _)| !known.eq_ignore_ascii_case(name));
        request.headers.push((name.to_owned(), text.into()));
        request
    }

    fn media_type(&self) -> Option<String> {
        let mut headers = self.headers.iter();
        let (_, text) = headers.find(|(name, _)| name.eq_ignore_ascii_case("content-type"))?;
        Some(String::from_utf8_lossy(text).into_owned())
    }
}

fn other_methods(base: &Request) -> Vec<Request> {
    let others = METHODS.iter().filter(|method| **method != base.method);
    let other = |method: &&str| Request {
        method: (*method).to_owned(),
        ..base.named(format!("as {method}"))
    };
    others.map(other).collect()
}

/// Every segment of the path and every value of the query made wrong, and both as a whole.
fn targets(base: &Request, turn: usize) -> Vec<Request> {
    let (path, query) = match base.target.split_once('?') {
        Some((path, query)) => (path, query),
        None => (base.target.as_str(), ""),
    };
    let with_query = |path: &str, query: &str| match query {
        "" => path.to_owned(),
        query => format!("{path}?{query}"),
    };
    let mut all = Vec::new();
    let segments: Vec<&str> = path.split('/').collect();
    for place in 1..segments.len() {
        for (what, text) in texts(turn + place) {
            let mut segments = segments.clone();
            segments[place] = text;
            let target = with_query(&segments.join("/"), query);
            all.push(base.with_target(format!("{what} as segment {place}"), target));
        }
    }
    let pairs: Vec<&str> = query.split('&').filter(|pair| !pair.is_empty()).collect();
    for place in 0..pairs.len() {
        let name = pairs[place].split('=').next().unwrap_or_default();
        for (what, text) in texts(turn + place) {
            let pair = format!("{name}={text}");
            let mut pairs = pairs.clone();
            pairs[place] = &pair;
            let target = with_query(path, &pairs.join("&"));
            all.push(base.with_target(format!("{what} as {name}"), target));
        }
    }
    let name = pairs.first().and_then(|pair| pair.split('=').next());
    let name = name.unwrap_or("name");
    let queries = [
        ("everything twice", format!("{query}&{query}")),
        ("signs alone", format!("{query}&&=&=&==%3D&{name}")),
        ("a deep name", format!("{name}{}=1", "[a]".repeat(500))),
        ("brackets that do not fit", format!("{name}[=1&{name}]a[=2")),
        ("many pairs", format!("{name}=1&").repeat(300)),
        ("a long value", format!("{name}={}", "a".repeat(20_000))),
    ];
    all.extend(queries.map(|(what, query)| base.with_target(what, with_query(path, &query))));
    let paths = [
        ("a slash more", format!("{path}/")),
        ("two slashes", path.replacen('/', "//", 2)),
        ("dots", format!("/./..{path}")),
        ("a long path", format!("{path}{}", "/a".repeat(4_000))),
    ];
    all.extend(paths.map(|(what, path)| base.with_target(what, with_query(&path, query))));
    all
}

fn texts(turn: usize) -> impl Iterator<Item = (&'static str, &'static str)> {
    let start = turn * TEXTS_OF_A_PLACE % TEXTS.len();
    let texts = TEXTS.iter().cycle().skip(start).take(TEXTS_OF_A_PLACE);
    texts.copied()
}

fn headers(base: &Request) -> Vec<Request> {
    let mut all = vec![
        base.with_header("a bad Accept", "Accept", ";;q=x,/,*/json"),
        base.with_header("an unknown Accept", "Accept", "image/x-nothing"),
        base.with_header("a long Accept", "Accept", "a/b,".repeat(4_000)),
        base.with_header("a bad Cookie", "Cookie", "=;;a;=b; %00=%FF"),
        base.with_header("a bad If-Match", "If-Match", "\"a, W/, *"),
        base.with_header("a bad Authorization", "Authorization", "Basic ====\u{e9}"),
        base.with_header("an empty Authorization", "Authorization", ""),
        base.with_header("a bad traceparent", "traceparent", "00-zz-\u{fc}-1"),
        base.with_header("packed", "Content-Encoding", "gzip"),
    ];
    for (name, _) in &base.headers {
        all.push(base.with_header(&format!("an empty {name}"), name, ""));
        all.push(base.with_header(
            &format!("{name} not UTF-8"),
            name,
            b"\xff\xfe\xc0".as_slice(),
        ));
        all.push(base.with_header(&format!("a long {name}"), name, "x".repeat(9_000)));
    }
    if let Some(media_type) = base.media_type() {
        let essence = media_type.split(';').next().unwrap_or_default().to_owned();
        let types = [
            ("a bad charset", format!("{essence}; charset=utf-16")),
            ("bad parameters", format!("{essence};;=;a=\"")),
            ("an empty boundary", format!("{essence}; boundary=")),
            (
                "a long boundary",
                format!("{essence}; boundary={}", "b".repeat(500)),
            ),
            ("no boundary", essence),
            ("a form", "application/x-www-form-urlencoded".to_owned()),
            ("parts", "multipart/form-data; boundary=x".to_owned()),
            ("no type", "/".to_owned()),
        ];
        all.extend(types.map(|(what, text)| base.with_header(what, "Content-Type", text)));
        let mut twice = base.named("two content types");
        let other = ("Content-Type".to_owned(), b"text/plain".to_vec());
        twice.headers.push(other);
        all.push(twice);
    }
    all
}

fn bodies(base: &Request, turn: usize) -> Vec<Request> {
    let Some(media_type) = base.media_type() else {
        let body = base.with_body("a body that nobody asked for", "{\"a\":1}");
        return vec![body];
    };
    let body = &base.body;
    let half = body.get(..body.len() / 2).unwrap_or_default();
    let mut all = vec![
        base.with_body("half the body", half),
        base.with_body("the body twice", [body.as_slice(), body].concat()),
        base.with_body("nothing but blanks", " \r\n\t"),
        base.with_body("an empty body", ""),
        base.with_body(
            "bytes that are not UTF-8",
            b"\xff\xfe\x00\xc0\x80".as_slice(),
        ),
        base.with_body("a large body", vec![b'1'; 300_000]),
    ];
    if media_type.contains("json") {
        all.extend(json_bodies(base));
        all.extend(wrong_places(base, turn));
    } else if media_type.starts_with("multipart/") {
        all.extend(multiparts(base));
    } else if media_type.contains("urlencoded") {
        all.extend(forms(base));
    }
    all
}

fn json_bodies(base: &Request) -> Vec<Request> {
    let texts = [
        ("a deep list", "[".repeat(100_000)),
        ("a deep object", "{\"a\":".repeat(40_000)),
        (
            "a deep list that ends",
            format!("{}{}", "[".repeat(5_000), "]".repeat(5_000)),
        ),
        ("a huge number", format!("{{\"a\": {HUGE}{HUGE}e{HUGE}}}")),
        ("an infinite number", "-1e999".to_owned()),
        ("no number", "[NaN, Infinity, 01, 1., .5]".to_owned()),
        ("a member twice", "{\"a\":1,\"\\u0061\":2}".to_owned()),
        ("a NUL", "{\"a\\u0000\":\"\\u0000\"}".to_owned()),
        ("half a character", "[\"\\ud800\"]".to_owned()),
        ("a byte order mark", "\u{feff}{}".to_owned()),
        ("a comment", "{/* a */}".to_owned()),
    ];
    let mut all: Vec<Request> = texts
        .into_iter()
        .map(|(what, text)| base.with_body(what, text))
        .collect();
    for value in ["null", "true", "0", "\"\"", "[]", "{}", "[null]"] {
        all.push(base.with_body(value, value));
    }
    all
}

/// The body with one place made wrong, for as many places as there may be.
fn wrong_places(base: &Request, turn: usize) -> Vec<Request> {
    let Ok(value) = serde_json::from_slice::<Value>(&base.body) else {
        return Vec::new();
    };
    let mut places = Vec::new();
    collect(&value, String::new(), &mut places);
    let bad = [
        Value::Null,
        json!(""),
        json!([[[[]]]]),
        json!({ "": { "\u{0}": 1 } }),
        json!(1e308),
        json!(i64::MIN),
        json!(-0.5),
        json!("x\u{0}\u{ffff}"),
        json!("y".repeat(5_000)),
        json!("2026-02-30T25:61:61Z"),
        json!(true),
    ];
    let mut all = Vec::new();
    for (index, place) in places.iter().enumerate() {
        for step in 0..2 {
            let (Some(bad), mut value) = (
                bad.get((turn + index * 2 + step) % bad.len()),
                value.clone(),
            ) else {
                continue;
            };
            if let Some(spot) = value.pointer_mut(place) {
                *spot = bad.clone();
                let what: String = format!("{bad} at {place}").chars().take(60).collect();
                all.push(base.with_body(&what, value.to_string()));
            }
        }
    }
    all
}

fn collect(value: &Value, at: String, places: &mut Vec<String>) {
    if places.len() >= PLACES {
        return;
    }
    places.push(at.clone());
    match value {
        Value::Object(members) => members.iter().for_each(|(name, member)| {
            collect(member, pointer::join(&at, name), places);
        }),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .for_each(|(index, item)| collect(item, format!("{at}/{index}"), places)),
        _ => {}
    }
}

fn multiparts(base: &Request) -> Vec<Request> {
    let base = base.with_header("", "Content-Type", "multipart/form-data; boundary=x");
    let name = "Content-Disposition: form-data; name=";
    let texts = [
        ("no part", "--x--\r\n".to_owned()),
        (
            "a part without headers",
            "--x\r\n\r\na\r\n--x--\r\n".to_owned(),
        ),
        (
            "a part without a name",
            "--x\r\nContent-Type: a\r\n\r\na\r\n--x--\r\n".to_owned(),
        ),
        (
            "a NUL in a name",
            format!("--x\r\n{name}\"a\0b\"\r\n\r\na\r\n--x--\r\n"),
        ),
        (
            "a name that does not end",
            format!("--x\r\n{name}\"a\r\n\r\na\r\n--x--\r\n"),
        ),
        (
            "parts that do not end",
            format!("--x\r\n{name}\"a\"\r\n\r\na"),
        ),
        ("headers that do not end", format!("--x\r\n{name}\"a\"")),
        (
            "many parts",
            format!("--x\r\n{name}\"a\"\r\n\r\na\r\n").repeat(3_000),
        ),
        (
            "a long header",
            format!(
                "--x\r\n{name}\"{}\"\r\n\r\na\r\n--x--\r\n",
                "a".repeat(70_000)
            ),
        ),
    ];
    let all = texts.map(|(what, text)| base.with_body(what, text));
    all.into_iter().collect()
}

fn forms(base: &Request) -> Vec<Request> {
    let name = String::from_utf8_lossy(&base.body);
    let name = name.split('=').next().unwrap_or_default();
    let texts = [
        ("a bad escape", format!("{name}=%&%=%4")),
        ("a NUL", format!("{name}=%00&%00=1")),
        ("no UTF-8", format!("{name}=%FF%C0")),
        ("many pairs", format!("{name}=1&").repeat(20_000)),
        ("a deep name", format!("{name}{}=1", "[a]".repeat(5_000))),
        ("signs alone", "&&==&[]=&[=]".to_owned()),
        (
            "a list and a value",
            format!("{name}=1&{name}[]=2&{name}[a]=3"),
        ),
    ];
    let all = texts.map(|(what, text)| base.with_body(what, text));
    all.into_iter().collect()
}
