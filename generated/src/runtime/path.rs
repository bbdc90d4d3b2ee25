//! Paths of the contract: which one a request's path is, and what it captures.

use std::cmp::Ordering;

use super::text::{Codec, form_pairs};

/// A path of the contract, taken apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Template {
    /// What stands between the slashes, base path included. `/` is one empty segment.
    pub segments: &'static [&'static [Piece]],
    /// What a path with a `?` in it asks of the query: a name, and its value unless any will do.
    pub query: &'static [(&'static str, Option<&'static str>)],
}

/// A piece of a segment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece {
    /// This text.
    Literal(&'static str),
    /// Any text but the empty one, captured under this name.
    Parameter(&'static str),
}

/// What a path captures: names of parameters and their raw, still encoded texts.
pub type Captures<'p> = Vec<(&'static str, &'p str)>;

impl Template {
    /// The path in axum's notation, where a segment with any parameter is one capture named
    /// after its position. Templates of one shape share a route; among them `match_template`
    /// tells, the most specific first.
    pub fn axum_shape(&self) -> String {
        let segments =
            self.segments
                .iter()
                .enumerate()
                .map(|(position, pieces)| match literal(pieces) {
                    Some(text) => text.replace('{', "{{").replace('}', "}}"),
                    None => format!("{{s{position}}}"),
                });
        segments.fold(String::new(), |path, segment| path + "/" + &segment)
    }

    /// Orders templates so that the more specific one comes first: at the first segment where
    /// they differ in kind, text beats text with parameters, which beats a bare parameter; then
    /// whichever asks more of the query.
    pub fn by_specificity(&self, other: &Self) -> Ordering {
        let segments = self.segments.iter().map(|pieces| freedom(pieces));
        segments
            .cmp(other.segments.iter().map(|pieces| freedom(pieces)))
            .then_with(|| other.query.len().cmp(&self.query.len()))
    }
}

/// Matches a request's raw path and query; gives what the parameters capture.
///
/// In a segment with several parameters those on the left take as much as they can:
/// `{name}.{format}` reads `a.b.json` as `a.b` and `json`. Text is compared decoded.
pub fn match_template<'p>(
    template: &Template,
    path: &'p str,
    query: Option<&str>,
) -> Option<Captures<'p>> {
    let mut captures = Captures::new();
    let mut segments = path.strip_prefix('/')?.split('/');
    for pieces in template.segments {
        match_segment(pieces, segments.next()?, &mut captures)?;
    }
    (segments.next().is_none() && match_query(template, query)).then_some(captures)
}

/// The text of a segment without parameters.
fn literal(pieces: &[Piece]) -> Option<&'static str> {
    match pieces {
        [] => Some(""),
        [Piece::Literal(text)] => Some(text),
        _ => None,
    }
}

/// How much a segment leaves open: its parameters, then how little text it has.
fn freedom(pieces: &[Piece]) -> (bool, bool, std::cmp::Reverse<usize>) {
    let text = pieces.iter().map(|piece| match piece {
        Piece::Literal(text) => text.len(),
        Piece::Parameter(_) => 0,
    });
    let has_parameter = literal(pieces).is_none();
    let is_bare = matches!(pieces, [Piece::Parameter(_)]);
    let text = if has_parameter { text.sum() } else { 0 };
    (has_parameter, is_bare, std::cmp::Reverse(text))
}

fn match_segment<'p>(
    pieces: &[Piece],
    segment: &'p str,
    captures: &mut Captures<'p>,
) -> Option<()> {
    if let Some(text) = literal(pieces) {
        return is_text(segment, text).then_some(());
    }
    let (mut pieces, mut rest) = (pieces, segment);
    while let [Piece::Literal(text), others @ ..] = pieces {
        (pieces, rest) = (others, rest.strip_prefix(text)?);
    }
    while let [others @ .., Piece::Literal(text)] = pieces {
        (pieces, rest) = (others, rest.strip_suffix(text)?);
    }
    let captured = captures.len();
    while let [others @ .., Piece::Parameter(name)] = pieces {
        let (left, text) = split_capture(others, rest)?;
        captures.insert(captured, (name, text));
        (pieces, rest) = (others, left);
        while let [others @ .., Piece::Literal(text)] = pieces {
            (pieces, rest) = (others, rest.strip_suffix(text)?);
        }
    }
    rest.is_empty().then_some(())
}

/// Splits off what the parameter to the right of `pieces` captures: as little as it can, and
/// all of it if there is nothing on its left.
fn split_capture<'p>(pieces: &[Piece], text: &'p str) -> Option<(&'p str, &'p str)> {
    let last = text.char_indices().next_back()?.0;
    match pieces {
        [] => Some(("", text)),
        [.., Piece::Parameter(_)] => text.split_at_checked(last),
        [.., Piece::Literal(before)] => {
            let end = text.get(..last)?.rfind(before)? + before.len();
            text.split_at_checked(end)
        }
    }
}

fn is_text(segment: &str, text: &str) -> bool {
    segment == text
        || segment.contains('%')
            && Codec::Percent
                .decode(segment)
                .is_ok_and(|segment| segment == text)
}

fn match_query(template: &Template, query: Option<&str>) -> bool {
    if template.query.is_empty() {
        return true;
    }
    let pairs = form_pairs(query.unwrap_or_default()).unwrap_or_default();
    template.query.iter().all(|(name, value)| {
        pairs.iter().any(|pair| {
            let fits = |value: &str| Codec::Form.decode(pair.raw).is_ok_and(|sent| sent == value);
            pair.name == *name && value.is_none_or(fits)
        })
    })
}
