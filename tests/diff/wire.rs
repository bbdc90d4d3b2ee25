//! Edits of all that is not a schema: operations, parameters, statuses, media types, headers, security, servers.

use fastrand::Rng;
use serde_json::{Value, json};

use crate::edits::Edited;
use crate::places::{hooks, operations};

type Edit = fn(&mut Value, &str, &mut Rng) -> Option<bool>;

/// Edits of an operation by name; they say whether a partner breaks.
const EDITS: [(&str, Edit); 30] = [
    ("operation gone", |document, at, _| {
        let (item, method) = at.rsplit_once('/')?;
        document
            .pointer_mut(item)?
            .as_object_mut()?
            .remove(method)?;
        Some(true)
    }),
    ("operation added", |document, _, _| {
        document.pointer_mut("/paths")?.as_object_mut()?.insert(
            "/quite/new".to_owned(),
            json!({ "get": { "responses": { "200": { "description": "d" } } } }),
        );
        Some(false)
    }),
    ("required parameter added", |document, at, _| {
        parameters(document, at)?.push(json!({ "name": "quite_new", "in": "query", "required": true, "schema": { "type": "string" } }));
        Some(true)
    }),
    ("optional parameter added", |document, at, _| {
        parameters(document, at)?
            .push(json!({ "name": "quite_new", "in": "query", "schema": { "type": "string" } }));
        Some(false)
    }),
    ("parameter gone", |document, at, rng| {
        let list = parameters(document, at)?;
        let open: Vec<usize> = own(list, |it| {
            it.get("in") != Some(&json!("path")) && !is_left_out(it)
        });
        list.remove(*open.get(rng.usize(..open.len().max(1)))?);
        Some(true)
    }),
    ("parameter required", |document, at, rng| {
        let list = parameters(document, at)?;
        let open = own(list, |it| {
            it.get("required") != Some(&json!(true)) && !is_left_out(it)
        });
        list[*open.get(rng.usize(..open.len().max(1)))?]["required"] = json!(true);
        Some(true)
    }),
    ("parameter optional", |document, at, rng| {
        let list = parameters(document, at)?;
        let open = own(list, |it| {
            it.get("required") == Some(&json!(true)) && it.get("in") != Some(&json!("path"))
        });
        list[*open.get(rng.usize(..open.len().max(1)))?]["required"] = json!(false);
        Some(false)
    }),
    ("parameters in another order", |document, at, _| {
        let list = parameters(document, at)?;
        (list.len() > 1).then(|| list.reverse())?;
        Some(false)
    }),
    ("list exploded or not", |document, at, _| {
        let list = parameters(document, at)?;
        let open = own(list, |it| {
            it.pointer("/schema/type") == Some(&json!("array"))
                && it.get("in") == Some(&json!("query"))
                && it.get("explode").is_none()
                && it.get("style").is_none()
        });
        list[*open.first()?]["explode"] = json!(false);
        Some(true)
    }),
    ("style said that was meant", |document, at, _| {
        let list = parameters(document, at)?;
        let open = own(list, |it| {
            it.get("in") == Some(&json!("query"))
                && it.get("explode").is_none()
                && it.get("style").is_none()
                && it.get("content").is_none()
        });
        list[*open.first()?]["style"] = json!("form");
        list[*open.first()?]["explode"] = json!(true);
        Some(false)
    }),
    ("body required", |document, at, _| {
        let body = document
            .pointer_mut(&format!("{at}/requestBody"))?
            .as_object_mut()?;
        (body.get("required") != Some(&json!(true)) && !body.contains_key("$ref"))
            .then(|| drop(body.insert("required".to_owned(), json!(true))))?;
        Some(true)
    }),
    ("body optional", |document, at, _| {
        let body = document
            .pointer_mut(&format!("{at}/requestBody"))?
            .as_object_mut()?;
        (body.get("required") == Some(&json!(true))).then(|| drop(body.remove("required")))?;
        Some(false)
    }),
    ("media type of the body gone", |document, at, _| {
        let content = document
            .pointer_mut(&format!("{at}/requestBody/content"))?
            .as_object_mut()?;
        let name = content.keys().next()?.clone();
        content.remove(&name);
        let schema = json!({ "schema": { "type": "string" } });
        content.insert("application/x-quite-new".to_owned(), schema);
        Some(true)
    }),
    ("media type of the body added", |document, at, _| {
        document
            .pointer_mut(&format!("{at}/requestBody/content"))?
            .as_object_mut()?
            .insert(
                "application/x-quite-new".to_owned(),
                json!({ "schema": { "type": "string" } }),
            );
        Some(false)
    }),
    ("success gone", |document, at, _| {
        let responses = document
            .pointer_mut(&format!("{at}/responses"))?
            .as_object_mut()?;
        let name = responses.keys().find(|name| name.starts_with('2'))?.clone();
        responses.remove(&name);
        Some(true)
    }),
    ("media type of the answer gone", |document, at, _| {
        let responses = document
            .pointer_mut(&format!("{at}/responses"))?
            .as_object_mut()?;
        let response = responses
            .iter_mut()
            .find(|(name, _)| name.starts_with('2'))?
            .1;
        let content = response.get_mut("content")?.as_object_mut()?;
        let name = content.keys().next()?.clone();
        content.remove(&name);
        Some(true)
    }),
    ("header of the answer added", |document, at, _| {
        let response = success(document, at)?;
        response
            .entry("headers")
            .or_insert(json!({}))
            .as_object_mut()?
            .insert(
                "X-Quite-New".to_owned(),
                json!({ "schema": { "type": "string" } }),
            );
        Some(false)
    }),
    ("required header of the answer gone", |document, at, _| {
        let headers = success(document, at)?.get_mut("headers")?.as_object_mut()?;
        let name = headers
            .iter()
            .find(|(_, it)| it.get("required") == Some(&json!(true)))?
            .0
            .clone();
        headers.remove(&name);
        Some(true)
    }),
    ("header of the answer required", |document, at, _| {
        let headers = success(document, at)?.get_mut("headers")?.as_object_mut()?;
        let header = optional(headers)?;
        header["required"] = json!(true);
        Some(false)
    }),
    ("header of the answer optional", |document, at, _| {
        let headers = success(document, at)?.get_mut("headers")?.as_object_mut()?;
        let required = |it: &Value| it.get("required") == Some(&json!(true));
        let (_, header) = headers
            .iter_mut()
            .find(|(name, it)| is_told(name) && required(it))?;
        header["required"] = json!(false);
        Some(true)
    }),
    ("optional header of the answer gone", |document, at, _| {
        let headers = success(document, at)?.get_mut("headers")?.as_object_mut()?;
        let optional =
            |it: &Value| it.get("required") != Some(&json!(true)) && it.get("$ref").is_none();
        let name = headers
            .iter()
            .find(|(name, it)| is_told(name) && optional(it))?
            .0
            .clone();
        headers.remove(&name);
        Some(false)
    }),
    ("error added", |document, at, _| {
        let responses = document
            .pointer_mut(&format!("{at}/responses"))?
            .as_object_mut()?;
        let known = ["default", "4XX", "418"];
        (!known.iter().any(|name| responses.contains_key(*name)))
            .then(|| drop(responses.insert("418".to_owned(), json!({ "description": "d" }))))?;
        Some(false)
    }),
    ("scheme asked besides", |document, at, _| {
        add_scheme(document)?;
        let before = document
            .pointer(&format!("{at}/security"))
            .or(document.get("security"))
            .cloned()
            .unwrap_or(json!([{}]));
        let mut ways = before.as_array()?.clone();
        if ways.is_empty() {
            ways.push(json!({}));
        }
        ways.iter_mut().for_each(|way| way["quite_new"] = json!([]));
        document
            .pointer_mut(at)?
            .as_object_mut()?
            .insert("security".to_owned(), json!(ways));
        Some(true)
    }),
    ("scheme offered besides", |document, at, _| {
        add_scheme(document)?;
        let before = document
            .pointer(&format!("{at}/security"))
            .or(document.get("security"))
            .cloned()?;
        let mut ways = before.as_array()?.clone();
        (!ways.is_empty()).then(|| ways.push(json!({ "quite_new": [] })))?;
        document
            .pointer_mut(at)?
            .as_object_mut()?
            .insert("security".to_owned(), json!(ways));
        Some(false)
    }),
    ("scope asked besides", |document, at, _| {
        let before = document
            .pointer(&format!("{at}/security"))
            .or(document.get("security"))
            .cloned()?;
        let mut ways = before.as_array()?.clone();
        (!ways.is_empty()
            && ways
                .iter()
                .all(|way| way.as_object().is_some_and(|it| !it.is_empty())))
        .then_some(())?;
        ways.iter_mut().for_each(|way| {
            way.as_object_mut()
                .into_iter()
                .flatten()
                .for_each(|(_, scopes)| *scopes = json!(["quite:new"]))
        });
        document
            .pointer_mut(at)?
            .as_object_mut()?
            .insert("security".to_owned(), json!(ways));
        Some(true)
    }),
    ("base path changed", |document, _, _| {
        let url = document.pointer_mut("/servers/0/url")?;
        *url = json!(format!("{}/quite/new", url.as_str()?.trim_end_matches('/')));
        Some(true)
    }),
    ("server added", |document, _, _| {
        document
            .get_mut("servers")?
            .as_array_mut()?
            .push(json!({ "url": "https://quite.new/api" }));
        Some(false)
    }),
    ("server of one operation", |document, at, _| {
        document.pointer_mut(at)?.as_object_mut()?.insert(
            "servers".to_owned(),
            json!([{ "url": "https://quite.new/api" }]),
        );
        Some(true)
    }),
    ("other words", |document, at, _| {
        let operation = document.pointer_mut(at)?;
        operation["summary"] = json!("in other words");
        operation["description"] = json!("in quite other words");
        Some(false)
    }),
    ("path parameter renamed", |document, at, _| {
        let (item, _) = at.rsplit_once('/')?;
        let path = codegen::pointer::last(item);
        let name = path.split('{').nth(1)?.split('}').next()?.to_owned();
        let mut moved = document.pointer(item)?.clone();
        let mut renamed = 0;
        let operations = moved.as_object_mut()?;
        for (_, part) in operations.iter_mut() {
            let list = if part.is_array() {
                Some(part)
            } else {
                part.get_mut("parameters")
            };
            for parameter in list.and_then(Value::as_array_mut).into_iter().flatten() {
                if parameter.get("in") == Some(&json!("path"))
                    && parameter.get("name") == Some(&json!(name))
                {
                    parameter["name"] = json!("quite_new");
                    renamed += 1;
                } else if parameter.get("$ref").is_some() {
                    return None;
                }
            }
        }
        (renamed > 0).then_some(())?;
        let paths = document.get_mut("paths")?.as_object_mut()?;
        paths.remove(&path);
        paths.insert(path.replace(&format!("{{{name}}}"), "{quite_new}"), moved);
        Some(false)
    }),
];

/// Edits of a webhook or a callback: what the service sends, and what it is answered.
const HOOKS: [(&str, Edit); 9] = [
    ("hook gone", |document, at, _| {
        let (item, method) = at.rsplit_once('/')?;
        document
            .pointer_mut(item)?
            .as_object_mut()?
            .remove(method)?;
        Some(true)
    }),
    ("hook added", |document, at, _| {
        let (item, method) = at.rsplit_once('/')?;
        let other = if method == "put" { "post" } else { "put" };
        let item = document.pointer_mut(item)?.as_object_mut()?;
        (!item.contains_key(other)).then(|| {
            drop(item.insert(
                other.to_owned(),
                json!({ "responses": { "204": { "description": "d" } } }),
            ))
        })?;
        Some(false)
    }),
    ("hook sends a header more", |document, at, _| {
        parameters(document, at)?.push(json!({ "name": "X-Quite-New", "in": "header", "required": true, "schema": { "type": "string" } }));
        Some(false)
    }),
    ("hook sends a header less", |document, at, _| {
        let list = parameters(document, at)?;
        let sent = own(list, |it| {
            it.get("required") == Some(&json!(true))
                && it.get("in") == Some(&json!("header"))
                && !is_left_out(it)
        });
        list.remove(*sent.first()?);
        Some(true)
    }),
    ("hook may send no body", |document, at, _| {
        let body = document
            .pointer_mut(&format!("{at}/requestBody"))?
            .as_object_mut()?;
        (body.get("required") == Some(&json!(true))).then(|| drop(body.remove("required")))?;
        Some(true)
    }),
    ("hook always sends a body", |document, at, _| {
        let body = document
            .pointer_mut(&format!("{at}/requestBody"))?
            .as_object_mut()?;
        (body.get("required") != Some(&json!(true)) && !body.contains_key("$ref"))
            .then(|| drop(body.insert("required".to_owned(), json!(true))))?;
        Some(false)
    }),
    ("hook sends a media type more", |document, at, _| {
        let content = document
            .pointer_mut(&format!("{at}/requestBody/content"))?
            .as_object_mut()?;
        (!content.is_empty() && !content.contains_key("*/*")).then_some(())?;
        content.insert(
            "application/x-quite-new".to_owned(),
            json!({ "schema": { "type": "string" } }),
        );
        Some(true)
    }),
    ("hook takes an answer less", |document, at, _| {
        let responses = document
            .pointer_mut(&format!("{at}/responses"))?
            .as_object_mut()?;
        let name = responses.keys().next()?.clone();
        responses.remove(&name);
        Some(true)
    }),
    ("hook takes an answer more", |document, at, _| {
        let responses = document
            .pointer_mut(&format!("{at}/responses"))?
            .as_object_mut()?;
        responses
            .insert("418".to_owned(), json!({ "description": "d" }))
            .is_none()
            .then_some(())?;
        Some(false)
    }),
];

/// The first header of a map that is written in place and need not be there.
fn optional(headers: &mut serde_json::Map<String, Value>) -> Option<&mut Value> {
    let fits = |it: &Value| it.get("required") != Some(&json!(true)) && it.get("$ref").is_none();
    headers
        .iter_mut()
        .find(|(name, it)| is_told(name) && fits(it))
        .map(|(_, it)| it)
}

/// `Content-Type` is said by the media types.
fn is_told(header: &str) -> bool {
    !header.eq_ignore_ascii_case("content-type")
}

fn is_left_out(parameter: &Value) -> bool {
    let names = ["accept", "content-type", "authorization"];
    let name = parameter
        .get("name")
        .and_then(Value::as_str)
        .unwrap_or_default()
        .to_lowercase();
    parameter.get("in") == Some(&json!("header")) && names.contains(&name.as_str())
}

fn parameters<'d>(document: &'d mut Value, at: &str) -> Option<&'d mut Vec<Value>> {
    let operation = document.pointer_mut(at)?.as_object_mut()?;
    operation
        .entry("parameters")
        .or_insert(json!([]))
        .as_array_mut()
}

/// Parameters that are written in place.
fn own(list: &[Value], fits: impl Fn(&Value) -> bool) -> Vec<usize> {
    let fit = list
        .iter()
        .enumerate()
        .filter(|(_, it)| it.get("$ref").is_none() && fits(it));
    fit.map(|(index, _)| index).collect()
}

fn success<'d>(
    document: &'d mut Value,
    at: &str,
) -> Option<&'d mut serde_json::Map<String, Value>> {
    let responses = document
        .pointer_mut(&format!("{at}/responses"))?
        .as_object_mut()?;
    let response = responses
        .iter_mut()
        .find(|(name, _)| name.starts_with('2'))?
        .1
        .as_object_mut()?;
    (!response.contains_key("$ref")).then_some(response)
}

fn add_scheme(document: &mut Value) -> Option<()> {
    let components = document
        .as_object_mut()?
        .entry("components")
        .or_insert(json!({}))
        .as_object_mut()?;
    let schemes = components
        .entry("securitySchemes")
        .or_insert(json!({}))
        .as_object_mut()?;
    schemes.insert(
        "quite_new".to_owned(),
        json!({ "type": "apiKey", "in": "header", "name": "X-Quite-New" }),
    );
    Some(())
}

/// One edit of an operation at a random place.
pub fn operation(document: &Value, rng: &mut Rng) -> Option<Edited> {
    one(document, &operations(document), &EDITS, rng)
}

/// One edit of a webhook or a callback at a random place.
pub fn hook(document: &Value, rng: &mut Rng) -> Option<Edited> {
    one(document, &hooks(document), &HOOKS, rng)
}

fn one(
    document: &Value,
    places: &[String],
    edits: &[(&'static str, Edit)],
    rng: &mut Rng,
) -> Option<Edited> {
    for _ in 0..200 {
        let (name, edit) = edits[rng.usize(..edits.len())];
        let at = places.get(rng.usize(..places.len().max(1)))?;
        let mut edited = document.clone();
        if let Some(breaks) = edit(&mut edited, at, rng) {
            return Some(Edited {
                name,
                at: at.clone(),
                document: edited,
                breaks,
            });
        }
    }
    None
}
