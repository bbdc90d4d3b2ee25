//! The limits of the boundary and their defaults.

use std::time::Duration;

use http::HeaderValue;

/// What connections and requests may take.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Longest time from a request's first byte to the end of its header.
    pub header_read_timeout: Duration,
    /// Longest time that a client may leave an answer unread before it is cut off.
    pub write_timeout: Duration,
    /// Longest time that a connection may stay open without a request.
    pub keep_alive: Duration,
    /// Connections that may be open at once; another is answered 503 and closed. Fewer if the system
    /// lets the process have too few files open.
    pub max_connections: usize,
    /// Connections that one client address may hold; 0 lifts the limit.
    pub max_connections_per_ip: usize,
    /// Requests that may be worked on at once. A fifth of them is kept for `kept_paths`.
    pub max_in_flight: usize,
    /// Starts of the paths that may take the last fifth.
    pub kept_paths: Vec<String>,
    /// Paths that need no place among the requests in flight, with what is below them: health,
    /// which answers under any load.
    pub free_paths: Vec<String>,
    /// Longest time that a request waits for its turn before it is answered 503.
    pub queue_wait: Duration,
    /// Longest body of any request, in bytes.
    pub max_request_bytes: u64,
    /// Longest request target, in bytes.
    pub max_uri_bytes: usize,
    /// Longest request header in bytes, all fields together.
    pub max_header_bytes: usize,
    /// Most fields in a request header.
    pub max_header_fields: usize,
    /// Streams that one HTTP/2 connection may have open.
    pub http2_streams: u32,
    /// Time between pings on an HTTP/2 connection; one that stays unanswered as long ends it.
    pub http2_ping: Duration,
    /// Origins whose pages may call from a browser.
    pub cors_origins: Vec<HeaderValue>,
    /// How long readiness answers 503 at the end before nothing more is accepted.
    pub shutdown_wait: Duration,
    /// How long running requests may take to finish then.
    pub drain_timeout: Duration,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            header_read_timeout: Duration::from_secs(10),
            write_timeout: Duration::from_secs(30),
            keep_alive: Duration::from_secs(60),
            max_connections: 2_048,
            max_connections_per_ip: 128,
            max_in_flight: 256,
            kept_paths: Vec::new(),
            free_paths: Vec::new(),
            queue_wait: Duration::from_millis(25),
            max_request_bytes: 10 << 20,
            max_uri_bytes: 8_192,
            max_header_bytes: 32_768,
            max_header_fields: 100,
            http2_streams: 100,
            http2_ping: Duration::from_secs(20),
            cors_origins: Vec::new(),
            shutdown_wait: Duration::from_secs(3),
            drain_timeout: Duration::from_secs(20),
        }
    }
}
