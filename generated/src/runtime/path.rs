//! Paths of the contract: which one a request's path is, and what it captures.

use std::cmp::Ordering;

use super::text::{Codec, form_pairs};

/// A path of the contract, taken apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Template {
    /// What stands between the slashes, base path included. `/` is one empty segment.
    pub segments: &'static [&'static [Piece]],
    /// What a path with a `?` in it asks of the query, by name.
    pub query: &'static [(&'static str, Asked)],
}

/// What a path asks of a member of the query.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// That it is there.
    Presence,
    /// This value.
    Text(&'static str),
    /// Any value, captured under this name.
    Parameter(&'static str),
}

/// A piece of a segment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece {
    /// This text.
    Literal(&'static str),
    /// Any text but the empty one, captured under this name.
    Parameter(&'static str),
    /// The same over any number of segments; a template has one at most.
    Rest(&'static str),
}

impl Piece {
    /// The name of the parameter that it is.
    pub fn name(&self) -> Option<&'static str> {
        match self {
            Self::Literal(_) => None,
            Self::Parameter(name) | Self::Rest(name) => Some(name),
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

/// What a path captures: names of parameters and their raw, still encoded texts.
pub type Captures<'p> = Vec<(&'static str, &'p str)>;

impl Template {
    /// Orders templates so that the more specific one comes first: at the first segment where
    /// they differ in kind, text beats text with parameters, which beats a bare parameter, which
    /// beats one that takes slashes; then whichever asks more of the query.
    pub fn by_specificity(&self, other: &Self) -> Ordering {
        self.by_path(other)
            .then_with(|| other.query.len().cmp(&self.query.len()))
    }

    /// Whether both match the same paths: they differ in the names of their parameters at most.
    pub fn has_shape_of(&self, other: &Self) -> bool {
        let is_like = |(pieces, others): (&&[Piece], &&[Piece])| {
            let mut both = pieces.iter().zip(*others);
            pieces.len() == others.len() && both.all(|(piece, other)| piece.is_like(other))
        };
        let mut segments = self.segments.iter().zip(other.segments);
        self.segments.len() == other.segments.len()
            && segments.all(is_like)
            && self.query == other.query
    }

    /// The same without the query.
    pub fn by_path(&self, other: &Self) -> Ordering {
        let segments = self.segments.iter().map(|pieces| freedom(pieces));
        segments.cmp(other.segments.iter().map(|pieces| freedom(pieces)))
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
    let path = path.strip_prefix('/')?;
    let mut captures = Captures::new();
    match_segments(template.segments, path, &mut captures)?;
    match_query(template, query).then_some(captures)
}

/// What the query part of a path captures, encoded as a path is.
pub fn query_captures(template: &Template, query: Option<&str>) -> Vec<(&'static str, String)> {
    let asked = template.query.iter();
    let asked = asked.filter_map(|(name, asked)| match asked {
        Asked::Parameter(parameter) => Some((*name, *parameter)),
        Asked::Presence | Asked::Text(_) => None,
    });
    let raw = |name: &str| {
        let pairs = form_pairs(query.unwrap_or_default()).ok()?;
        let pair = pairs.into_iter().find(|pair| pair.name == name)?;
        Some(pair.raw.replace('+', "%20"))
    };
    asked
        .filter_map(|(name, parameter)| Some((parameter, raw(name)?)))
        .collect()
}

fn match_segments<'p>(
    mut patterns: &[&'static [Piece]],
    path: &'p str,
    captures: &mut Captures<'p>,
) -> Option<()> {
    let mut left = Some(path);
    while let [pieces, others @ ..] = patterns {
        let segment = match spans(pieces) {
            true => take_spanning(&mut left, others.len())?,
            false => take_segment(&mut left)?,
        };
        match_segment(pieces, segment, captures)?;
        patterns = others;
    }
    left.is_none().then_some(())
}

/// Takes the text before the first slash.
fn take_segment<'p>(left: &mut Option<&'p str>) -> Option<&'p str> {
    let text = (*left)?;
    let (segment, rest) = match text.split_once('/') {
        Some((segment, rest)) => (segment, Some(rest)),
        None => (text, None),
    };
    *left = rest;
    Some(segment)
}

/// Takes all but that many segments at the end.
fn take_spanning<'p>(left: &mut Option<&'p str>, after: usize) -> Option<&'p str> {
    let text = (*left)?;
    let Some(last) = after.checked_sub(1) else {
        *left = None;
        return Some(text);
    };
    let (slash, _) = text.rmatch_indices('/').nth(last)?;
    let (segment, rest) = text.split_at_checked(slash)?;
    *left = rest.strip_prefix('/');
    Some(segment)
}

/// Whether a segment has a parameter that takes slashes too.
pub(crate) fn spans(pieces: &[Piece]) -> bool {
    pieces.iter().any(|piece| matches!(piece, Piece::Rest(_)))
}

/// The text of a segment without parameters.
pub(crate) fn literal(pieces: &[Piece]) -> Option<&'static str> {
    match pieces {
        [] => Some(""),
        [Piece::Literal(text)] => Some(text),
        _ => None,
    }
}

/// How much a segment leaves open: its kind, then how little text it has.
fn freedom(pieces: &[Piece]) -> (u8, std::cmp::Reverse<usize>) {
    let text = pieces.iter().map(|piece| match piece {
        Piece::Literal(text) => text.len(),
        Piece::Parameter(_) | Piece::Rest(_) => 0,
    });
    let kind = match pieces {
        _ if literal(pieces).is_some() => return (0, std::cmp::Reverse(0)),
        _ if spans(pieces) => 3,
        [Piece::Parameter(_)] => 2,
        _ => 1,
    };
    (kind, std::cmp::Reverse(text.sum()))
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
        (pieces, rest) = (others, after_text(rest, text)?);
    }
    while let [others @ .., Piece::Literal(text)] = pieces {
        (pieces, rest) = (others, before_text(rest, text)?);
    }
    let captured = captures.len();
    while let [others @ .., Piece::Parameter(name) | Piece::Rest(name)] = pieces {
        let (left, text) = split_capture(others, rest)?;
        captures.insert(captured, (name, text));
        (pieces, rest) = (others, left);
        while let [others @ .., Piece::Literal(text)] = pieces {
            (pieces, rest) = (others, before_text(rest, text)?);
        }
    }
    rest.is_empty().then_some(())
}

/// Splits off what the parameter to the right of `pieces` captures: as little as it can, and
/// all of it if there is nothing on its left.
fn split_capture<'p>(pieces: &[Piece], text: &'p str) -> Option<(&'p str, &'p str)> {
    let last = characters(text).next_back()?;
    match pieces {
        [] => Some(("", text)),
        [.., Piece::Parameter(_) | Piece::Rest(_)] => text.split_at_checked(last),
        [.., Piece::Literal(before)] => {
            let ends = characters(text).filter(|end| *end <= last).rev();
            let mut splits = ends.filter_map(|end| text.split_at_checked(end));
            splits.find(|(left, _)| before_text(left, before).is_some())
        }
    }
}

/// Where the characters of an encoded text begin, an escape being one.
fn characters(text: &str) -> impl DoubleEndedIterator<Item = usize> {
    let bytes = text.as_bytes();
    let is_percent = move |at: Option<usize>| at.and_then(|at| bytes.get(at)) == Some(&b'%');
    text.char_indices()
        .map(|(at, _)| at)
        .filter(move |at| !is_percent(at.checked_sub(1)) && !is_percent(at.checked_sub(2)))
}

/// What follows this text at the beginning of an encoded one.
fn after_text<'p>(encoded: &'p str, text: &str) -> Option<&'p str> {
    let mut ends = characters(encoded).chain([encoded.len()]);
    let end = ends.find(|end| encoded.get(..*end).is_some_and(|it| is_text(it, text)))?;
    encoded.get(end..)
}

/// What precedes this text at the end of an encoded one.
fn before_text<'p>(encoded: &'p str, text: &str) -> Option<&'p str> {
    let mut starts = characters(encoded).rev();
    let start = starts.find(|start| encoded.get(*start..).is_some_and(|it| is_text(it, text)))?;
    encoded.get(..start)
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
    template.query.iter().all(|(name, asked)| {
        pairs.iter().any(|pair| {
            let fits = |value: &str| Codec::Form.decode(pair.raw).is_ok_and(|sent| sent == value);
            pair.name == *name
                && match asked {
                    Asked::Text(text) => fits(text),
                    Asked::Presence | Asked::Parameter(_) => true,
                }
        })
    })
}
