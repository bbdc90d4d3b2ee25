//! The smallest request that still shows a finding: what need not be there is left out, piece by piece.

use codegen::calls::{Case, Content, Maker, Wanted};
use codegen::pointer;
use serde_json::{Map, Value};

use super::findings::{Found, shown};
use super::run::Run;
use crate::toolchain::report::Level;

/// Findings whose requests are made smaller, and requests that are sent for one.
const FINDINGS: usize = 20;
const TRIES: usize = 12;

/// Makes the requests of the findings smaller.
pub async fn all(run: &Run<'_>) {
    let found = run.findings();
    let found = found.into_iter().filter(|it| it.level > Level::Note);
    for mut found in found.take(FINDINGS) {
        if shrink(run, &mut found).await {
            run.replace(&found);
        }
    }
}

async fn shrink(run: &Run<'_>, found: &mut Found) -> bool {
    let (Some(index), Some(mut case)) = (found.operation, found.case.clone()) else {
        return false;
    };
    let Some(maker) = run.maker(index) else {
        return false;
    };
    let mut tries = 0;
    let mut is_smaller = false;
    while let Some(smaller) = next(maker, &case, &mut tries) {
        let Some((call, answer)) = run.send(index, &smaller).await else {
            continue;
        };
        let judged = run.judge(index, &smaller, &call, &answer);
        if judged.iter().any(|it| it.is(found)) {
            found.request = run.command(&call);
            found.answer = shown(&answer);
            case = smaller;
            is_smaller = true;
        }
    }
    is_smaller
}

/// The next case with one piece less that is still as valid or invalid; `tries` counts pieces.
fn next(maker: &Maker<'_>, case: &Case, tries: &mut usize) -> Option<Case> {
    loop {
        if *tries >= TRIES {
            return None;
        }
        let smaller = without(case, *tries)?;
        *tries += 1;
        if maker.is_valid(&smaller) == (case.wanted == Wanted::Handler) {
            return Some(smaller);
        }
    }
}

/// The case without its nth optional-looking piece, counted from the last.
fn without(case: &Case, number: usize) -> Option<Case> {
    let mut pieces = Vec::new();
    for place in ["query", "header", "cookie"] {
        let members = case.values.get(place).and_then(Value::as_object);
        let names = members.into_iter().flat_map(Map::keys);
        pieces.extend(names.map(|name| (true, format!("/{place}/{}", pointer::escape(name)))));
    }
    if let Some(Content::Value(_, body)) = &case.body {
        places(body, "", &mut pieces, 0);
    }
    let (is_parameter, at) = pieces.get(pieces.len().checked_sub(number + 1)?)?;
    let mut smaller = case.clone();
    let whole = match (&mut smaller.body, is_parameter) {
        (_, true) => &mut smaller.values,
        (Some(Content::Value(_, body)), false) => body,
        _ => return None,
    };
    let (parent, _) = at.rsplit_once('/')?;
    let parent = whole.pointer_mut(parent)?.as_object_mut()?;
    parent.remove(&pointer::last(at))?;
    Some(smaller)
}

fn places(value: &Value, at: &str, pieces: &mut Vec<(bool, String)>, depth: usize) {
    let Some(members) = value.as_object().filter(|_| depth < 3) else {
        return;
    };
    for (name, member) in members {
        let at = pointer::join(at, name);
        places(member, &at, pieces, depth + 1);
        pieces.push((false, at));
    }
}
