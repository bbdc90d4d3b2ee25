//! Paths: base paths of servers, and templates as the router needs them.

use serde_json::Value;

/// A path template, cut for matching.
#[derive(Debug, Clone, PartialEq)]
pub struct Route {
    /// The whole template with its base path.
    pub template: String,
    /// Segments between slashes; a trailing slash is an empty last segment.
    pub segments: Vec<Vec<Piece>>,
    /// Query members that belong to the path key (`/pets?kind=dog`).
    pub query: Vec<(String, String)>,
}

/// A part of a segment.
#[derive(Debug, Clone, PartialEq)]
pub enum Piece {
    /// Text that must stand there, percent-decoded.
    Literal(String),
    /// A parameter's name.
    Parameter(String),
}

impl Route {
    /// Cuts `/pets/{id}.{format}?kind=dog#x`; a fragment never reaches a server and is left out.
    pub fn parse(template: &str) -> Self {
        let path = template.split('#').next().unwrap_or_default();
        let (path, query) = split_query(path);
        Self {
            template: template.to_owned(),
            segments: path
                .trim_start_matches('/')
                .split('/')
                .map(pieces)
                .collect(),
            query: query
                .split('&')
                .filter(|member| !member.is_empty())
                .map(|member| member.split_once('=').unwrap_or((member, "")))
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .filter(|(_, value)| !value.starts_with('{'))
                .collect(),
        }
    }
}

/// Cuts at the first `?` that is not inside braces.
fn split_query(path: &str) -> (&str, &str) {
    let mut depth = 0_usize;
    for (index, c) in path.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            '?' if depth == 0 => return (&path[..index], &path[index + 1..]),
            _ => {}
        }
    }
    (path, "")
}

fn pieces(segment: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = segment;
    while let Some(open) = rest.find('{') {
        let Some(length) = rest[open..].find('}') else {
            break;
        };
        if open > 0 {
            pieces.push(Piece::Literal(decoded(&rest[..open])));
        }
        pieces.push(Piece::Parameter(rest[open + 1..open + length].to_owned()));
        rest = &rest[open + length + 1..];
    }
    if !rest.is_empty() {
        pieces.push(Piece::Literal(decoded(rest)));
    }
    pieces
}

fn decoded(text: &str) -> String {
    percent_encoding::percent_decode_str(text)
        .decode_utf8_lossy()
        .into_owned()
}

/// The distinct base paths of the servers that hold for an operation, without a trailing slash.
pub fn bases(document: &Value, item: &Value, operation: &Value) -> Vec<String> {
    let servers = [operation, item, document].iter().find_map(|scope| {
        scope
            .get("servers")
            .and_then(Value::as_array)
            .filter(|list| !list.is_empty())
    });
    let mut bases: Vec<String> = Vec::new();
    for server in servers.into_iter().flatten() {
        let base = base(server);
        if !bases.contains(&base) {
            bases.push(base);
        }
    }
    if bases.is_empty() {
        bases.push(String::new());
    }
    bases
}

fn base(server: &Value) -> String {
    let mut url = server
        .get("url")
        .and_then(Value::as_str)
        .unwrap_or("/")
        .to_owned();
    let variables = server.get("variables").and_then(Value::as_object);
    for (name, variable) in variables.into_iter().flatten() {
        let default = variable
            .get("default")
            .and_then(Value::as_str)
            .unwrap_or_default();
        url = url.replace(&format!("{{{name}}}"), default);
    }
    let path = match url.split_once("://") {
        Some((_, rest)) => rest.split_once('/').map_or("", |(_, path)| path),
        None if url.starts_with("//") => url[2..].split_once('/').map_or("", |(_, path)| path),
        None => url.trim_start_matches('/'),
    };
    let path = path
        .split(['?', '#'])
        .next()
        .unwrap_or_default()
        .trim_end_matches('/');
    if path.is_empty() {
        String::new()
    } else {
        format!("/{}", path.trim_start_matches('/'))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Piece, Route, bases};

    #[test]
    fn a_segment_may_hold_several_parameters() {
        let route = Route::parse("/files/{page}.{format}?kind=dog&x={y}#frag");

        assert_eq!(
            route.segments[1],
            vec![
                Piece::Parameter("page".into()),
                Piece::Literal(".".into()),
                Piece::Parameter("format".into()),
            ]
        );
        assert_eq!(route.query, vec![("kind".to_owned(), "dog".to_owned())]);
    }

    #[test]
    fn a_base_path_is_what_follows_the_host() {
        let document = json!({"servers": [
            {"url": "https://{region}.example.com/{stage}/", "variables": {
                "region": {"default": "eu"}, "stage": {"default": "v1"}}},
            {"url": "http://localhost:8000/v1"},
            {"url": "/"},
        ]});

        assert_eq!(
            bases(&document, &json!({}), &json!({})),
            vec!["/v1".to_owned(), String::new()]
        );
    }
}
