//! Where an answer breaks its schema, told in the contract's words alone: nothing that it holds is repeated.

use jsonschema::ValidationError;
use jsonschema::error::ValidationErrorKind;

/// A place and the rule that is broken there.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Breach {
    /// JSON pointer into the body; `*` stands for any item, and for a member whose name the contract
    /// does not give.
    pub pointer: String,
    /// The keyword of JSON Schema.
    pub keyword: String,
}

impl Breach {
    /// What an error says of the contract. The names in a body may be somebody's data, as those of a
    /// map: so the way leads along the schema.
    pub(crate) fn of(error: &ValidationError<'_>) -> Self {
        let path = error.evaluation_path().as_str();
        // The last segment is the keyword, unless it is that of a schema that nothing satisfies.
        let mut pointer = match error.kind() {
            ValidationErrorKind::FalseSchema => pointer_along(path),
            _ => pointer_along(path.rsplit_once('/').map_or("", |(before, _)| before)),
        };
        match error.kind() {
            ValidationErrorKind::Required { property } => {
                let name = property.as_str().unwrap_or_default();
                pointer.push_str(&format!("/{}", name.replace('~', "~0").replace('/', "~1")));
            }
            ValidationErrorKind::AdditionalProperties { .. }
            | ValidationErrorKind::UnevaluatedProperties { .. } => pointer.push_str("/*"),
            _ => {}
        }
        Self {
            pointer,
            keyword: error.kind().keyword().to_owned(),
        }
    }
}

/// The place in the instance that a path of keywords leads to.
fn pointer_along(path: &str) -> String {
    let segments: Vec<&str> = path.split('/').skip(1).collect();
    let mut rest = segments.as_slice();
    let mut pointer = String::new();
    while let [keyword, after @ ..] = rest {
        rest = after;
        match *keyword {
            "properties" | "prefixItems" => {
                if let [name, after @ ..] = rest {
                    pointer.push_str(&format!("/{name}"));
                    rest = after;
                }
            }
            "patternProperties" => {
                pointer.push_str("/*");
                rest = rest.get(1..).unwrap_or_default();
            }
            "items"
            | "contains"
            | "unevaluatedItems"
            | "additionalProperties"
            | "unevaluatedProperties"
            | "propertyNames" => pointer.push_str("/*"),
            "allOf" | "anyOf" | "oneOf" | "dependentSchemas" | "$defs" => {
                rest = rest.get(1..).unwrap_or_default();
            }
            _ => {}
        }
    }
    pointer
}
