//! What of an operation's requests and answers is deprecated, as the runtime's tables say it.

use super::{list, literal, option};
use crate::api::Status;
use crate::deprecated::{Guard, Life, Outdated, Spot};

/// The runtime's `Outdated`.
pub fn row(it: Option<&Outdated>) -> String {
    let Some(it) = it else {
        return "None".to_owned();
    };
    let parameters = it.parameters.iter().map(|(place, name, spot)| {
        let place = match place.as_str() {
            "path" => "Path",
            "query" => "Query",
            "header" => "Header",
            _ => "Cookie",
        };
        format!("(Place::{place}, {}, {spot})", literal(name))
    });
    let bodies = it.bodies.iter();
    let bodies = bodies.map(|(media, spot)| format!("({media}, {spot})"));
    let answers = it.answers.iter();
    let answers = answers.map(|(it, spot)| format!("({}, {spot})", status(*it)));
    let events = it.events.iter();
    let events = events.map(|(it, spot)| format!("({}, {spot})", status(*it)));
    let headers = it.headers.iter();
    let headers =
        headers.map(|(it, name, spot)| format!("({}, {}, {spot})", status(*it), literal(name)));
    format!(
        "Some(&Outdated {{ parameters: {}, bodies: {}, answers: {}, events: {}, headers: {}, spots: {} }})",
        all(parameters),
        all(bodies),
        all(answers),
        all(events),
        all(headers),
        all(it.spots.iter().map(spot)),
    )
}

/// The runtime's `Status`.
pub fn status(it: Status) -> String {
    match it {
        Status::Code(code) => format!("Status::Code({code})"),
        Status::Range(digit) => format!("Status::Range({digit})"),
        Status::Default => "Status::Default".to_owned(),
    }
}

fn spot(it: &Spot) -> String {
    let values = it.values.iter();
    let values = values.map(|(text, it)| format!("({}, {})", literal(text), life(it)));
    let named = |(name, spot): &(String, Option<usize>)| format!("({}, {spot:?})", literal(name));
    let members = it.members.iter().map(named);
    let patterns = it.patterns.iter().map(named);
    let arms = it.arms.iter().map(|(guard, spot)| arm(guard, *spot));
    let life = it.life.as_ref().map(life);
    let rest = it.rest.iter().map(usize::to_string);
    said(
        "Spot",
        &[
            ("place", literal(&it.place)),
            (
                "life",
                life.map_or_else(String::new, |life| format!("Some({life})")),
            ),
            ("values", all(values)),
            ("members", all(members)),
            ("patterns", all(patterns)),
            ("rest", all(rest)),
            ("arms", all(arms)),
        ],
    )
}

fn arm(guard: &Guard, spot: usize) -> String {
    let tags = guard.tags.iter();
    let tags = tags.map(|(name, values)| format!("({}, {})", literal(name), list(values)));
    let negated = match guard.is_negated {
        true => "true".to_owned(),
        false => String::new(),
    };
    said(
        "Arm",
        &[
            ("spot", spot.to_string()),
            ("types", list(&guard.types)),
            ("required", list(&guard.required)),
            ("tags", all(tags)),
            ("values", list(&guard.values)),
            ("is_negated", negated),
        ],
    )
}

/// A struct of those fields that say something; there are thousands of them in some documents.
fn said(name: &str, fields: &[(&str, String)]) -> String {
    let says = |(_, value): &&(&str, String)| !matches!(value.as_str(), "" | "&[]");
    let mut said: Vec<String> = fields
        .iter()
        .filter(says)
        .map(|(field, value)| format!("{field}: {value}"))
        .collect();
    if said.len() < fields.len() {
        said.push(format!("..{name}::NONE"));
    }
    format!("{name} {{ {} }}", said.join(", "))
}

fn life(it: &Life) -> String {
    format!(
        "Life {{ since: {}, sunset: {}, link: {} }}",
        option(it.since.as_deref()),
        option(it.sunset.as_deref()),
        option(it.link.as_deref()),
    )
}

fn all(items: impl Iterator<Item = String>) -> String {
    format!("&[{}]", items.collect::<Vec<_>>().join(", "))
}
