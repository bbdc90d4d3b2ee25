//! Text as it travels in paths, queries, cookies and forms.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

/// How text is encoded where it travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Codec {
    /// Percent-encoded, `+` is a space: queries and forms.
    Form,
    /// Percent-encoded: paths and cookies.
    Percent,
    /// Not encoded: headers.
    Verbatim,
}

/// Why text cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextFault {
    /// A `%` without two hexadecimal digits.
    Encoding,
    /// Not UTF-8 once decoded.
    Utf8,
    /// U+0000, which no text may hold.
    Nul,
}

impl TextFault {
    /// Name of the broken rule.
    pub const fn keyword(self) -> &'static str {
        match self {
            Self::Encoding => "percent-encoding",
            Self::Utf8 => "utf-8",
            Self::Nul => "nul",
        }
    }

    /// What is wrong, for people.
    pub const fn message(self) -> &'static str {
        match self {
            Self::Encoding => "every `%` must begin a percent-encoded byte, such as `%20`",
            Self::Utf8 => "must be UTF-8",
            Self::Nul => "must not hold U+0000",
        }
    }
}

impl Codec {
    /// Reads text; borrows where nothing was encoded.
    pub fn decode(self, raw: &str) -> Result<Cow<'_, str>, TextFault> {
        let plain = match self {
            Self::Form if raw.contains('+') => Cow::Owned(raw.replace('+', " ")),
            _ => Cow::Borrowed(raw),
        };
        let decoded = match self {
            Self::Verbatim => plain,
            _ if !plain.contains('%') => plain,
            _ => Cow::Owned(percent_decode(&plain)?),
        };
        if decoded.contains('\0') {
            return Err(TextFault::Nul);
        }
        Ok(decoded)
    }
}

fn percent_decode(text: &str) -> Result<String, TextFault> {
    let bytes = text.as_bytes();
    let is_hex = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_hexdigit);
    let mut percents = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'%');
    if !percents.all(|(at, _)| is_hex(at + 1) && is_hex(at + 2)) {
        return Err(TextFault::Encoding);
    }
    let decoded = percent_decode_str(text)
        .decode_utf8()
        .map_err(|_| TextFault::Utf8)?;
    Ok(decoded.into_owned())
}

/// A name and the text sent for it, of a query, a form or the cookies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair<'r> {
    /// The decoded name.
    pub name: Cow<'r, str>,
    /// The text as it was sent, still encoded.
    pub raw: &'r str,
    /// Whether something the contract declares has taken it.
    pub claimed: bool,
}

/// A name that cannot be read, as it was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NameFault<'r> {
    /// The name, still encoded.
    pub raw: &'r str,
    /// Why it cannot be read.
    pub fault: TextFault,
}

/// Splits `name=text` pairs that `&` separates; a name alone has an empty text, empty pairs
/// are passed over.
pub fn form_pairs(text: &str) -> Result<Vec<Pair<'_>>, NameFault<'_>> {
    let pair = |pair| {
        let (raw_name, raw) = split_pair(pair);
        match Codec::Form.decode(raw_name) {
            Ok(name) => Ok(Pair {
                name,
                raw,
                claimed: false,
            }),
            Err(fault) => Err(NameFault {
                raw: raw_name,
                fault,
            }),
        }
    };
    text.split('&')
        .filter(|pair| !pair.is_empty())
        .map(pair)
        .collect()
}

/// Splits the text of a `Cookie` header (RFC 6265, section 4.2.1).
pub fn cookie_pairs(text: &str) -> impl Iterator<Item = Pair<'_>> {
    text.split(';')
        .map(str::trim)
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let (name, raw) = split_pair(pair);
            let unquoted = raw.strip_prefix('"').and_then(|raw| raw.strip_suffix('"'));
            Pair {
                name: Cow::Borrowed(name),
                raw: unquoted.unwrap_or(raw),
                claimed: false,
            }
        })
}

/// Splits at the first `=`; without one, all is name.
pub fn split_pair(pair: &str) -> (&str, &str) {
    pair.split_once('=').unwrap_or((pair, ""))
}
