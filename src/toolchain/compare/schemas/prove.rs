//! Containment of schemas, by their canonical forms.

use jsonschema::canonical::{CanonicalSchema, Containment, Satisfiability, options};
use jsonschema::{Draft, PatternOptions};
use serde_json::{Value, json};

use super::plain;

/// Larger schemas, in bytes of JSON, are not brought to their canonical form: it could take minutes.
const LIMIT: usize = 400_000;

/// Whether every value of `inner` is proven to be one of `outer`.
pub fn is_contained(inner: &Value, outer: &Value) -> bool {
    if inner == outer || outer == &json!({}) || plain::is_contained(inner, outer) {
        return true;
    }
    let (Some(inner), Some(outer)) = (canonical(inner), canonical(outer)) else {
        return false;
    };
    matches!(outer.covers(&inner), Ok(Containment::Yes))
}

/// What a schema lost.
pub struct Lost {
    /// Exactly the values that were lost.
    pub schema: Value,
    /// Whether `schema` says in its own words which they are, not as "this but not that".
    pub is_direct: bool,
}

/// The values of `sent` that `taken` does not take.
pub fn lost(sent: &Value, taken: &Value) -> Lost {
    let difference = canonical(sent)
        .zip(canonical(taken))
        .and_then(|(sent, taken)| {
            let difference = sent.subtract(&taken).ok()?;
            (difference.satisfiability() != Satisfiability::No).then(|| difference.to_json_schema())
        });
    match difference {
        Some(schema) => Lost {
            schema,
            is_direct: true,
        },
        None => {
            let taken = super::renamed(taken, "taken.");
            let mut refused = taken.clone();
            let definitions = refused.as_object_mut().and_then(|it| it.remove("$defs"));
            if let Some(refused) = refused.as_object_mut() {
                refused.remove("$schema");
            }
            let mut refusal = json!({ "not": refused });
            if let (Some(definitions), Some(refusal)) = (definitions, refusal.as_object_mut()) {
                refusal.insert("$defs".to_owned(), definitions);
            }
            Lost {
                schema: super::all_of([sent.clone(), refusal]),
                is_direct: false,
            }
        }
    }
}

/// Whether a validator runs a pattern.
pub fn runs(pattern: &str) -> bool {
    jsonschema::draft202012::options()
        .with_pattern_options(PatternOptions::fancy_regex())
        .build(&json!({ "pattern": pattern }))
        .is_ok()
}

fn canonical(schema: &Value) -> Option<CanonicalSchema> {
    if schema.to_string().len() > LIMIT {
        return None;
    }
    options()
        .offline()
        .with_draft(Draft::Draft202012)
        .should_validate_formats(true)
        .with_pattern_options(PatternOptions::fancy_regex())
        .canonicalize(schema)
        .ok()
}
