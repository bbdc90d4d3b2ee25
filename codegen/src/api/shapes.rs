//! What text of a parameter or a form stands for: the runtime's `Shape`.

use std::cell::Cell;

use serde_json::{Map, Value};

use crate::pointer;
use crate::types::{Types, declared_types};

/// How deep a shape goes: the first of these at which it keeps within [`ROOM`], else the last. What
/// lies deeper is read as any value.
const DEPTHS: [usize; 4] = [24, 16, 10, 6];

/// How many parts a shape may have: one that holds itself would double with every step down.
const ROOM: usize = 2_000;

/// How many objects lie within each other in one expression: neither people nor rustfmt read more.
const LEVELS: usize = 2;

/// As much of a schema as the reading of text needs.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// Anything.
    Any,
    /// Only null.
    Null,
    /// `true` or `false`.
    Boolean,
    /// An integer.
    Integer,
    /// Any number.
    Number,
    /// Text.
    String,
    /// An array of such items.
    Array(Box<Shape>),
    /// An object: its members, and what others are made of if there may be others.
    Object {
        /// Members that the schema names.
        members: Vec<(String, Shape)>,
        /// What other members are made of.
        rest: Option<Box<Shape>>,
    },
    /// One of several.
    OneOf(Vec<Shape>),
}

impl Shape {
    /// What text is read as, by the rules of the runtime's `Shape`.
    pub fn read(&self, text: &str) -> Value {
        self.convert(text).unwrap_or_else(|| text.into())
    }

    /// The value that is not text, if one may be meant.
    fn convert(&self, text: &str) -> Option<Value> {
        let json = || serde_json::from_str::<Value>(text).ok();
        match self {
            Self::Null => matches!(text, "" | "null").then_some(Value::Null),
            Self::Boolean => json().filter(Value::is_boolean),
            Self::Integer => json().filter(|it| it.is_i64() || it.is_u64()),
            Self::Number => json().filter(Value::is_number),
            Self::OneOf(arms) => {
                let mut values = arms.iter().filter_map(|arm| arm.convert(text));
                values.find(|value| !(value.is_null() && self.takes_text()))
            }
            Self::Any | Self::String | Self::Array(_) | Self::Object { .. } => None,
        }
    }

    /// Whether it is one value, whatever it is.
    pub fn is_scalar(&self) -> bool {
        match self {
            Self::Boolean | Self::Integer | Self::Number | Self::String => true,
            Self::OneOf(arms) => arms.iter().all(Self::is_scalar),
            _ => false,
        }
    }

    /// Whether text that stays text can be right.
    pub fn takes_text(&self) -> bool {
        match self {
            Self::Any | Self::String => true,
            Self::OneOf(arms) => arms.iter().any(Self::takes_text),
            _ => false,
        }
    }

    /// What the items are made of, if it may be an array.
    pub fn item(&self) -> Option<&Self> {
        match self {
            Self::Array(item) => Some(item),
            Self::OneOf(arms) => arms.iter().find_map(Self::item),
            _ => None,
        }
    }

    /// What a member is made of, if it may be an object.
    pub fn member(&self, name: &str) -> Option<&Self> {
        self.named_member(name).or_else(|| self.rest())
    }

    fn named_member(&self, name: &str) -> Option<&Self> {
        match self {
            Self::Object { members, .. } => {
                let named = members.iter().find(|(known, _)| known == name);
                named.map(|(_, shape)| shape)
            }
            Self::OneOf(arms) => arms.iter().find_map(|arm| arm.named_member(name)),
            _ => None,
        }
    }

    fn rest(&self) -> Option<&Self> {
        match self {
            Self::Object { rest, .. } => rest.as_deref(),
            Self::OneOf(arms) => arms.iter().find_map(Self::rest),
            _ => None,
        }
    }

    /// Whether an object is among what it may be.
    pub fn has_object(&self) -> bool {
        match self {
            Self::Object { .. } => true,
            Self::Array(items) => items.has_object(),
            Self::OneOf(arms) => arms.iter().any(Self::has_object),
            _ => false,
        }
    }
}

impl Shape {
    /// The runtime's `Shape` as an expression. An object that lies deeper than [`LEVELS`] objects goes
    /// to `hoist`, which gives the name of the static that it makes of it.
    pub fn expression(&self, hoist: &mut dyn FnMut(String) -> String) -> String {
        self.text(LEVELS, hoist)
    }

    fn text(&self, levels: usize, hoist: &mut dyn FnMut(String) -> String) -> String {
        match self {
            Self::Any => "Shape::Any".to_owned(),
            Self::Null => "Shape::Null".to_owned(),
            Self::Boolean => "Shape::Boolean".to_owned(),
            Self::Integer => "Shape::Integer".to_owned(),
            Self::Number => "Shape::Number".to_owned(),
            Self::String => "Shape::String".to_owned(),
            Self::Array(items) => format!("Shape::Array(&{})", items.text(levels, hoist)),
            Self::Object { .. } if levels == 0 => {
                let own = self.text(LEVELS, hoist);
                hoist(own)
            }
            Self::Object { members, rest } => {
                let mut text = |shape: &Self| shape.text(levels - 1, hoist);
                let members = members.iter();
                let members = members.map(|(name, shape)| format!("({name:?}, &{})", text(shape)));
                let members = members.collect::<Vec<_>>().join(", ");
                let rest = match rest {
                    Some(rest) => format!("Some(&{})", text(rest)),
                    None => "None".to_owned(),
                };
                format!("Shape::Object {{ members: &[{members}], rest: {rest} }}")
            }
            Self::OneOf(arms) => {
                let arms = arms
                    .iter()
                    .map(|arm| format!("&{}", arm.text(levels, hoist)));
                format!("Shape::OneOf(&[{}])", arms.collect::<Vec<_>>().join(", "))
            }
        }
    }
}

/// The shape of a schema.
pub fn shape(types: &Types<'_>, schema: &Value) -> Shape {
    let within = |depth| {
        let room = Cell::new(ROOM);
        let shape = at(types, schema, depth, &room);
        (room.get() > 0).then_some(shape)
    };
    let [deeper @ .., last] = DEPTHS;
    let fitting = deeper.into_iter().find_map(within);
    fitting.unwrap_or_else(|| at(types, schema, last, &Cell::new(usize::MAX)))
}

fn at(types: &Types<'_>, schema: &Value, depth: usize, room: &Cell<usize>) -> Shape {
    room.set(room.get().saturating_sub(1));
    let goes_on = depth > 0 && room.get() > 0;
    let Some(object) = schema.as_object().filter(|_| goes_on) else {
        return Shape::Any;
    };
    let next = |schema: &Value| at(types, schema, depth - 1, room);
    if let Some(members) = object.get("allOf").and_then(Value::as_array) {
        if let Some(merged) = types.merge_all_of(object, 0) {
            return next(&merged);
        }
        let mut own = object.clone();
        own.remove("allOf");
        return members.iter().map(next).fold(next(&own.into()), both);
    }
    let names = declared_types(object);
    let mut shape = match names.as_slice() {
        [] => literal(object).unwrap_or(Shape::Any),
        names => {
            let typed = names
                .iter()
                .map(|name| typed(types, object, name, depth, room));
            one_of(typed.collect())
        }
    };
    let target = object.get("$ref").and_then(Value::as_str);
    if let Some(target) = target.and_then(pointer::of_reference) {
        let target = types.document().pointer(&target);
        shape = both(shape, target.map_or(Shape::Any, next));
    }
    for keyword in ["oneOf", "anyOf"] {
        if let Some(arms) = object.get(keyword).and_then(Value::as_array) {
            shape = both(shape, one_of(arms.iter().map(next).collect()));
        }
    }
    shape
}

/// What satisfies both, as far as it can be told; where nothing does, what the left one says. An
/// object that is also one of several is put beside them, not into each: members are looked for in
/// all, and a shape stays as small as its schema.
fn both(left: Shape, right: Shape) -> Shape {
    match (left, right) {
        (Shape::Any, other) | (other, Shape::Any) => other,
        (Shape::Number, Shape::Integer) => Shape::Integer,
        (Shape::Array(left), Shape::Array(right)) => Shape::Array(Box::new(both(*left, *right))),
        (
            Shape::Object { mut members, rest },
            Shape::Object {
                members: others,
                rest: other_rest,
            },
        ) => {
            for (name, shape) in others {
                match members.iter_mut().find(|(known, _)| *known == name) {
                    Some((_, known)) => {
                        let own = std::mem::replace(known, Shape::Any);
                        *known = both(own, shape);
                    }
                    None => members.push((name, shape)),
                }
            }
            let rest = match (rest, other_rest) {
                (Some(left), Some(right)) => Some(Box::new(both(*left, *right))),
                _ => None,
            };
            Shape::Object { members, rest }
        }
        (object @ Shape::Object { .. }, Shape::OneOf(mut arms))
        | (Shape::OneOf(mut arms), object @ Shape::Object { .. }) => {
            arms.retain(Shape::has_object);
            arms.push(object);
            one_of(arms)
        }
        (Shape::OneOf(arms), right) if !matches!(right, Shape::OneOf(_)) => one_of(
            arms.into_iter()
                .map(|arm| both(arm, right.clone()))
                .collect(),
        ),
        (left, Shape::OneOf(arms)) => one_of(
            arms.into_iter()
                .map(|arm| both(left.clone(), arm))
                .collect(),
        ),
        (left, _) => left,
    }
}

fn typed(
    types: &Types<'_>,
    object: &Map<String, Value>,
    name: &str,
    depth: usize,
    room: &Cell<usize>,
) -> Shape {
    match name {
        "null" => Shape::Null,
        "boolean" => Shape::Boolean,
        "integer" => Shape::Integer,
        "number" => Shape::Number,
        "string" => Shape::String,
        "array" => {
            let items = object.get("items");
            let items = items.map_or(Shape::Any, |items| at(types, items, depth - 1, room));
            Shape::Array(Box::new(items))
        }
        "object" => {
            let members = object.get("properties").and_then(Value::as_object);
            let members = members
                .into_iter()
                .flatten()
                .map(|(name, schema)| (name.clone(), at(types, schema, depth - 1, room)))
                .collect();
            let rest = match object.get("additionalProperties") {
                Some(Value::Bool(false)) => None,
                Some(schema) => Some(at(types, schema, depth - 1, room)),
                None => Some(Shape::Any),
            };
            Shape::Object {
                members,
                rest: rest.map(Box::new),
            }
        }
        _ => Shape::Any,
    }
}

/// The shape of a schema that only lists values; of what is no scalar it says nothing.
fn literal(object: &Map<String, Value>) -> Option<Shape> {
    let values: Vec<&Value> = match (object.get("const"), object.get("enum")) {
        (Some(constant), _) => vec![constant],
        (None, Some(Value::Array(values))) => values.iter().collect(),
        _ => return None,
    };
    let shapes = values.iter().map(|value| match value {
        Value::Null => Some(Shape::Null),
        Value::Bool(_) => Some(Shape::Boolean),
        Value::Number(number) if number.is_f64() => Some(Shape::Number),
        Value::Number(_) => Some(Shape::Integer),
        Value::String(_) => Some(Shape::String),
        Value::Array(_) | Value::Object(_) => None,
    });
    shapes.collect::<Option<_>>().map(one_of)
}

fn one_of(all: Vec<Shape>) -> Shape {
    let mut arms: Vec<Shape> = Vec::new();
    for arm in all {
        if !arms.contains(&arm) {
            arms.push(arm);
        }
    }
    match arms.len() {
        1 => arms.swap_remove(0),
        _ if arms.contains(&Shape::Any) => Shape::Any,
        _ => Shape::OneOf(arms),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn shape_of(document: &Value, schema: &Value) -> Shape {
        shape(&Types::new(document, &|_| (0, 0)), schema)
    }

    #[test]
    fn what_lies_deep_has_its_shape() {
        let deep = (0..10).fold(json!({"type": "integer"}), |inner, _| {
            json!({"anyOf": [{"type": "object", "properties": {"a": inner}}, {"enum": [""]}]})
        });

        let mut statics = Vec::new();
        let printed = shape_of(&json!({}), &deep).expression(&mut |text| {
            statics.push(text);
            format!("S{}", statics.len())
        });

        assert!(printed.contains("&S4"), "{printed}");
        assert!(statics[0].contains("Shape::Integer"), "{statics:?}");
        assert_eq!(statics.len(), 4);
    }

    #[test]
    fn what_stands_beside_alternatives_holds_for_each() {
        let of = |schema| shape_of(&json!({}), &schema);

        let named = json!({"type": "integer", "oneOf": [{"const": 0}, {"const": 1}]});
        let listed = json!({"oneOf": [{"const": 0}, {"enum": [true, "a"]}]});
        let wide = json!({"type": ["integer", "null"], "anyOf": [{"minimum": 3}, {"maximum": 1}]});
        let one = json!({"properties": {"b": {"type": "boolean"}}});
        let object =
            json!({"properties": {"a": {"type": "integer"}}, "oneOf": [one, {"properties": {}}]});
        let object = of(object);

        assert_eq!(of(named), Shape::Integer);
        let second = Shape::OneOf(vec![Shape::Boolean, Shape::String]);
        assert_eq!(of(listed), Shape::OneOf(vec![Shape::Integer, second]));
        assert_eq!(of(wide), Shape::OneOf(vec![Shape::Integer, Shape::Null]));
        assert_eq!(object.member("b"), Some(&Shape::Boolean));
        assert_eq!(object.member("a"), Some(&Shape::Integer));
    }

    #[test]
    fn what_holds_itself_stays_small() {
        let twice = json!({"type": "object", "properties": {
            "left": {"$ref": "#/components/schemas/Tree"},
            "right": {"$ref": "#/components/schemas/Tree"},
            "size": {"type": "integer"},
        }});
        let document = json!({"components": {"schemas": {"Tree": twice}}});

        let mut all = Vec::new();
        shape_of(&document, &twice).expression(&mut |text| {
            all.push(text);
            String::new()
        });
        let printed = all.concat();

        assert!(printed.contains("Shape::Integer"), "{printed}");
        assert!(printed.len() < 100_000, "{}", printed.len());
    }
}
