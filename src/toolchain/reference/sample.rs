//! Examples: those that the document gives, else values made from the schema, and a call for the command line.

use codegen::instance::Instances;
use codegen::schema::Direction;
use maud::{Markup, html};
use serde_json::{Map, Value};

use super::book::Operation;
use super::frame::Page;
use super::message::parameters;
use crate::toolchain::html::{json, json_in_order};
use crate::toolchain::part::Part;

/// The longest example that is shown, in characters.
const LONGEST: usize = 20_000;

/// An example.
struct Sample<'a> {
    title: String,
    value: &'a Value,
    at: String,
}

/// The examples of a media type.
pub fn of_media(page: &Page<'_, '_>, media: &Part<'_>, media_type: &str, way: Direction) -> Markup {
    let given = given(media);
    if given.is_empty() {
        return match made(page, media, media_type, way) {
            Some(value) => {
                html! { figure.example { figcaption { "Made from the schema" } (shown(&value, json(&value))) } }
            }
            None => html! {},
        };
    }
    html! { @for (index, sample) in given.iter().enumerate() { (figure(media, sample, index)) } }
}

/// The examples of a schema.
pub fn of_schema(page: &Page<'_, '_>, schema: &Part<'_>) -> Markup {
    let examples = schema
        .member("examples")
        .map(|list| list.items())
        .unwrap_or_default();
    let one = schema.member("example");
    let given: Vec<Sample<'_>> = examples
        .iter()
        .chain(&one)
        .map(|it| sample(it, String::new()))
        .collect();
    if !given.is_empty() {
        return html! { h2 { "Examples" } @for sample in &given { (figure(schema, sample, 0)) } };
    }
    let value = instance(page, &schema.at, Direction::Response);
    html! {
        @if let Some(value) = value.filter(|value| value.is_object()) {
            h2 { "Example" }
            figure.example { figcaption { "Made from the schema" } (shown(&value, json(&value))) }
        }
    }
}

fn figure(owner: &Part<'_>, sample: &Sample<'_>, index: usize) -> Markup {
    let source = owner.source;
    let order = |at: &str, map: &Map<String, Value>| {
        let mut names: Vec<String> = source.keys(at).into_iter().map(str::to_owned).collect();
        names.retain(|name| map.contains_key(name));
        let more: Vec<String> = map
            .keys()
            .filter(|name| !names.contains(name))
            .cloned()
            .collect();
        names.extend(more);
        names
    };
    let text = shown(
        sample.value,
        json_in_order(sample.value, &sample.at, &order),
    );
    let title = match sample.title.as_str() {
        "" => "Example",
        title => title,
    };
    html! { details.example open[index == 0] { summary { (title) } (text) } }
}

/// Texts as they are, all else as JSON.
fn shown(value: &Value, written: Markup) -> Markup {
    let length = written.0.len();
    html! {
        @if length > LONGEST { p.note { "Too long to be shown: " (length) " characters." } }
        @else if let Some(text) = value.as_str().filter(|text| text.contains('\n')) { pre { code { (text) } } }
        @else { pre { code { (written) } } }
    }
}

fn sample<'a>(part: &Part<'a>, title: String) -> Sample<'a> {
    Sample {
        title,
        value: part.value,
        at: part.at.clone(),
    }
}

fn given<'a>(media: &Part<'a>) -> Vec<Sample<'a>> {
    let mut found: Vec<Sample<'a>> = media
        .member("example")
        .iter()
        .map(|it| sample(it, String::new()))
        .collect();
    let named = media
        .member("examples")
        .map(|map| map.members())
        .unwrap_or_default();
    for (name, example) in named {
        let example = example.followed();
        let title = example.text("summary").map_or(name, str::to_owned);
        found.extend(example.member("value").map(|value| sample(&value, title)));
    }
    if let Some(schema) = media.get("schema").filter(|_| found.is_empty()) {
        found.extend(
            schema
                .member("example")
                .map(|it| sample(&it, String::new())),
        );
        let list = schema
            .member("examples")
            .map(|list| list.items())
            .unwrap_or_default();
        found.extend(list.iter().map(|it| sample(it, String::new())));
    }
    found
}

fn made(page: &Page<'_, '_>, media: &Part<'_>, media_type: &str, way: Direction) -> Option<Value> {
    let is_written_so = media_type.contains("json") || media_type.contains("x-www-form");
    let schema = media.member("schema").filter(|_| is_written_so)?;
    instance(page, &schema.at, way)
}

fn instance(page: &Page<'_, '_>, at: &str, way: Direction) -> Option<Value> {
    let schema = page.book.bundler.borrow_mut().at(at, way);
    let instances = Instances::new(&schema).ok()?;
    instances.fullest()
}

/// The call of an operation by curl.
pub fn call(page: &Page<'_, '_>, operation: &Operation<'_>) -> Markup {
    let mut lines = Vec::new();
    let mut path = operation.path.clone();
    let mut query = Vec::new();
    for parameter in parameters(operation) {
        let (Some(place), Some(name)) = (parameter.text("in"), parameter.text("name")) else {
            continue;
        };
        let value = argument(&parameter).unwrap_or_else(|| format!("<{name}>"));
        match place {
            "path" => path = path.replace(&format!("{{{name}}}"), &value),
            "query" if parameter.is_true("required") => query.push(format!("{name}={value}")),
            "header" if parameter.is_true("required") => {
                lines.push(format!("-H {}", quoted(&format!("{name}: {value}"))));
            }
            _ => {}
        }
    }
    if !query.is_empty() {
        path.push(if path.contains('?') { '&' } else { '?' });
        path.push_str(&query.join("&"));
    }
    lines.splice(0..0, credentials(page, operation));
    lines.extend(body(page, operation));
    let method = match operation.method.as_str() {
        "GET" => String::new(),
        "HEAD" => "-I ".to_owned(),
        method => format!("-X {method} "),
    };
    let address = format!("{}{path}", base(operation));
    let mut text = format!("curl {method}{}", quoted(&address));
    for line in lines {
        text.push_str(" \\\n  ");
        text.push_str(&line);
    }
    html! { figure.example { figcaption { "On the command line" } pre { code { (text) } } } }
}

/// The first server's address, without a slash at the end; variables have their defaults.
fn base(operation: &Operation<'_>) -> String {
    let own = [&operation.part, &operation.item]
        .into_iter()
        .map(|it| it.items_of("servers"));
    let root = Part::root(operation.part.source);
    let servers = own
        .chain([root.items_of("servers")])
        .find(|list| !list.is_empty());
    let server = servers.and_then(|list| list.into_iter().next());
    let mut address = server
        .as_ref()
        .and_then(|it| it.text("url"))
        .unwrap_or_default()
        .to_owned();
    for (name, variable) in server
        .map(|it| it.fields_of("variables"))
        .unwrap_or_default()
    {
        address = address.replace(
            &format!("{{{name}}}"),
            variable.text("default").unwrap_or_default(),
        );
    }
    match address.contains("://") {
        true => address.trim_end_matches('/').to_owned(),
        false => format!("https://api.example.com{}", address.trim_end_matches('/')),
    }
}

fn credentials(page: &Page<'_, '_>, operation: &Operation<'_>) -> Vec<String> {
    let security = operation
        .part
        .value
        .get("security")
        .or(page.book.root.value.get("security"));
    let ways = security
        .and_then(Value::as_array)
        .map(Vec::as_slice)
        .unwrap_or_default();
    let way = ways.first().and_then(Value::as_object);
    let names = way.into_iter().flat_map(|way| way.keys());
    let schemes = page
        .book
        .root
        .get("components")
        .and_then(|it| it.get("securitySchemes"));
    let header = |name: &String| {
        let scheme = schemes.as_ref()?.get(name)?;
        Some(
            match (
                scheme.text("type")?,
                scheme.text("in"),
                scheme.text("scheme"),
            ) {
                ("apiKey", Some("header"), _) => format!("-H \"{}: $KEY\"", scheme.text("name")?),
                ("apiKey", Some("cookie"), _) => format!("-b \"{}=$KEY\"", scheme.text("name")?),
                ("apiKey", ..) => return None,
                ("http", _, Some(kind)) if kind.eq_ignore_ascii_case("basic") => {
                    "-u \"$USER:$PASSWORD\"".to_owned()
                }
                ("mutualTLS", ..) => "--cert client.pem".to_owned(),
                _ => "-H \"Authorization: Bearer $TOKEN\"".to_owned(),
            },
        )
    };
    names.filter_map(header).collect()
}

fn body(page: &Page<'_, '_>, operation: &Operation<'_>) -> Vec<String> {
    let content = operation
        .part
        .get("requestBody")
        .map(|it| it.fields_of("content"))
        .unwrap_or_default();
    let json = content.iter().find(|(name, _)| name.contains("json"));
    let Some((name, media)) = json else {
        return match content.first() {
            Some((name, _)) if name.starts_with("multipart/") => vec!["-F 'file=@FILE'".to_owned()],
            Some((name, _)) => vec![
                format!("-H {}", quoted(&format!("Content-Type: {name}"))),
                "--data-binary @FILE".to_owned(),
            ],
            None => Vec::new(),
        };
    };
    let value = given(media).first().map(|it| it.value.clone());
    let value = value
        .or_else(|| made(page, media, name, Direction::Request))
        .unwrap_or_default();
    vec![
        format!("-H {}", quoted(&format!("Content-Type: {name}"))),
        format!(
            "-d {}",
            quoted(&serde_json::to_string_pretty(&value).unwrap_or_default())
        ),
    ]
}

/// A value for a parameter, as text.
fn argument(parameter: &Part<'_>) -> Option<String> {
    let given = given(parameter);
    let schema = parameter.get("schema");
    let listed = schema.as_ref().and_then(|it| it.value.get("enum")?.get(0));
    let default = schema.as_ref().and_then(|it| it.value.get("default"));
    match given.first().map(|it| it.value).or(default).or(listed)? {
        Value::String(text) => Some(text.clone()),
        Value::Array(_) | Value::Object(_) | Value::Null => None,
        other => Some(other.to_string()),
    }
}

/// A text as a word of a shell.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}
