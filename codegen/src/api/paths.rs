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
    pub query: Vec<(String, Asked)>,
}

/// What a path key asks of a query member.
#[derive(Debug, Clone, PartialEq)]
pub enum Asked {
    /// That it is there.
    Presence,
    /// This value.
    Text(String),
    /// A value for the parameter of this name.
    Parameter(String),
}

/// A part of a segment.
#[derive(Debug, Clone, PartialEq)]
pub enum Piece {
    /// Text that must stand there, percent-decoded.
    Literal(String),
    /// A parameter's name.
    Parameter(String),
    /// The name of a parameter that takes slashes too (`{+name}`, `{name+}`, `{name=a/*}`).
    Rest(String),
}

impl Route {
    /// Cuts `/pets/{id}.{format}?kind=dog#x`; a fragment never reaches a server and is left out.
    /// What stands in braces is a parameter by its whole text if `declared` has it, else by its
    /// `plain_name`.
    pub fn parse(template: &str, declared: &[&str]) -> Self {
        let path = template.split('#').next().unwrap_or_default();
        let (path, query) = split_query(path);
        Self {
            template: template.to_owned(),
            segments: segments(path.strip_prefix('/').unwrap_or(path), declared),
            query: query
                .split('&')
                .filter(|member| !member.is_empty() && !member.starts_with('{'))
                .map(|member| asked(member, declared))
                .collect(),
        }
    }

    /// Whether both match the same paths: they differ in the names of their parameters at most.
    pub fn has_shape_of(&self, other: &Self) -> bool {
        let are_like = |(pieces, others): (&Vec<Piece>, &Vec<Piece>)| {
            let mut both = pieces.iter().zip(others);
            pieces.len() == others.len() && both.all(|(piece, other)| piece.is_like(other))
        };
        let mut segments = self.segments.iter().zip(&other.segments);
        self.segments.len() == other.segments.len()
            && segments.all(are_like)
            && self.query == other.query
    }

    /// Names of the parameters that stand in the path, then of those in its query.
    pub fn parameters(&self) -> impl Iterator<Item = &str> {
        let in_path = self.segments.iter().flatten().filter_map(Piece::name);
        let in_query = self.query.iter().filter_map(|(_, asked)| asked.name());
        in_path.chain(in_query)
    }
}

impl Piece {
    fn name(&self) -> Option<&str> {
        match self {
            Self::Parameter(name) | Self::Rest(name) => Some(name),
            Self::Literal(_) => None,
        }
    }

    fn is_like(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Literal(text), Self::Literal(other)) => text == other,
            (Self::Parameter(_), Self::Parameter(_)) | (Self::Rest(_), Self::Rest(_)) => true,
            _ => false,
        }
    }
}

impl Asked {
    fn name(&self) -> Option<&str> {
        match self {
            Self::Parameter(name) => Some(name),
            Self::Presence | Self::Text(_) => None,
        }
    }
}

/// `kind=dog`, `kind={kind}` or `kind`.
fn asked(member: &str, declared: &[&str]) -> (String, Asked) {
    let (name, value) = member.split_once('=').unwrap_or((member, ""));
    let asked = match braced(value, declared) {
        Some((parameter, _)) => Asked::Parameter(parameter.to_owned()),
        None if value.is_empty() => Asked::Presence,
        None => Asked::Text(value.to_owned()),
    };
    (name.to_owned(), asked)
}

/// The parameter's name in what braces hold, without what other notations add to it:
/// `{+name}`, `{name*}`, `{name+}`, `{name:[0-9]+}`, `{name=shelves/*}`.
pub fn plain_name(braced: &str) -> &str {
    braced
        .split([':', '='])
        .next()
        .unwrap_or_default()
        .trim_start_matches(['+', '*', '.', ';', '&'])
        .trim_end_matches(['*', '+', '?', '.'])
}

/// Whether a parameter takes slashes too.
fn spans(braced: &str) -> bool {
    let (name, pattern) = braced.split_once(['=', ':']).unwrap_or((braced, ""));
    name.starts_with(['+', '*'])
        || name.ends_with('+')
        || name.ends_with("...")
        || pattern.contains('/')
        || pattern.contains("**")
}

/// Cuts at the first `?` that is not inside braces, and before a `{?…}` of RFC 6570.
fn split_query(path: &str) -> (&str, &str) {
    let path = path.split("{?").next().unwrap_or_default();
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

/// Segments and their pieces. Braces that hold no name are text. One parameter may take slashes.
fn segments(path: &str, declared: &[&str]) -> Vec<Vec<Piece>> {
    let mut segments = Vec::new();
    let mut segment = Segment::default();
    let mut rest = path;
    let mut has_rest = false;
    while let Some(c) = rest.chars().next() {
        let after = &rest[c.len_utf8()..];
        match braced(rest, declared) {
            Some((name, inside)) => {
                let piece = match spans(inside) && !has_rest {
                    true => Piece::Rest(name.to_owned()),
                    false => Piece::Parameter(name.to_owned()),
                };
                has_rest |= matches!(piece, Piece::Rest(_));
                segment.push(piece);
                rest = &rest[inside.len() + 2..];
            }
            None if c == '/' => {
                segments.push(std::mem::take(&mut segment).finish());
                rest = after;
            }
            None => {
                segment.text.push(c);
                rest = after;
            }
        }
    }
    segments.push(segment.finish());
    segments
}

/// A segment while it is read: whole pieces, and the text after them.
#[derive(Default)]
struct Segment {
    pieces: Vec<Piece>,
    text: String,
}

impl Segment {
    fn push(&mut self, piece: Piece) {
        self.end_text();
        self.pieces.push(piece);
    }

    fn end_text(&mut self) {
        if !self.text.is_empty() {
            let text = std::mem::take(&mut self.text);
            self.pieces.push(Piece::Literal(decoded(&text)));
        }
    }

    fn finish(mut self) -> Vec<Piece> {
        self.end_text();
        self.pieces
    }
}

/// The name, and what the braces hold, of a parameter at the beginning of a text.
fn braced<'t>(text: &'t str, declared: &[&str]) -> Option<(&'t str, &'t str)> {
    let (inside, _) = text.strip_prefix('{')?.split_once('}')?;
    let name = match declared.contains(&inside) {
        true => inside,
        false => plain_name(inside),
    };
    (!name.is_empty() && !name.contains(['/', '{'])).then_some((name, inside))
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

    use super::{Asked, Piece, Route, bases};

    #[test]
    fn a_segment_may_hold_several_parameters() {
        let route = Route::parse("/files/{page}.{format}?kind=dog&x={y}&flag#frag", &[]);

        assert_eq!(
            route.segments[1],
            vec![
                Piece::Parameter("page".into()),
                Piece::Literal(".".into()),
                Piece::Parameter("format".into()),
            ]
        );
        let query = [
            ("kind", Asked::Text("dog".into())),
            ("x", Asked::Parameter("y".into())),
            ("flag", Asked::Presence),
        ];
        assert_eq!(
            route.query,
            query.map(|(name, asked)| (name.to_owned(), asked))
        );
    }

    #[test]
    fn other_notations_of_parameters_are_read() {
        let pieces = |path: &str, declared: &[&str]| Route::parse(path, declared).segments.concat();
        let parameter = |name: &str| vec![Piece::Parameter(name.into())];
        let rest = |name: &str| vec![Piece::Rest(name.into())];
        let literal = |text: &str| vec![Piece::Literal(text.into())];

        for path in ["/{id*}", "/{id:int}", "/{.id}", "/{id}{?a,b}", "/{id?}"] {
            assert_eq!(pieces(path, &[]), parameter("id"), "{path}");
        }
        for path in [
            "/{+id}",
            "/{id+}",
            "/{*id}",
            "/{id...}",
            "/{id=shelves/*/books/**}",
        ] {
            assert_eq!(pieces(path, &["id"]), rest("id"), "{path}");
        }
        assert_eq!(pieces("/{id*}", &["id*"]), parameter("id*"));
        assert_eq!(pieces("/{+id}", &["+id"]), rest("+id"));
        for text in ["{}", "}{", "{a", "a}", ":a", "*a", "{*}", "주문", "a b"] {
            assert_eq!(pieces(&format!("/{text}"), &[]), literal(text), "{text}");
        }
        assert_eq!(pieces("/a%20b", &[]), literal("a b"));
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
