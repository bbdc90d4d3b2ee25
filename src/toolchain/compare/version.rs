//! The version that a set of changes asks for (Semantic Versioning 2.0.0).

use serde_json::Value;

use super::change::{Change, Class};

/// The next version after the old document's; `None` where that is no semantic version.
pub fn suggest(old: &Value, changes: &[Change]) -> Option<String> {
    let text = old.pointer("/info/version")?.as_str()?;
    let core = text.split(['-', '+']).next()?;
    let prefix = if core.starts_with('v') { "v" } else { "" };
    let numbers: Vec<u64> = core
        .trim_start_matches('v')
        .split('.')
        .map(str::parse)
        .collect::<Result<_, _>>()
        .ok()?;
    let [major, minor, patch] = numbers.as_slice() else {
        return None;
    };
    let breaks = changes.iter().any(|change| change.class.is_bad());
    let grows = changes.iter().any(|change| change.class == Class::Safe);
    Some(match (breaks, grows, major) {
        (true, _, 0) => format!("{prefix}0.{}.0", minor + 1),
        (true, ..) => format!("{prefix}{}.0.0", major + 1),
        (false, true, 1..) => format!("{prefix}{major}.{}.0", minor + 1),
        _ if changes.is_empty() => text.to_owned(),
        _ => format!("{prefix}{major}.{minor}.{}", patch + 1),
    })
}
