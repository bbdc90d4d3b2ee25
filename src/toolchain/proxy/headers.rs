//! Which headers go from end to end, and which are of one connection (RFC 9110, section 7.6.1).

use http::header::{
    CONNECTION, PROXY_AUTHENTICATE, PROXY_AUTHORIZATION, TE, TRAILER, TRANSFER_ENCODING, UPGRADE,
};
use http::{HeaderMap, HeaderName};

const OF_THE_CONNECTION: [HeaderName; 7] = [
    CONNECTION,
    PROXY_AUTHENTICATE,
    PROXY_AUTHORIZATION,
    TE,
    TRAILER,
    TRANSFER_ENCODING,
    UPGRADE,
];

/// The headers without those of the connection, and those that it names as such.
pub fn end_to_end(headers: &HeaderMap) -> HeaderMap {
    let lines = headers.get_all(CONNECTION).iter();
    let named: Vec<String> = lines
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(','))
        .map(|name| name.trim().to_ascii_lowercase())
        .collect();
    let mut kept = HeaderMap::with_capacity(headers.len());
    for (name, value) in headers {
        let is_named = named.iter().any(|it| it == name.as_str());
        let is_old = matches!(name.as_str(), "keep-alive" | "proxy-connection");
        if !is_named && !is_old && !OF_THE_CONNECTION.contains(name) {
            kept.append(name.clone(), value.clone());
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_of_the_connection_stay_on_it() {
        let mut headers = HeaderMap::new();
        for (name, value) in [
            ("connection", "close, X-Hop"),
            ("x-hop", "1"),
            ("keep-alive", "timeout=5"),
            ("transfer-encoding", "chunked"),
            ("accept", "a/b"),
            ("accept", "c/d"),
        ] {
            let name: HeaderName = name.parse().unwrap();
            headers.append(name, value.parse().unwrap());
        }

        let kept = end_to_end(&headers);

        assert_eq!(kept.len(), 2);
        assert_eq!(kept.get_all("accept").iter().count(), 2);
    }
}
