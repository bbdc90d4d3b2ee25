//! Requests that the service sends: the contract's webhooks, and the callbacks of its operations.

use serde_json::Value;

use super::bodies::{MediaKind, kind, media_variant};
use super::parameters::{self, Parameter};
use super::{Place, operation_docs};
use crate::names::{Scope, const_name, type_name};
use crate::pointer;
use crate::schema::Direction;
use crate::types::{Type, Types};

/// A request that the service sends.
pub struct Message {
    /// The webhook's name; `operation.name` of a callback; the method after it where it has several.
    pub name: String,
    /// Its constant in `webhooks`.
    pub const_name: String,
    /// Start of the names of its types.
    pub type_name: String,
    /// Summary, then description.
    pub docs: Vec<String>,
    /// HTTP method in capitals.
    pub method: String,
    /// The operation that a callback belongs to, and the expression that gives its URL.
    pub callback: Option<(String, String)>,
    /// What it carries beside its body: in the query, in headers and in cookies.
    pub parameters: Vec<Parameter>,
    /// Its body in each media type.
    pub payloads: Vec<Payload>,
    /// Statuses that the receiver may answer with.
    pub responses: Vec<String>,
}

/// The body of a message in one media type.
pub struct Payload {
    /// As declared.
    pub range: String,
    /// Name of the type in `webhooks`.
    pub alias: String,
    /// What it is made from.
    pub ty: Type,
    /// Its entry in `schemas.json`.
    pub entry: String,
    /// What it must satisfy.
    pub schema: Value,
    /// Where that stands.
    pub pointer: String,
}

/// Takes messages together, so that no two have one name.
pub(super) struct Reader {
    names: Scope,
    constants: Scope,
    types: Scope,
}

impl Default for Reader {
    fn default() -> Self {
        Self {
            names: Scope::default(),
            constants: Scope::of(&["ALL"]),
            types: Scope::default(),
        }
    }
}

impl Reader {
    /// The webhooks of a document.
    pub(super) fn webhooks(&mut self, document: &Value, types: &mut Types<'_>) -> Vec<Message> {
        let mut messages = Vec::new();
        for (name, item) in types.ordered("/webhooks", document.get("webhooks")) {
            let at = pointer::join("/webhooks", &name);
            messages.extend(self.item(document, &name, None, &item, &at, types));
        }
        messages
    }

    /// The callbacks of an operation.
    pub(super) fn callbacks(
        &mut self,
        document: &Value,
        operation: (&str, &Value),
        pointer: &str,
        types: &mut Types<'_>,
    ) -> Vec<Message> {
        let (id, operation) = operation;
        let pointer = format!("{pointer}/callbacks");
        let mut messages = Vec::new();
        for (name, callback) in types.ordered(&pointer, operation.get("callbacks")) {
            let at = pointer::join(&pointer, &name);
            let Some((callback, at)) = pointer::follow(document, &callback, &at) else {
                continue;
            };
            let name = format!("{id}.{name}");
            for (expression, item) in types.ordered(&at, Some(callback)) {
                if !expression.starts_with("x-") {
                    let at = pointer::join(&at, &expression);
                    let callback = Some((id.to_owned(), expression));
                    messages.extend(self.item(document, &name, callback, &item, &at, types));
                }
            }
        }
        messages
    }

    /// The messages of a path item, one a method.
    fn item(
        &mut self,
        document: &Value,
        name: &str,
        callback: Option<(String, String)>,
        item: &Value,
        pointer: &str,
        types: &mut Types<'_>,
    ) -> Vec<Message> {
        let operations = super::operations(types, pointer, item);
        let has_several = operations.len() > 1;
        let mut messages = Vec::new();
        for (method, operation) in operations {
            let name = match has_several {
                true => format!("{name}.{method}"),
                false => name.to_owned(),
            };
            let place = Place {
                document,
                path: "",
                item,
                method: &method,
                pointer,
                // What the service sends is written by it, so members that only answers have are in it.
                direction: Direction::Response,
            };
            messages.push(self.one(&place, name, callback.clone(), &operation, types));
        }
        messages
    }

    fn one(
        &mut self,
        place: &Place<'_>,
        name: String,
        callback: Option<(String, String)>,
        operation: &Value,
        types: &mut Types<'_>,
    ) -> Message {
        let pointer = format!("{}/{}", place.pointer, place.method);
        let name = self.names.claim(name);
        let type_name = self.types.claim(type_name(&name));
        let mut parameters = parameters::read(
            place,
            operation,
            &pointer,
            &type_name,
            types,
            &mut Scope::default(),
        );
        // The receiver's URL says where it goes.
        parameters.retain(|parameter| parameter.place != "path");
        let responses = types.ordered(&format!("{pointer}/responses"), operation.get("responses"));
        Message {
            const_name: self.constants.claim(const_name(&name)),
            docs: operation_docs(operation),
            method: place.method.to_uppercase(),
            callback,
            parameters,
            payloads: self.payloads(place.document, &name, operation, &pointer, types),
            responses: responses.into_iter().map(|(status, _)| status).collect(),
            type_name,
            name,
        }
    }

    fn payloads(
        &mut self,
        document: &Value,
        name: &str,
        operation: &Value,
        pointer: &str,
        types: &mut Types<'_>,
    ) -> Vec<Payload> {
        let body = operation.get("requestBody").unwrap_or(&Value::Null);
        let at = format!("{pointer}/requestBody");
        let Some((body, at)) = pointer::follow(document, body, &at) else {
            return Vec::new();
        };
        let content = format!("{at}/content");
        let entries = types.ordered(&content, body.get("content"));
        let has_several = entries.len() > 1;
        let mut payloads = Vec::new();
        for (range, entry) in entries {
            let at = format!("{}/schema", pointer::join(&content, &range));
            let schema = entry.get("schema").cloned().unwrap_or(Value::Bool(true));
            let variant = if has_several {
                media_variant(&range)
            } else {
                String::new()
            };
            let alias = self
                .types
                .claim(format!("{}{variant}Payload", type_name(name)));
            let ty = match kind(&range) {
                MediaKind::Json | MediaKind::Form => {
                    types.lower(&at, &schema, &alias, Direction::Response)
                }
                MediaKind::Text => Type::Plain("String"),
                MediaKind::Multipart | MediaKind::Binary => Type::Plain("Bytes"),
            };
            payloads.push(Payload {
                entry: format!("message {name} {range}"),
                range,
                alias,
                ty,
                schema,
                pointer: at,
            });
        }
        payloads
    }
}
