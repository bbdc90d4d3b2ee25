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
    format!(
        "Some(&Outdated {{ parameters: {}, bodies: {}, answers: {}, spots: {} }})",
        all(parameters),
        all(bodies),
        all(answers),
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
    let members = it.members.iter();
    let members = members.map(|(name, spot)| format!("({}, {spot:?})", literal(name)));
    let arms = it.arms.iter().map(|(guard, spot)| arm(guard, *spot));
    let life = it.life.as_ref().map(life);
    let life = life.map_or_else(|| "None".to_owned(), |life| format!("Some({life})"));
    format!(
        "Spot {{ place: {}, life: {life}, values: {}, members: {}, rest: &{:?}, arms: {} }}",
        literal(&it.place),
        all(values),
        all(members),
        it.rest,
        all(arms),
    )
}

fn arm(guard: &Guard, spot: usize) -> String {
    let tags = guard.tags.iter();
    let tags = tags.map(|(name, values)| format!("({}, {})", literal(name), list(values)));
    format!(
        "Arm {{ spot: {spot}, types: {}, required: {}, tags: {}, values: {} }}",
        list(&guard.types),
        list(&guard.required),
        all(tags),
        list(&guard.values),
    )
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
