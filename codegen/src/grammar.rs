//! The shape of an OpenAPI document: which object has which fields (OpenAPI 3.0.4 and 3.1.1).

use serde_json::Value;

/// Kinds of object, as the specification names them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    Document,
    Info,
    Contact,
    License,
    Server,
    ServerVariable,
    Components,
    PathItem,
    Operation,
    ExternalDocs,
    Parameter,
    RequestBody,
    MediaType,
    Encoding,
    Response,
    Callback,
    Example,
    Link,
    Header,
    Tag,
    Schema,
    Discriminator,
    Xml,
    SecurityScheme,
    Flows,
    Flow,
}

/// What a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Anything; what is inside is data, not contract.
    Any,
    Text,
    Bool,
    Number,
    /// A list of texts.
    Texts,
    /// A map of texts.
    TextMap,
    /// A map of scope lists: a security requirement; here a list of those.
    Requirements,
    /// One of `type`'s: a text, or in 3.1 a list of texts.
    Type,
    One(Kind),
    List(Kind),
    /// Every key is a name.
    Map(Kind),
    /// Keys are names but for `x-…`.
    Extensible(Kind),
    /// Keys are names; each value is one of the kind, or a list of texts (`dependencies`).
    Dependencies,
}

/// One field of a kind of object.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    pub name: &'static str,
    pub shape: Shape,
    /// Only from 3.1 on.
    pub since_31: bool,
    pub required: bool,
}

const fn field(name: &'static str, shape: Shape) -> Field {
    Field {
        name,
        shape,
        since_31: false,
        required: false,
    }
}

const fn required(name: &'static str, shape: Shape) -> Field {
    Field {
        name,
        shape,
        since_31: false,
        required: true,
    }
}

const fn new(name: &'static str, shape: Shape) -> Field {
    Field {
        name,
        shape,
        since_31: true,
        required: false,
    }
}

use Shape::{Any, Bool, Extensible, List, Map, Number, One, Text, TextMap, Texts};

/// The methods of a path item, in the order of the specification.
pub const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

const DOCUMENT: &[Field] = &[
    required("openapi", Text),
    required("info", One(Kind::Info)),
    new("jsonSchemaDialect", Text),
    field("servers", List(Kind::Server)),
    field("paths", Extensible(Kind::PathItem)),
    new("webhooks", Map(Kind::PathItem)),
    field("components", One(Kind::Components)),
    field("security", Shape::Requirements),
    field("tags", List(Kind::Tag)),
    field("externalDocs", One(Kind::ExternalDocs)),
];
const INFO: &[Field] = &[
    required("title", Text),
    new("summary", Text),
    field("description", Text),
    field("termsOfService", Text),
    field("contact", One(Kind::Contact)),
    field("license", One(Kind::License)),
    required("version", Text),
];
const CONTACT: &[Field] = &[
    field("name", Text),
    field("url", Text),
    field("email", Text),
];
const LICENSE: &[Field] = &[
    required("name", Text),
    new("identifier", Text),
    field("url", Text),
];
const SERVER: &[Field] = &[
    required("url", Text),
    field("description", Text),
    field("variables", Map(Kind::ServerVariable)),
];
const SERVER_VARIABLE: &[Field] = &[
    field("enum", Texts),
    required("default", Text),
    field("description", Text),
];
const COMPONENTS: &[Field] = &[
    field("schemas", Map(Kind::Schema)),
    field("responses", Map(Kind::Response)),
    field("parameters", Map(Kind::Parameter)),
    field("examples", Map(Kind::Example)),
    field("requestBodies", Map(Kind::RequestBody)),
    field("headers", Map(Kind::Header)),
    field("securitySchemes", Map(Kind::SecurityScheme)),
    field("links", Map(Kind::Link)),
    field("callbacks", Map(Kind::Callback)),
    new("pathItems", Map(Kind::PathItem)),
];
const PATH_ITEM: &[Field] = &[
    field("$ref", Text),
    field("summary", Text),
    field("description", Text),
    field("get", One(Kind::Operation)),
    field("put", One(Kind::Operation)),
    field("post", One(Kind::Operation)),
    field("delete", One(Kind::Operation)),
    field("options", One(Kind::Operation)),
    field("head", One(Kind::Operation)),
    field("patch", One(Kind::Operation)),
    field("trace", One(Kind::Operation)),
    field("servers", List(Kind::Server)),
    field("parameters", List(Kind::Parameter)),
];
const OPERATION: &[Field] = &[
    field("tags", Texts),
    field("summary", Text),
    field("description", Text),
    field("externalDocs", One(Kind::ExternalDocs)),
    field("operationId", Text),
    field("parameters", List(Kind::Parameter)),
    field("requestBody", One(Kind::RequestBody)),
    field("responses", Extensible(Kind::Response)),
    field("callbacks", Map(Kind::Callback)),
    field("deprecated", Bool),
    field("security", Shape::Requirements),
    field("servers", List(Kind::Server)),
];
const EXTERNAL_DOCS: &[Field] = &[field("description", Text), required("url", Text)];
const PARAMETER: &[Field] = &[
    required("name", Text),
    required("in", Text),
    field("description", Text),
    field("required", Bool),
    field("deprecated", Bool),
    field("allowEmptyValue", Bool),
    field("style", Text),
    field("explode", Bool),
    field("allowReserved", Bool),
    field("schema", One(Kind::Schema)),
    field("example", Any),
    field("examples", Map(Kind::Example)),
    field("content", Map(Kind::MediaType)),
];
const REQUEST_BODY: &[Field] = &[
    field("description", Text),
    required("content", Map(Kind::MediaType)),
    field("required", Bool),
];
const MEDIA_TYPE: &[Field] = &[
    field("schema", One(Kind::Schema)),
    field("example", Any),
    field("examples", Map(Kind::Example)),
    field("encoding", Map(Kind::Encoding)),
];
const ENCODING: &[Field] = &[
    field("contentType", Text),
    field("headers", Map(Kind::Header)),
    field("style", Text),
    field("explode", Bool),
    field("allowReserved", Bool),
];
const RESPONSE: &[Field] = &[
    required("description", Text),
    field("headers", Map(Kind::Header)),
    field("content", Map(Kind::MediaType)),
    field("links", Map(Kind::Link)),
];
const EXAMPLE: &[Field] = &[
    field("summary", Text),
    field("description", Text),
    field("value", Any),
    field("externalValue", Text),
];
const LINK: &[Field] = &[
    field("operationRef", Text),
    field("operationId", Text),
    field("parameters", Any),
    field("requestBody", Any),
    field("description", Text),
    field("server", One(Kind::Server)),
];
const HEADER: &[Field] = &[
    field("description", Text),
    field("required", Bool),
    field("deprecated", Bool),
    field("allowEmptyValue", Bool),
    field("style", Text),
    field("explode", Bool),
    field("allowReserved", Bool),
    field("schema", One(Kind::Schema)),
    field("example", Any),
    field("examples", Map(Kind::Example)),
    field("content", Map(Kind::MediaType)),
];
const TAG: &[Field] = &[
    required("name", Text),
    field("description", Text),
    field("externalDocs", One(Kind::ExternalDocs)),
];
const DISCRIMINATOR: &[Field] = &[required("propertyName", Text), field("mapping", TextMap)];
const XML: &[Field] = &[
    field("name", Text),
    field("namespace", Text),
    field("prefix", Text),
    field("attribute", Bool),
    field("wrapped", Bool),
];
const SECURITY_SCHEME: &[Field] = &[
    required("type", Text),
    field("description", Text),
    field("name", Text),
    field("in", Text),
    field("scheme", Text),
    field("bearerFormat", Text),
    field("flows", One(Kind::Flows)),
    field("openIdConnectUrl", Text),
];
const FLOWS: &[Field] = &[
    field("implicit", One(Kind::Flow)),
    field("password", One(Kind::Flow)),
    field("clientCredentials", One(Kind::Flow)),
    field("authorizationCode", One(Kind::Flow)),
];
const FLOW: &[Field] = &[
    field("authorizationUrl", Text),
    field("tokenUrl", Text),
    field("refreshUrl", Text),
    required("scopes", TextMap),
];

/// Schema Objects: JSON Schema 2020-12 with OpenAPI's own words. What is `new` is no keyword of 3.0.
const SCHEMA: &[Field] = &[
    field("$ref", Text),
    field("title", Text),
    field("description", Text),
    field("default", Any),
    field("example", Any),
    field("externalDocs", One(Kind::ExternalDocs)),
    field("discriminator", One(Kind::Discriminator)),
    field("xml", One(Kind::Xml)),
    field("deprecated", Bool),
    field("readOnly", Bool),
    field("writeOnly", Bool),
    field("nullable", Bool),
    field("type", Shape::Type),
    field("format", Text),
    field("enum", Any),
    field("multipleOf", Number),
    field("minimum", Number),
    field("maximum", Number),
    field("exclusiveMinimum", Any),
    field("exclusiveMaximum", Any),
    field("minLength", Number),
    field("maxLength", Number),
    field("pattern", Text),
    field("minItems", Number),
    field("maxItems", Number),
    field("uniqueItems", Bool),
    field("minProperties", Number),
    field("maxProperties", Number),
    field("required", Texts),
    field("properties", Map(Kind::Schema)),
    field("additionalProperties", One(Kind::Schema)),
    field("items", One(Kind::Schema)),
    field("allOf", List(Kind::Schema)),
    field("anyOf", List(Kind::Schema)),
    field("oneOf", List(Kind::Schema)),
    field("not", One(Kind::Schema)),
    new("$schema", Text),
    new("$id", Text),
    new("$anchor", Text),
    new("$dynamicRef", Text),
    new("$dynamicAnchor", Text),
    new("$vocabulary", Any),
    new("$comment", Text),
    new("$defs", Map(Kind::Schema)),
    new("definitions", Map(Kind::Schema)),
    new("examples", Any),
    new("const", Any),
    new("patternProperties", Map(Kind::Schema)),
    new("propertyNames", One(Kind::Schema)),
    new("unevaluatedProperties", One(Kind::Schema)),
    new("unevaluatedItems", One(Kind::Schema)),
    new("prefixItems", List(Kind::Schema)),
    new("contains", One(Kind::Schema)),
    new("minContains", Number),
    new("maxContains", Number),
    new("dependentRequired", Any),
    new("dependentSchemas", Map(Kind::Schema)),
    new("dependencies", Shape::Dependencies),
    new("if", One(Kind::Schema)),
    new("then", One(Kind::Schema)),
    new("else", One(Kind::Schema)),
    new("contentEncoding", Text),
    new("contentMediaType", Text),
    new("contentSchema", One(Kind::Schema)),
];

/// The fields of a kind. A callback has none: it is a map of path items.
pub fn fields(kind: Kind) -> &'static [Field] {
    match kind {
        Kind::Document => DOCUMENT,
        Kind::Info => INFO,
        Kind::Contact => CONTACT,
        Kind::License => LICENSE,
        Kind::Server => SERVER,
        Kind::ServerVariable => SERVER_VARIABLE,
        Kind::Components => COMPONENTS,
        Kind::PathItem => PATH_ITEM,
        Kind::Operation => OPERATION,
        Kind::ExternalDocs => EXTERNAL_DOCS,
        Kind::Parameter => PARAMETER,
        Kind::RequestBody => REQUEST_BODY,
        Kind::MediaType => MEDIA_TYPE,
        Kind::Encoding => ENCODING,
        Kind::Response => RESPONSE,
        Kind::Callback => &[],
        Kind::Example => EXAMPLE,
        Kind::Link => LINK,
        Kind::Header => HEADER,
        Kind::Tag => TAG,
        Kind::Schema => SCHEMA,
        Kind::Discriminator => DISCRIMINATOR,
        Kind::Xml => XML,
        Kind::SecurityScheme => SECURITY_SCHEME,
        Kind::Flows => FLOWS,
        Kind::Flow => FLOW,
    }
}

/// What the member `name` of an object of this kind holds; `None` for what the specification does not know.
pub fn shape(kind: Kind, name: &str) -> Option<Shape> {
    if kind == Kind::Callback {
        return (!name.starts_with("x-")).then_some(One(Kind::PathItem));
    }
    fields(kind)
        .iter()
        .find(|field| field.name == name)
        .map(|field| field.shape)
}

/// The part of `components` that holds objects of this kind; `None` where a reference cannot stand.
pub fn section(kind: Kind) -> Option<&'static str> {
    Some(match kind {
        Kind::Schema => "schemas",
        Kind::Response => "responses",
        Kind::Parameter => "parameters",
        Kind::Example => "examples",
        Kind::RequestBody => "requestBodies",
        Kind::Header => "headers",
        Kind::SecurityScheme => "securitySchemes",
        Kind::Link => "links",
        Kind::Callback => "callbacks",
        Kind::PathItem => "pathItems",
        _ => return None,
    })
}

/// The styles that a parameter may have at a place, the usual one first; `None` where there are no
/// parameters.
pub fn styles(place: &str) -> Option<&'static [&'static str]> {
    Some(match place {
        "path" => &["simple", "label", "matrix"],
        "query" => &["form", "spaceDelimited", "pipeDelimited", "deepObject"],
        "header" => &["simple"],
        "cookie" => &["form", "cookie"],
        _ => return None,
    })
}

/// Calls `change` on every object of a document, the outer before the inner, with its kind.
pub fn visit(
    kind: Kind,
    value: &mut Value,
    change: &mut impl FnMut(Kind, &mut serde_json::Map<String, Value>),
) {
    let Some(object) = value.as_object_mut() else {
        return;
    };
    change(kind, object);
    for (name, value) in object {
        let Some(held) = shape(kind, name) else {
            continue;
        };
        match held {
            Shape::One(inner) => visit(inner, value, change),
            Shape::List(inner) => {
                let items = value.as_array_mut().into_iter().flatten();
                items.for_each(|item| visit(inner, item, change));
            }
            Shape::Map(inner) | Shape::Extensible(inner) => {
                let members = value.as_object_mut().into_iter().flatten();
                members.for_each(|(_, member)| visit(inner, member, change));
            }
            _ => {}
        }
    }
}
