//! Links from one page of a list to the next (RFC 8288).

use http::{HeaderValue, Uri};

/// Where a list goes on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Next {
    /// The query parameter that takes the cursor.
    pub parameter: &'static str,
    /// The cursor of the next page; `None` on the last.
    pub cursor: Option<String>,
}

/// The `Link` header of a page: the same request with another cursor. A page that is the first and
/// the last has none to link to but itself.
pub(crate) fn link(uri: &Uri, next: &Next) -> Option<HeaderValue> {
    let named = |pair: &&str| pair.split('=').next() == Some(next.parameter);
    let query = uri.query().unwrap_or_default().split('&');
    let kept: Vec<&str> = query
        .filter(|pair| !pair.is_empty() && !named(pair))
        .collect();
    let target = |cursor: &str| {
        let mut pairs = kept.clone();
        pairs.extend((!cursor.is_empty()).then_some(cursor));
        match pairs.is_empty() {
            true => uri.path().to_owned(),
            false => format!("{}?{}", uri.path(), pairs.join("&")),
        }
    };
    let mut text = format!("<{}>; rel=\"first\"", target(""));
    if let Some(cursor) = &next.cursor {
        // A cursor is opaque: what a query may not hold as it is is encoded.
        let cursor = percent_encoding::utf8_percent_encode(cursor, ENCODED);
        let pair = format!("{}={cursor}", next.parameter);
        text = format!("<{}>; rel=\"next\", {text}", target(&pair));
    }
    HeaderValue::try_from(text).ok()
}

/// All but the unreserved characters (RFC 3986, section 2.3).
const ENCODED: &percent_encoding::AsciiSet = &percent_encoding::NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');
