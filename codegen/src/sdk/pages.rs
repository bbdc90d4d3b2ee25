//! Which answers are pages, found by their shape, and marked for our templates.
//!
//! An answer is a page if it has one list and a text whose name is that of a query parameter of the
//! operation with `next` before it: `next_cursor` and `cursor`, `nextPageToken` and `pageToken`.

use codegen::grammar::METHODS;
use codegen::pointer;
use serde_json::{Value, json};

/// Marks the schema of each page (`x-sdk-page`), its list (`x-sdk-items`) and its cursor (`x-sdk-next`), and
/// the operation that the README calls first (`x-sdk-first`).
pub fn mark(document: &mut Value) {
    let pages: Vec<Page> = operations(document)
        .iter()
        .filter_map(|at| Page::of(document, at))
        .collect();
    for page in &pages {
        set(document, &page.schema, "x-sdk-page");
        let properties = pointer::join(&page.schema, "properties");
        set(
            document,
            &pointer::join(&properties, &page.items),
            "x-sdk-items",
        );
        set(
            document,
            &pointer::join(&properties, &page.next),
            "x-sdk-next",
        );
    }
    let first = pages.first().map(|page| page.operation.clone());
    let first = first.or_else(|| simplest(document));
    if let Some(first) = first {
        set(document, &first, "x-sdk-first");
    }
}

/// An operation that answers with pages; the places are pointers.
struct Page {
    operation: String,
    schema: String,
    items: String,
    next: String,
}

impl Page {
    fn of(document: &Value, at: &str) -> Option<Self> {
        let answers = document.pointer(at)?.get("responses")?.as_object()?;
        let (status, _) = answers.iter().find(|(status, _)| status.starts_with('2'))?;
        let answer = format!("{at}/responses/{status}");
        let (found, answer) = pointer::follow(document, document.pointer(&answer)?, &answer)?;
        let content = found.get("content")?.as_object()?;
        let (media, _) = content.iter().find(|(media, _)| media.contains("json"))?;
        let schema = format!("{answer}/content/{}/schema", pointer::escape(media));
        let (_, schema) = pointer::follow(document, document.pointer(&schema)?, &schema)?;
        let properties = document.pointer(&schema)?.get("properties")?.as_object()?;
        let mut lists = properties.iter().filter(|(_, it)| has_type(it, "array"));
        let (items, _) = lists.next()?;
        let cursors = query_parameters(document, at);
        let (next, _) = properties.iter().find(|(name, it)| {
            has_type(it, "string") && cursors.iter().any(|cursor| follows(name, cursor))
        })?;
        lists.next().is_none().then(|| Self {
            operation: at.to_owned(),
            items: items.clone(),
            next: next.clone(),
            schema,
        })
    }
}

/// Whether `name` is `parameter` with `next` before it, however words are joined.
fn follows(name: &str, parameter: &str) -> bool {
    let plain = |text: &str| text.replace(['_', '-'], "").to_lowercase();
    plain(name).strip_prefix("next") == Some(plain(parameter).as_str())
}

fn has_type(schema: &Value, wanted: &str) -> bool {
    match schema.get("type") {
        Some(Value::Array(types)) => types.iter().any(|it| it == wanted),
        Some(one) => one == wanted,
        None => false,
    }
}

/// Pointers of all operations.
fn operations(document: &Value) -> Vec<String> {
    let paths = document.get("paths").and_then(Value::as_object);
    let items = paths.into_iter().flatten();
    items
        .flat_map(|(path, item)| {
            let at = pointer::join("/paths", path);
            let methods = METHODS.iter().filter(|it| item.get(**it).is_some());
            methods.map(move |method| format!("{at}/{method}"))
        })
        .collect()
}

/// A `GET` that needs no parameter; failing that, any operation.
fn simplest(document: &Value) -> Option<String> {
    let all = operations(document);
    let is_simple = |at: &&String| at.ends_with("/get") && !at.contains('{');
    all.iter().find(is_simple).or(all.first()).cloned()
}

fn query_parameters(document: &Value, at: &str) -> Vec<String> {
    let item = at.rsplit_once('/').map_or(at, |(item, _)| item);
    let lists = [at, item].map(|owner| {
        let list = document.pointer(owner).and_then(|it| it.get("parameters"));
        list.and_then(Value::as_array).map_or(0, Vec::len)
    });
    let places = [at, item].into_iter().zip(lists);
    let places = places.flat_map(|(owner, count)| {
        (0..count).map(move |index| format!("{owner}/parameters/{index}"))
    });
    places
        .filter_map(|place| pointer::follow(document, document.pointer(&place)?, &place))
        .map(|(parameter, _)| parameter)
        .filter(|parameter| parameter["in"] == "query")
        .filter_map(|parameter| Some(parameter.get("name")?.as_str()?.to_owned()))
        .collect()
}

fn set(document: &mut Value, at: &str, mark: &str) {
    if let Some(object) = document.pointer_mut(at).and_then(Value::as_object_mut) {
        object.insert(mark.to_owned(), json!(true));
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::mark;

    fn document(parameter: &str, next: &str) -> Value {
        json!({
            "paths": {"/things": {"get": {
                "parameters": [{"$ref": "#/components/parameters/P"}],
                "responses": {"200": {"content": {"application/json": {
                    "schema": {"$ref": "#/components/schemas/Things"},
                }}}},
            }}},
            "components": {
                "parameters": {"P": {"name": parameter, "in": "query"}},
                "schemas": {"Things": {"properties": {
                    "things": {"type": "array"},
                    next: {"type": ["string", "null"]},
                }}},
            },
        })
    }

    #[test]
    fn a_page_is_known_by_its_shape_whatever_its_members_are_called() {
        for (parameter, next) in [("cursor", "next_cursor"), ("pageToken", "nextPageToken")] {
            let mut document = document(parameter, next);

            mark(&mut document);

            let page = &document["components"]["schemas"]["Things"];
            assert_eq!(page["x-sdk-page"], true);
            assert_eq!(page["properties"]["things"]["x-sdk-items"], true);
            assert_eq!(page["properties"][next]["x-sdk-next"], true);
            assert_eq!(document["paths"]["/things"]["get"]["x-sdk-first"], true);
        }
    }

    #[test]
    fn a_list_without_a_cursor_is_no_page() {
        let mut document = document("filter", "next_cursor");

        mark(&mut document);

        assert_eq!(
            document["components"]["schemas"]["Things"].get("x-sdk-page"),
            None
        );
    }
}
