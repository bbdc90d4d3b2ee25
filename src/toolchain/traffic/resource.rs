//! Which operations create, list, read, change and delete the same things, by the shape of their paths.
//!
//! `/orders` and `/orders/{id}` are a collection and its items, at any depth. What an operation does
//! with them is its method.

use std::collections::BTreeMap;

use codegen::api::{self, Piece};
use codegen::pointer;
use serde_json::Value;

use super::Contract;

/// Names that ids go by, after the path parameter's own.
const ID_NAMES: [&str; 7] = ["id", "uuid", "slug", "key", "name", "username", "code"];

/// What an operation does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    Create,
    List,
    Read,
    Replace,
    Update,
    Delete,
}

/// An operation on a collection or its items.
pub struct Resource {
    /// What it does.
    pub role: Role,
    /// An operation on one item, and the name of its last path parameter.
    pub item: (usize, String),
    /// Whether its path is that of one item.
    pub is_item: bool,
}

/// The roles of all operations, by their indexes.
pub struct Resources(Vec<Option<Resource>>);

impl Resources {
    /// Reads the shapes of all paths.
    pub fn of(contract: &Contract) -> Self {
        let operations = contract.operations.iter().map(|it| it.declared);
        let mut items: BTreeMap<Vec<String>, (usize, String)> = BTreeMap::new();
        for (index, operation) in operations.clone().enumerate() {
            if let Some((path, Some(name))) = shape(operation) {
                items.entry(path).or_insert((index, name));
            }
        }
        let resource = |operation: &api::Operation| {
            let (mut path, name) = shape(operation)?;
            let is_item = name.is_some();
            if !is_item {
                path.push("{}".to_owned());
            }
            let item = items.get(&path)?.clone();
            let role = match (operation.method.as_str(), is_item) {
                ("POST", false) => Role::Create,
                ("GET", false) => Role::List,
                ("GET", true) => Role::Read,
                ("PUT", _) => Role::Replace,
                ("PATCH", _) | ("POST", true) => Role::Update,
                ("DELETE", true) => Role::Delete,
                _ => return None,
            };
            Some(Resource {
                role,
                item,
                is_item,
            })
        };
        Self(operations.map(resource).collect())
    }

    /// The role of an operation.
    pub fn get(&self, index: usize) -> Option<&Resource> {
        self.0.get(index)?.as_ref()
    }
}

/// The segments of a path, parameters as `{}`, and the name of the last if it is one.
pub fn shape(operation: &api::Operation) -> Option<(Vec<String>, Option<String>)> {
    let segments = &operation.routes.first()?.segments;
    let mut path = Vec::new();
    let mut last = None;
    for pieces in segments {
        last = None;
        match pieces.as_slice() {
            [Piece::Literal(text)] => path.push(text.clone()),
            [Piece::Parameter(name)] => {
                path.push("{}".to_owned());
                last = Some(name.clone());
            }
            _ => return None,
        }
    }
    Some((path, last))
}

/// The member that holds an object's id, with its pointer: in it, or in the only object in it.
pub fn id_of(value: &Value, parameter: &str, collection: &str) -> Option<(String, Value)> {
    let members = value.as_object()?;
    let wanted = [
        folded(parameter),
        format!("{}id", folded(&singular(collection))),
    ];
    let is_scalar = |value: &Value| value.is_string() || value.is_number();
    let mut own = members.iter();
    let found = own
        .find(|(name, value)| wanted.contains(&folded(name)) && is_scalar(value))
        .or_else(|| {
            let mut names = ID_NAMES.iter();
            names.find_map(|name| members.get_key_value(*name).filter(|(_, it)| is_scalar(it)))
        });
    if let Some((name, value)) = found {
        return Some((pointer::join("", name), value.clone()));
    }
    let mut objects = members.iter().filter(|(_, value)| value.is_object());
    let (name, inner) = objects.next().filter(|_| members.len() == 1)?;
    let (at, id) = id_of(inner, parameter, collection)?;
    Some((format!("{}{at}", pointer::join("", name)), id))
}

/// A name without case and separators.
pub fn folded(name: &str) -> String {
    let letters = name.chars().filter(char::is_ascii_alphanumeric);
    letters.map(|c| c.to_ascii_lowercase()).collect()
}

/// The last word of a collection's path, in the singular as far as English is regular.
pub fn singular(collection: &str) -> String {
    let last = collection.rsplit('/').next().unwrap_or_default();
    match last {
        word if word.ends_with("ies") => format!("{}y", word.trim_end_matches("ies")),
        word if word.ends_with("ss") => word.to_owned(),
        word => word.strip_suffix('s').unwrap_or(word).to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_id_is_found_by_its_name_the_parameters_or_the_collections() {
        let place = |value: Value| id_of(&value, "petId", "/v2/pets").map(|(at, _)| at);

        assert_eq!(
            place(json!({"id": 1, "pet_id": 2})).as_deref(),
            Some("/pet_id")
        );
        assert_eq!(place(json!({"name": "a", "id": 1})).as_deref(), Some("/id"));
        assert_eq!(place(json!({"pet": {"id": 1}})).as_deref(), Some("/pet/id"));
        assert_eq!(place(json!({"title": "a"})), None);
    }
}
