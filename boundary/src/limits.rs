//! What a request may look like before anything of it is worked on: sizes and the Host field.

use crate::rfc9457::Problem;
use crate::rfc9457::boundary::{BAD_REQUEST, BODY_TOO_LARGE, HEADERS_TOO_LARGE, URI_TOO_LONG};
use http::header::{CONTENT_LENGTH, HOST};
use http::uri::Authority;
use http::{HeaderMap, HeaderValue, Request, Uri, Version};

use crate::settings::Settings;

/// Refuses a request whose target, header or announced body is too large: 414, 431 or 413.
/// The body is refused on its `Content-Length` alone, so that `Expect: 100-continue` is
/// answered at once; what a single operation allows is checked again behind the router.
pub(crate) fn sizes<B>(request: &Request<B>, settings: &Settings) -> Result<(), Problem> {
    if target_bytes(request.uri()) > settings.max_uri_bytes {
        return Err(refused(
            URI_TOO_LONG.into(),
            format!("at most {} bytes", settings.max_uri_bytes),
        ));
    }
    let headers = request.headers();
    if headers.len() > settings.max_header_fields {
        return Err(refused(
            HEADERS_TOO_LARGE.into(),
            format!("at most {} fields", settings.max_header_fields),
        ));
    }
    if header_bytes(headers) > settings.max_header_bytes {
        return Err(refused(
            HEADERS_TOO_LARGE.into(),
            format!("at most {} bytes", settings.max_header_bytes),
        ));
    }
    let most = settings.max_request_bytes;
    if announced(headers).is_some_and(|length| length > most) {
        return Err(refused(
            BODY_TOO_LARGE.into(),
            format!("at most {most} bytes"),
        ));
    }
    Ok(())
}

fn refused(problem: Problem, detail: String) -> Problem {
    problem.with_detail(detail)
}

/// The length of the request target (RFC 9112, section 3.2).
fn target_bytes(uri: &Uri) -> usize {
    let origin = uri
        .authority()
        .map_or(0, |authority| authority.as_str().len());
    let path = uri.path_and_query().map_or(0, |path| path.as_str().len());
    origin.saturating_add(path)
}

/// The length of the header as HTTP/1.1 writes it: each field with `: ` and a line end.
fn header_bytes(headers: &HeaderMap) -> usize {
    headers
        .iter()
        .map(|(name, value)| name.as_str().len() + value.len() + 4)
        .sum()
}

fn announced(headers: &HeaderMap) -> Option<u64> {
    headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// Refuses a request that does not say exactly once which host it means (RFC 9110, section
/// 7.2): 400. HTTP/2 says it as `:authority`; HTTP/1.0 need not.
pub(crate) fn host<B>(request: &Request<B>) -> Result<(), Problem> {
    let mut fields = request.headers().get_all(HOST).iter();
    let wrong = match (fields.next(), fields.next()) {
        (_, Some(_)) => "the Host field is there more than once",
        (Some(host), None) if !is_host(host) => "the Host field is not a host and port",
        (Some(host), None) if contradicts(host, request) => "Host and :authority differ",
        (None, None)
            if request.version() > Version::HTTP_10 && request.uri().authority().is_none() =>
        {
            "the Host field is missing"
        }
        _ => return Ok(()),
    };
    Err(Problem::new(BAD_REQUEST).with_detail(wrong))
}

/// Over HTTP/2 both name the host (RFC 9113, section 8.3.1); in HTTP/1.1 the target wins.
fn contradicts<B>(host: &HeaderValue, request: &Request<B>) -> bool {
    request.version() == Version::HTTP_2
        && request.uri().authority().is_some_and(|authority| {
            !authority
                .as_str()
                .as_bytes()
                .eq_ignore_ascii_case(host.as_bytes())
        })
}

fn is_host(host: &HeaderValue) -> bool {
    Authority::try_from(host.as_bytes()).is_ok_and(|host| !host.as_str().contains('@'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn over_http2_host_and_authority_must_agree() {
        let named = |version, named: &str| {
            let request = Request::builder()
                .version(version)
                .uri("http://api.test/v1");
            host(&request.header(HOST, named).body(()).unwrap())
        };

        assert!(named(Version::HTTP_2, "API.test").is_ok());
        assert!(named(Version::HTTP_2, "other.test").is_err());
        assert!(named(Version::HTTP_11, "other.test").is_ok());
    }
}
