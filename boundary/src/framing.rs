//! How a request over HTTP/1 says where it ends: what is ambiguous is refused, since whoever stands
//! before the service may read it otherwise, and take what follows for another's request.

use crate::rfc9457::Problem;
use crate::rfc9457::boundary::BAD_REQUEST;
use http::header::TRANSFER_ENCODING;
use http::{Method, Request, Version};
use memchr::memchr_iter;

/// Bytes of a header that are kept; what is longer is refused for its length.
const MOST: usize = 64 * 1_024;

/// Bytes whose room is kept for the next request.
const USUAL: usize = 4 * 1_024;

/// What came over a connection since it last rested, as it was sent: hyper keeps to itself that a
/// request had both `Content-Length` and `Transfer-Encoding`, and that its lines ended in a bare LF.
#[derive(Debug, Default)]
pub(crate) struct Heard(Vec<u8>);

impl Heard {
    /// Begins anew: what comes next is the header of a request.
    pub(crate) fn restart(&mut self) {
        self.0.clear();
        self.0.shrink_to(USUAL);
    }

    pub(crate) fn add(&mut self, bytes: &[u8]) {
        let room = MOST.saturating_sub(self.0.len());
        self.0.extend_from_slice(bytes.get(..room).unwrap_or(bytes));
    }

    /// What is wrong with the request that has just been read from it.
    pub(crate) fn fault<B>(&self, request: &Request<B>) -> Option<Ambiguous> {
        if request.version() > Version::HTTP_11 {
            return None;
        }
        if self.begins_with(request.method())
            && let Some(why) = fault_of_header(&self.0)
        {
            return Some(Ambiguous(why));
        }
        let mut codings = request.headers().get_all(TRANSFER_ENCODING).iter();
        let coding = codings.next()?;
        if codings.next().is_some() || !coding.as_bytes().eq_ignore_ascii_case(b"chunked") {
            return Some(Ambiguous(
                "the only Transfer-Encoding is chunked, said once",
            ));
        }
        has_two_lengths(&self.0).then_some(Ambiguous(
            "Content-Length and Transfer-Encoding exclude each other",
        ))
    }
}

impl Heard {
    /// Whether the request is the first that was heard: the rest of a body that was answered early may
    /// come before it.
    fn begins_with(&self, method: &Method) -> bool {
        let is_line_end = |byte: &u8| matches!(byte, b'\r' | b'\n');
        let mut bytes = self.0.iter().skip_while(|byte| is_line_end(byte));
        let same = method
            .as_str()
            .bytes()
            .all(|byte| bytes.next() == Some(&byte));
        same && bytes.next() == Some(&b' ')
    }
}

/// Why a request may end elsewhere for others; an extension of that request.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ambiguous(&'static str);

/// Refuses what was found ambiguous: 400.
pub(crate) fn unambiguous<B>(request: &Request<B>) -> Result<(), Problem> {
    match request.extensions().get::<Ambiguous>() {
        Some(Ambiguous(why)) => Err(Problem::new(BAD_REQUEST).with_detail(*why)),
        None => Ok(()),
    }
}

/// What is wrong with the first header.
fn fault_of_header(heard: &[u8]) -> Option<&'static str> {
    let (mut begun, mut lengths) = (false, 0);
    let mut start = 0;
    for end in memchr_iter(b'\n', heard) {
        let line = heard.get(start..end).unwrap_or_default();
        start = end + 1;
        match line {
            // Empty lines before a request are passed over (RFC 9112, section 2.2).
            [b'\r'] if !begun => continue,
            [b'\r'] => break,
            [.., b'\r'] => begun = true,
            _ => return Some("a line of the header ends without CR"),
        }
        lengths += usize::from(is_field(line, b"content-length:"));
    }
    (lengths > 1).then_some("Content-Length is there more than once")
}

/// Whether any header has both fields. Bodies of requests that followed each other without a rest
/// are among what is searched; one that holds such a header is not missed, either.
fn has_two_lengths(heard: &[u8]) -> bool {
    let (mut length, mut coding) = (false, false);
    for line in heard.split(|byte| *byte == b'\n') {
        if line.trim_ascii_end().is_empty() {
            (length, coding) = (false, false);
        }
        length |= is_field(line, b"content-length:");
        coding |= is_field(line, b"transfer-encoding:");
        if length && coding {
            return true;
        }
    }
    false
}

fn is_field(line: &[u8], name: &[u8]) -> bool {
    line.get(..name.len())
        .is_some_and(|start| start.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_lengths_are_seen_in_any_order_and_in_any_of_several_requests() {
        let chunked = "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n";
        let sized = "POST / HTTP/1.1\r\ncontent-length: 1\r\n\r\nx";

        let one_each = format!("{chunked}{sized}\r\n{chunked}");
        assert!(!has_two_lengths(one_each.as_bytes()));
        for both in [
            "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n",
            "transfer-encoding: chunked\r\nx: y\r\ncontent-length: 1\r\n",
        ] {
            let both = format!("{sized}POST / HTTP/1.1\r\n{both}\r\n");
            assert!(has_two_lengths(both.as_bytes()), "{both}");
        }
    }

    #[test]
    fn the_rest_of_a_body_is_not_taken_for_a_header() {
        let faults = ["", "\r\n", "the rest\nof a body"].map(|rest| {
            let mut heard = Heard::default();
            heard.add(rest.as_bytes());
            heard.add(b"GET / HTTP/1.1\nhost: a\r\n\r\n");
            heard.fault(&Request::new(())).is_some()
        });

        assert_eq!(faults, [true, true, false]);
    }

    #[test]
    fn lines_end_in_crlf_and_a_length_is_said_once_in_the_header() {
        for (heard, is_right) in [
            ("GET / HTTP/1.1\nhost: a\n\n", false),
            ("GET / HTTP/1.1\r\nhost: a\nx: y\r\n\r\n", false),
            ("GET / HTTP/1.1\r\nhost: a\r\n\n", false),
            ("\r\nGET / HTTP/1.1\nhost: a\r\n\r\n", false),
            ("POST / HTTP/1.1\r\nhost: a\r\n\r\na\nb", true),
            ("GET / HTTP/1.1\r\nhos", true),
            (
                "POST / HTTP/1.1\r\ncontent-length: 1\r\nContent-Length: 1\r\n\r\n",
                false,
            ),
            (
                "POST / HTTP/1.1\r\ncontent-length: 1\r\n\r\ncontent-length: 1\r\n",
                true,
            ),
        ] {
            assert_eq!(
                fault_of_header(heard.as_bytes()).is_none(),
                is_right,
                "{heard}"
            );
        }
    }
}
