//! Media types: what a request's content is, and what answer its client takes.

use std::borrow::Cow;

use http::header::{ACCEPT, ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_TYPE};
use http::{HeaderMap, HeaderValue};

use super::operation::{Media, MediaKind, RequestBody};
use super::problem::{Problem, Violation, boundary};

/// The media type of every problem; it can always be had, whatever a client accepts.
pub const PROBLEM_JSON: &str = "application/problem+json";

/// A media type with its parameters (RFC 9110, section 8.3.1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MediaType {
    /// `type/subtype` in small letters.
    pub essence: String,
    /// Parameters in order, names in small letters, quotes taken off.
    pub parameters: Vec<(String, String)>,
}

impl MediaType {
    /// Reads `type/subtype; name=value; …`; `None` if it is not of that form.
    pub fn parse(text: &str) -> Option<Self> {
        let mut pieces = split_unquoted(text, b';').into_iter();
        let essence = pieces.next()?.trim();
        let (kind, subtype) = essence.split_once('/')?;
        if !is_token(kind) || !is_token(subtype) {
            return None;
        }
        let parameters = pieces.map(str::trim).filter(|piece| !piece.is_empty());
        let parameters = parameters.map(parse_parameter).collect::<Option<_>>()?;
        Some(Self {
            essence: essence.to_ascii_lowercase(),
            parameters,
        })
    }

    /// A parameter's value by its name in small letters.
    pub fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }

    /// Whether its text is UTF-8: no charset is named, or one that UTF-8 includes.
    pub fn is_utf8(&self) -> bool {
        let known = ["utf-8", "utf8", "us-ascii"];
        self.parameter("charset")
            .is_none_or(|charset| known.iter().any(|one| charset.eq_ignore_ascii_case(one)))
    }

    /// How well this range fits a media type, more for fewer that fit it; `None` if it does not.
    /// `charset` is left out of it: all text is UTF-8.
    fn fits(&self, other: &Self) -> Option<usize> {
        let specificity = essence_fits(&self.essence, &other.essence)?;
        let mut parameters = self.parameters.iter().filter(|(name, _)| name != "charset");
        let all_fit = parameters.all(|(name, value)| {
            other
                .parameter(name)
                .is_some_and(|other| other.eq_ignore_ascii_case(value))
        });
        all_fit.then_some(specificity + self.parameters.len())
    }
}

/// 100 for the same media type, 50 for a range of its type, 1 for `*/*`.
fn essence_fits(range: &str, essence: &str) -> Option<usize> {
    let (range_type, range_subtype) = range.split_once('/')?;
    let (kind, subtype) = essence.split_once('/')?;
    let same = |one: &str, other: &str| one.eq_ignore_ascii_case(other);
    match (range_type, range_subtype) {
        ("*", "*") => Some(1),
        (range_type, "*") if same(range_type, kind) => Some(50),
        (range_type, range_subtype) if same(range_type, kind) && same(range_subtype, subtype) => {
            Some(100)
        }
        _ => None,
    }
}

/// The media type without its parameters, as it is written.
pub fn essence(media_type: &str) -> &str {
    media_type.split(';').next().unwrap_or_default().trim()
}

/// Whether a declared media type or range stands for a media type; parameters do not count.
pub fn covers(range: &str, media_type: &str) -> bool {
    essence_fits(essence(range), essence(media_type)).is_some()
}

/// The media type of the request's content; `None` if it names none. Errors: 400 if it is named
/// twice, 415 if it is malformed.
pub fn content_type(headers: &HeaderMap) -> Result<Option<MediaType>, Problem> {
    let mut lines = headers.get_all(CONTENT_TYPE).iter();
    let Some(line) = lines.next() else {
        return Ok(None);
    };
    if lines.next().is_some() {
        let violation = bad_header(
            "Content-Type",
            "duplicate",
            "must not be given more than once",
        );
        return Err(Problem::new(boundary::BAD_REQUEST).with_errors(vec![violation]));
    }
    let media_type = line.to_str().ok().and_then(MediaType::parse);
    media_type.map(Some).ok_or_else(|| {
        Problem::new(boundary::UNSUPPORTED_MEDIA_TYPE)
            .with_detail("the Content-Type cannot be read")
    })
}

/// The declared representation that the request's content has: the one that fits best, the
/// first of those.
///
/// Errors: 415 if none fits, with `Accept` listing them; if text, JSON or a form is not UTF-8;
/// if the content is encoded, with `Accept-Encoding: identity`. 400 if the type is named twice.
/// Content without a type is taken as `application/octet-stream` (RFC 9110, section 8.3).
pub fn select_request(
    body: &'static RequestBody,
    headers: &HeaderMap,
) -> Result<&'static Media, Problem> {
    refuse_encoding(headers)?;
    let refuse = |problem: Problem| match list(body.media.iter().map(|media| media.range)) {
        Some(declared) => problem.with_header(ACCEPT, declared),
        None => problem,
    };
    let unsupported = |detail: &'static str| {
        refuse(Problem::new(boundary::UNSUPPORTED_MEDIA_TYPE).with_detail(detail))
    };
    let (media_type, detail) = match content_type(headers) {
        Ok(Some(media_type)) => (media_type, "the operation does not take this media type"),
        Ok(None) => (
            octet_stream(),
            "the request has content, but no Content-Type",
        ),
        Err(problem) if problem.kind == boundary::UNSUPPORTED_MEDIA_TYPE => {
            return Err(refuse(problem));
        }
        Err(problem) => return Err(problem),
    };
    let media = best(body, &media_type).ok_or_else(|| unsupported(detail))?;
    let is_text = matches!(
        media.kind,
        MediaKind::Json | MediaKind::Text | MediaKind::Form
    );
    if is_text && !media_type.is_utf8() {
        return Err(unsupported("the charset must be utf-8"));
    }
    Ok(media)
}

fn best(body: &'static RequestBody, media_type: &MediaType) -> Option<&'static Media> {
    let mut best: Option<(usize, &'static Media)> = None;
    for media in body.media {
        let Some(range) = MediaType::parse(media.range) else {
            continue;
        };
        // A type that is declared with parameters is also taken without them.
        let bare = MediaType {
            parameters: Vec::new(),
            ..range.clone()
        };
        let contradicts = range.parameters.iter().any(|(name, value)| {
            let other = media_type.parameter(name);
            !matches!(name.as_str(), "charset" | "boundary")
                && other.is_some_and(|other| !other.eq_ignore_ascii_case(value))
        });
        let score = if contradicts {
            None
        } else {
            range.fits(media_type).or_else(|| bare.fits(media_type))
        };
        if let Some(score) = score.filter(|score| best.is_none_or(|(other, _)| *score > other)) {
            best = Some((score, media));
        }
    }
    best.map(|(_, media)| media)
}

fn octet_stream() -> MediaType {
    MediaType {
        essence: "application/octet-stream".to_owned(),
        parameters: Vec::new(),
    }
}

fn refuse_encoding(headers: &HeaderMap) -> Result<(), Problem> {
    let is_plain = |line: &HeaderValue| {
        line.to_str().is_ok_and(|line| {
            line.split(',')
                .map(str::trim)
                .all(|coding| coding.is_empty() || coding.eq_ignore_ascii_case("identity"))
        })
    };
    if headers.get_all(CONTENT_ENCODING).iter().all(is_plain) {
        return Ok(());
    }
    Err(Problem::new(boundary::UNSUPPORTED_MEDIA_TYPE)
        .with_detail("the content must not be encoded")
        .with_header(ACCEPT_ENCODING, HeaderValue::from_static("identity")))
}

/// The media type, of those that an answer can have, that the client likes best; of several the
/// first. `None` if the answer has no content other than problems.
///
/// Errors: 406 `not-acceptable`, listing the media types, if the client takes none of them; 400
/// if `Accept` cannot be read. No `Accept` takes anything (RFC 9110, section 12.5.1).
pub fn negotiate<'m>(
    headers: &HeaderMap,
    available: impl IntoIterator<Item = &'m str>,
) -> Result<Option<&'m str>, Problem> {
    let mut available = available
        .into_iter()
        .filter(|media| !essence(media).eq_ignore_ascii_case(PROBLEM_JSON))
        .peekable();
    let Some(first) = available.peek().copied() else {
        return Ok(None);
    };
    let ranges = accepted(headers)?;
    if ranges.is_empty() {
        return Ok(Some(first));
    }
    let mut offered = Vec::new();
    let mut best: Option<(u16, &'m str)> = None;
    for media in available {
        offered.push(media);
        let weight = weight(&ranges, media);
        if weight > 0 && best.is_none_or(|(other, _)| weight > other) {
            best = Some((weight, media));
        }
    }
    best.map(|(_, media)| Some(media))
        .ok_or_else(|| not_acceptable(&offered))
}

/// A range of `Accept` and its weight in thousandths.
type Accepted = (MediaType, u16);

fn weight(ranges: &[Accepted], media: &str) -> u16 {
    let Some(media) = MediaType::parse(media) else {
        return 0;
    };
    let fitting = ranges.iter().filter_map(|(range, weight)| {
        // An answer that is declared as a range can become any type of that range.
        let reverse = || {
            media
                .essence
                .ends_with('*')
                .then(|| essence_fits(&media.essence, &range.essence))
                .flatten()
        };
        let specificity = range.fits(&media).or_else(reverse)?;
        Some((specificity, *weight))
    });
    fitting.max().map_or(0, |(_, weight)| weight)
}

fn accepted(headers: &HeaderMap) -> Result<Vec<Accepted>, Problem> {
    let malformed = || {
        let violation = bad_header(
            "Accept",
            "format",
            "must be a list of media ranges (RFC 9110, section 12.5.1)",
        );
        Problem::new(boundary::BAD_REQUEST).with_errors(vec![violation])
    };
    let mut ranges = Vec::new();
    for line in headers.get_all(ACCEPT) {
        let line = line.to_str().map_err(|_| malformed())?;
        for range in split_unquoted(line, b',')
            .into_iter()
            .map(str::trim)
            .filter(|range| !range.is_empty())
        {
            ranges.push(accepted_range(range).ok_or_else(malformed)?);
        }
    }
    Ok(ranges)
}

/// Reads `type/subtype; name=value; q=0.5`; what follows `q` is an extension and means nothing.
fn accepted_range(text: &str) -> Option<Accepted> {
    // Java's own client sends a lone `*`.
    let text = match text.strip_prefix('*') {
        Some(rest) if !rest.starts_with('/') => Cow::Owned(format!("*/*{rest}")),
        _ => Cow::Borrowed(text),
    };
    let mut range = MediaType::parse(&text)?;
    if range.essence.starts_with("*/") && range.essence != "*/*" {
        return None;
    }
    let Some(at) = range.parameters.iter().position(|(name, _)| name == "q") else {
        return Some((range, 1000));
    };
    let weight = range
        .parameters
        .get(at)
        .and_then(|(_, weight)| thousandths(weight))?;
    range.parameters.truncate(at);
    Some((range, weight))
}

/// A weight such as `0.25` in thousandths.
fn thousandths(weight: &str) -> Option<u16> {
    let (whole, fraction) = weight.split_once('.').unwrap_or((weight, ""));
    let well_formed = fraction.len() <= 3 && fraction.bytes().all(|byte| byte.is_ascii_digit());
    let whole: u16 = match whole {
        "0" => 0,
        "" if !fraction.is_empty() => 0,
        "1" => 1000,
        _ => return None,
    };
    let fraction: u16 = format!("{fraction:0<3}").parse().ok()?;
    Some(whole + fraction).filter(|weight| well_formed && *weight <= 1000)
}

/// 406: the client takes none of these media types.
pub fn not_acceptable(available: &[&str]) -> Problem {
    Problem::new(boundary::NOT_ACCEPTABLE)
        .with_detail(format!("the answer can be had as {}", available.join(", ")))
        .with_member(
            "available",
            available.iter().copied().collect::<serde_json::Value>(),
        )
}

fn list<'m>(media: impl Iterator<Item = &'m str>) -> Option<HeaderValue> {
    HeaderValue::from_str(&media.collect::<Vec<_>>().join(", ")).ok()
}

fn bad_header(name: &str, keyword: &'static str, message: &str) -> Violation {
    Violation {
        place: "header",
        parameter: Some(name.to_owned()),
        pointer: String::new(),
        keyword: Cow::Borrowed(keyword),
        limit: None,
        message: message.to_owned(),
    }
}

fn parse_parameter(text: &str) -> Option<(String, String)> {
    let (name, value) = text.split_once('=')?;
    let value = match value.strip_prefix('"') {
        Some(quoted) => unquote(quoted)?,
        None if is_token(value) || is_weight(name, value) => value.to_owned(),
        None => return None,
    };
    is_token(name).then(|| (name.to_ascii_lowercase(), value))
}

/// Weights such as `.5` are no tokens by the letter, but they are sent.
fn is_weight(name: &str, value: &str) -> bool {
    name.eq_ignore_ascii_case("q") && !value.is_empty()
}

/// The text of a quoted string whose opening quote is gone.
fn unquote(quoted: &str) -> Option<String> {
    let mut text = String::new();
    let mut chars = quoted.chars();
    loop {
        match chars.next()? {
            '"' => return chars.next().is_none().then_some(text),
            '\\' => text.push(chars.next()?),
            c => text.push(c),
        }
    }
}

/// Whether this is a token (RFC 9110, section 5.6.2).
pub fn is_token(text: &str) -> bool {
    !text.is_empty()
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte))
}

/// Splits at a separator that is not inside a quoted string.
fn split_unquoted(text: &str, separator: u8) -> Vec<&str> {
    let (mut pieces, mut start, mut quoted, mut escaped) = (Vec::new(), 0, false, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            byte if byte == separator && !quoted => {
                pieces.push(text.get(start..at).unwrap_or_default());
                start = at + 1;
            }
            _ => {}
        }
    }
    pieces.push(text.get(start..).unwrap_or_default());
    pieces
}
