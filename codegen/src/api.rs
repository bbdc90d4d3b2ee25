//! The operations of a contract, with every name and type that their Rust code needs.

mod bodies;
mod messages;
mod parameters;
mod paths;
mod policy;
pub(crate) mod responses;
mod secrets;
mod shapes;

use serde_json::Value;

pub use bodies::{Body, Media, MediaKind, Part, kind as media_kind};
pub use messages::{Message, Payload};
pub use parameters::{Parameter, schema as parameters_schema};
pub use paths::{Asked, Piece, Route, plain_name};
pub use policy::{ProblemType, Role, Scheme, Security};
pub use responses::{Header, HeaderForm, Outcome, Response, Status};
pub use shapes::Shape;

use crate::deprecated::{self, Outdated};
use crate::grammar::METHODS;
use crate::names::{Scope, const_name, trait_name, type_name, value_name};
use crate::pointer;
use crate::schema::Direction;
use crate::source::Source;
use crate::sparse;
use crate::types::{Note, Types, lines};

/// Everything that the templates print, but the models.
pub struct Api {
    /// One for each trait.
    pub tags: Vec<Tag>,
    /// In the contract's order.
    pub operations: Vec<Operation>,
    /// Declared ways to say who is calling.
    pub schemes: Vec<Scheme>,
    /// `x-problem-types`.
    pub problems: Vec<ProblemType>,
    /// `x-roles`.
    pub roles: Vec<Role>,
    /// Webhooks and callbacks.
    pub messages: Vec<Message>,
    /// What could not be said exactly.
    pub notes: Vec<Note>,
}

/// A group of operations: one trait, one file.
pub struct Tag {
    /// Name in the contract.
    pub wire: String,
    /// Trait name.
    pub trait_name: String,
    /// Module name.
    pub module: String,
    /// Lines of documentation.
    pub docs: Vec<String>,
}

/// One method on one path.
pub struct Operation {
    /// `operationId`, or method and path where there is none.
    pub id: String,
    /// JSON pointer of the operation.
    pub pointer: String,
    /// Upper-case HTTP method.
    pub method: String,
    /// Path template with the base path of the server before it.
    pub path: String,
    /// How requests find it; one for each base path.
    pub routes: Vec<Route>,
    /// Index into `Api::tags`.
    pub tag: usize,
    /// Method of the trait.
    pub fn_name: String,
    /// Start of the names of its types.
    pub type_name: String,
    /// Name of its constant in `operations`.
    pub const_name: String,
    /// Summary, then description.
    pub docs: Vec<String>,
    /// Parameters of the operation and of its path.
    pub parameters: Vec<Parameter>,
    /// Request body.
    pub body: Option<Body>,
    /// Declared responses.
    pub responses: Vec<Response>,
    /// Who may call.
    pub security: Security,
    /// `x-rate-class`.
    pub rate_class: Option<String>,
    /// `x-audience`.
    pub audience: Option<String>,
    /// `x-request-log` of the operation or else of its tag.
    pub log: bool,
    /// `x-idempotency`.
    pub idempotency: Option<String>,
    /// `deprecated`.
    pub deprecated: bool,
    /// `x-deprecated-since`.
    pub deprecated_since: Option<String>,
    /// `x-sunset`.
    pub sunset: Option<String>,
    /// `x-deprecation-link`.
    pub deprecation_link: Option<String>,
    /// What of its requests and answers is deprecated.
    pub outdated: Option<Outdated>,
    /// The member of the answer whose items may be sparse, `None` for the answer itself; where a
    /// parameter has `x-sparse`.
    pub sparse: Option<Option<String>>,
}

/// The operations of a document by themselves.
pub fn of(source: &Source) -> Api {
    let order = written_order(source);
    let mut types = Types::new(&source.document, &order);
    Api::read(&source.document, &mut types)
}

/// Line and column of a pointer.
pub(crate) fn written_order(source: &Source) -> impl Fn(&str) -> (usize, usize) {
    |pointer| {
        let place = source.key_place(pointer);
        let number = |it: u32| usize::try_from(it).unwrap_or(usize::MAX);
        (number(place.line), number(place.column))
    }
}

impl Api {
    /// Reads every operation of the document; models go to `types`.
    pub fn read(document: &Value, types: &mut Types<'_>) -> Self {
        let mut api = Self {
            tags: Vec::new(),
            operations: Vec::new(),
            schemes: policy::schemes(document),
            problems: policy::problems(document),
            roles: policy::roles(document),
            messages: Vec::new(),
            notes: Vec::new(),
        };
        let mut names = Names::beside(&api.schemes);
        for (path, item) in types.ordered("/paths", document.get("paths")) {
            let pointer = pointer::join("/paths", &path);
            for (method, operation) in operations(types, &pointer, &item) {
                let place = Place {
                    document,
                    path: &path,
                    item: &item,
                    method: &method,
                    pointer: &pointer,
                    direction: SENT,
                };
                api.add(&place, &operation, types, &mut names);
            }
        }
        let webhooks = names.messages.webhooks(document, types);
        api.messages.extend(webhooks);
        api.find_outdated(document);
        api
    }

    fn find_outdated(&mut self, document: &Value) {
        let mut reader = deprecated::Reader::new(document);
        for operation in &mut self.operations {
            let (outdated, is_whole) = reader.read(operation);
            operation.outdated = outdated;
            if !is_whole {
                self.notes.push(Note {
                    pointer: operation.pointer.clone(),
                    message: "its schemas are so large that not all uses of what is deprecated in them are seen".to_owned(),
                });
            }
        }
    }

    fn add(
        &mut self,
        place: &Place<'_>,
        operation: &Value,
        types: &mut Types<'_>,
        names: &mut Names,
    ) {
        let pointer = format!("{}/{}", place.pointer, place.method);
        let text = |key: &str| {
            operation
                .get(key)
                .and_then(Value::as_str)
                .map(str::to_owned)
        };
        let id = text("operationId")
            .filter(|id| !id.trim().is_empty())
            .unwrap_or_else(|| format!("{} {}", place.method, place.path));
        let const_name = names.operations.claim(const_name(&id));
        let id = names.unique_id(id);
        let tag = self.tag(place.document, operation, names);
        let type_name = types.claim_prefix(&type_name(&id));
        let mut fields = Scope::default();
        if operation.get("requestBody").is_some() {
            fields.claim("body".to_owned());
        }
        let bases = paths::bases(place.document, place.item, operation);
        let parameters =
            parameters::read(place, operation, &pointer, &type_name, types, &mut fields);
        let path = format!("/{}", place.path.strip_prefix('/').unwrap_or(place.path));
        let in_path = parameters::path_names(&parameters);
        let routes: Vec<Route> = bases
            .iter()
            .map(|base| Route::parse(&format!("{base}{path}"), &in_path))
            .collect();
        let body = bodies::read(place.document, operation, &pointer, &type_name, types);
        let responses = responses::read(place.document, operation, &pointer, &type_name, types);
        let callbacks = names
            .messages
            .callbacks(place.document, (&id, operation), &pointer, types);
        self.messages.extend(callbacks);
        self.operations.push(Operation {
            method: place.method.to_uppercase(),
            path: bases.first().cloned().unwrap_or_default() + &path,
            routes,
            tag,
            fn_name: names.functions.claim(value_name(&id)),
            type_name,
            const_name,
            docs: operation_docs(operation),
            parameters,
            body,
            responses,
            security: policy::security(place.document, operation, &self.schemes),
            rate_class: text("x-rate-class"),
            audience: text("x-audience"),
            log: policy::log(place.document, operation),
            idempotency: text("x-idempotency"),
            deprecated: operation
                .get("deprecated")
                .and_then(Value::as_bool)
                .unwrap_or(false),
            deprecated_since: text("x-deprecated-since"),
            sunset: text("x-sunset"),
            deprecation_link: text("x-deprecation-link"),
            outdated: None,
            sparse: sparse_list(place.document, operation),
            id,
            pointer,
        });
    }

    /// The trait that an operation belongs to: that of its first tag.
    fn tag(&mut self, document: &Value, operation: &Value, names: &mut Names) -> usize {
        let wire = operation
            .get("tags")
            .and_then(|tags| tags.get(0)?.as_str())
            .unwrap_or("default")
            .to_owned();
        if let Some(index) = self.tags.iter().position(|tag| tag.wire == wire) {
            return index;
        }
        let described = document
            .get("tags")
            .and_then(Value::as_array)
            .into_iter()
            .flatten();
        let description = described
            .filter(|tag| tag.get("name").and_then(Value::as_str) == Some(&wire))
            .find_map(|tag| tag.get("description")?.as_str());
        self.tags.push(Tag {
            trait_name: names.tags.claim(trait_name(&wire)),
            module: names
                .modules
                .claim(value_name(&wire).trim_start_matches("r#").to_owned()),
            docs: description
                .map(lines)
                .unwrap_or_else(|| vec![format!("Operations of `{wire}`.")]),
            wire,
        });
        self.tags.len() - 1
    }
}

/// Where the JSON of 200 may be sparse.
fn sparse_list(document: &Value, operation: &Value) -> Option<Option<String>> {
    let response = operation.pointer("/responses/200")?;
    let response = sparse::followed(document, response);
    let schema = response.pointer("/content/application~1json/schema")?;
    Some(sparse::find(document, schema)?.list)
}

/// The operations of a path item by their methods, in the author's order.
fn operations(types: &Types<'_>, pointer: &str, item: &Value) -> Vec<(String, Value)> {
    let mut members = types.ordered(pointer, Some(item));
    members.retain(|(method, it)| METHODS.contains(&method.as_str()) && it.is_object());
    members
}

/// Summary, then description.
fn operation_docs(operation: &Value) -> Vec<String> {
    let text = |key: &str| operation.get(key).and_then(Value::as_str).map(lines);
    let mut docs = text("summary").unwrap_or_default();
    if let Some(description) = text("description") {
        if !docs.is_empty() {
            docs.push(String::new());
        }
        docs.extend(description);
    }
    docs
}

/// Where an operation stands.
pub(crate) struct Place<'p> {
    document: &'p Value,
    path: &'p str,
    item: &'p Value,
    method: &'p str,
    pointer: &'p str,
    /// Which way its requests travel.
    direction: Direction,
}

#[derive(Default)]
struct Names {
    messages: messages::Reader,
    operations: Scope,
    functions: Scope,
    tags: Scope,
    modules: Scope,
    ids: std::collections::HashSet<String>,
}

impl Names {
    /// Names of a contract with these schemes, whose constants stand among those of the operations.
    fn beside(schemes: &[Scheme]) -> Self {
        let mut operations = Scope::of(&["ALL"]);
        for scheme in schemes {
            operations.claim(scheme.const_name.clone());
        }
        Self {
            operations,
            ..Self::default()
        }
    }

    fn unique_id(&mut self, id: String) -> String {
        let mut unique = id.clone();
        let mut number = 2;
        while !self.ids.insert(unique.clone()) {
            unique = format!("{id}{number}");
            number += 1;
        }
        unique
    }
}

/// The direction of everything a client sends.
pub(crate) const SENT: Direction = Direction::Request;
