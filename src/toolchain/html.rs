//! Pages for browsers: what the reference and the review share.

mod markdown;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use serde_json::Value;
use sha2::{Digest, Sha256};

pub use markdown::{Heading, Text, markdown, slug};

/// The style of every page.
pub const STYLE: &str = include_str!("html/style.css");

/// What a page may do whose style and script are files beside it.
pub const LINKED: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; \
    base-uri 'none'; form-action 'none'";

/// A page that needs no other file and runs nothing.
pub fn single_page(title: &str, content: &Markup) -> String {
    let hash = STANDARD.encode(Sha256::digest(STYLE.as_bytes()));
    let policy = format!(
        "default-src 'none'; style-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'"
    );
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) }
                style { (PreEscaped(STYLE)) }
            }
            body.single { main { (content) } }
        }
    };
    page.into_string()
}

/// A value as it is written on the wire, its parts marked for the style.
pub fn json(value: &Value) -> Markup {
    let mut text = String::new();
    write(
        value,
        &|_, map| map.keys().cloned().collect(),
        "",
        0,
        &mut text,
    );
    PreEscaped(text)
}

/// Like [`json`], the members in an order of one's own: `order` gets the pointer of a map, and the map.
pub fn json_in_order(value: &Value, at: &str, order: Order<'_>) -> Markup {
    let mut text = String::new();
    write(value, order, at, 0, &mut text);
    PreEscaped(text)
}

/// The names of a map's members as they shall follow each other.
pub type Order<'o> = &'o dyn Fn(&str, &serde_json::Map<String, Value>) -> Vec<String>;

fn write(value: &Value, order: Order<'_>, at: &str, level: usize, to: &mut String) {
    let line = |level: usize, to: &mut String| {
        to.push('\n');
        (0..level).for_each(|_| to.push_str("  "));
    };
    match value {
        Value::Array(items) if !items.is_empty() => {
            for (index, item) in items.iter().enumerate() {
                to.push_str(if index == 0 { "[" } else { "," });
                line(level + 1, to);
                write(item, order, &format!("{at}/{index}"), level + 1, to);
            }
            line(level, to);
            to.push(']');
        }
        Value::Object(members) if !members.is_empty() => {
            let names = order(at, members);
            let members = names
                .iter()
                .filter_map(|name| Some((name, members.get(name)?)));
            for (index, (name, member)) in members.enumerate() {
                to.push_str(if index == 0 { "{" } else { "," });
                line(level + 1, to);
                marked("k", &Value::from(name.as_str()), to);
                to.push_str(": ");
                write(
                    member,
                    order,
                    &codegen::pointer::join(at, name),
                    level + 1,
                    to,
                );
            }
            line(level, to);
            to.push('}');
        }
        Value::String(_) => marked("s", value, to),
        Value::Array(_) | Value::Object(_) => to.push_str(&value.to_string()),
        other => marked("n", other, to),
    }
}

fn marked(class: &str, value: &Value, to: &mut String) {
    let markup = html! { span class=(class) { (value.to_string()) } };
    to.push_str(&markup.into_string());
}
