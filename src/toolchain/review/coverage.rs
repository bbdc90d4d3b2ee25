//! What `contract check` saw of a service, as far as a review tells it.

use std::path::Path;

use anyhow::Context;
use serde_json::{Map, Value};

/// How much of a contract was seen.
#[derive(Debug)]
pub struct Coverage {
    /// One for each kind of thing: operations, statuses, values …
    pub parts: Vec<Part>,
    /// What was never seen, a line for each operation that has such.
    pub unseen: Vec<String>,
    /// What was seen and is declared nowhere.
    pub undeclared: Vec<String>,
}

/// How many things of a kind were seen.
#[derive(Debug)]
pub struct Part {
    pub name: String,
    pub seen: u64,
    pub all: u64,
}

impl Coverage {
    /// Reads what `contract check --coverage` wrote, also where it is a member of something else.
    ///
    /// # Errors
    /// There is no such file, or it holds something else.
    pub fn read(path: &Path) -> anyhow::Result<Self> {
        let told = path.display();
        let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {told}"))?;
        let value: Value =
            serde_json::from_str(&text).with_context(|| format!("{told} is not JSON"))?;
        let coverage = value.get("coverage").unwrap_or(&value);
        Self::of(coverage)
            .with_context(|| format!("{told} has no coverage in it (`totals` and `operations`)"))
    }

    fn of(value: &Value) -> Option<Self> {
        let totals = value.get("totals")?.as_object()?;
        let parts = totals.iter().map(|(name, total)| {
            let number = |key: &str| total.get(key).and_then(Value::as_u64);
            Some(Part {
                name: name.clone(),
                seen: number("seen")?,
                all: number("declared")?,
            })
        });
        let operations = value.get("operations")?.as_array()?;
        let own = operations.iter().flat_map(|operation| {
            let more = names(operation.get("undeclared")).into_iter();
            more.map(|what| format!("{}: {what}", name(operation)))
        });
        Some(Self {
            parts: parts.collect::<Option<_>>()?,
            unseen: operations.iter().filter_map(unseen).collect(),
            undeclared: names(value.get("undeclared"))
                .into_iter()
                .chain(own)
                .collect(),
        })
    }

    /// The share of all things, such as `87 %`.
    pub fn percent(&self) -> String {
        let seen: u64 = self.parts.iter().map(|part| part.seen).sum();
        let all: u64 = self.parts.iter().map(|part| part.all).sum();
        match (seen * 100).checked_div(all) {
            Some(percent) => format!("{percent} %"),
            None => "nothing".to_owned(),
        }
    }
}

fn name(operation: &Value) -> &str {
    let text = |key: &str| operation.get(key).and_then(Value::as_str);
    text("name").or(text("operation")).unwrap_or_default()
}

fn names(map: Option<&Value>) -> Vec<String> {
    let map = map.and_then(Value::as_object);
    map.into_iter().flat_map(Map::keys).cloned().collect()
}

/// What of an operation was never seen.
fn unseen(operation: &Value) -> Option<String> {
    let is_unseen = |value: &Value| value.get("seen").unwrap_or(value).as_u64() == Some(0);
    if is_unseen(operation) {
        return Some(format!("{}: the operation", name(operation)));
    }
    let mut missing = Vec::new();
    let responses = operation.get("responses").and_then(Value::as_object);
    for (status, response) in responses.into_iter().flatten() {
        if is_unseen(response) {
            missing.push(status.clone());
            continue;
        }
        let problems = response.get("problems").and_then(Value::as_object);
        let problems = problems
            .into_iter()
            .flatten()
            .filter(|(_, seen)| is_unseen(seen));
        missing.extend(problems.map(|(problem, _)| format!("{status} {problem}")));
    }
    (!missing.is_empty()).then(|| format!("{}: {}", name(operation), missing.join(", ")))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::Coverage;

    #[test]
    fn coverage_is_told_by_kind_and_by_what_is_missing() {
        let told = json!({
            "totals": {"operations": {"seen": 1, "declared": 2}, "statuses": {"seen": 2, "declared": 4}},
            "operations": [
                {"operation": "a", "name": "GET /a", "seen": 3, "undeclared": {"200 has the header x": 1}, "responses": {
                    "200": {"seen": 3, "problems": {}},
                    "404": {"seen": 1, "problems": {"not-found": 1, "gone": 0}},
                    "500": {"seen": 0, "problems": {}},
                }},
                {"operation": "b", "name": "GET /b", "seen": 0, "responses": {}, "undeclared": {}},
            ],
            "undeclared": {"GET /c": 2},
        });

        let coverage = Coverage::of(&told).expect("a coverage");

        assert_eq!(coverage.percent(), "50 %");
        assert_eq!(
            coverage.unseen,
            ["GET /a: 404 gone, 500", "GET /b: the operation"]
        );
        assert_eq!(
            coverage.undeclared,
            ["GET /c", "GET /a: 200 has the header x"]
        );
        assert!(Coverage::of(&json!({"findings": []})).is_none());
    }
}
