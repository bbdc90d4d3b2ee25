//! Every setting of the service: name, default, rule and meaning in one table.

mod rules;
mod source;

use std::fmt;
use std::net::IpAddr;
use std::time::Duration;

use http::HeaderValue;
use jsonwebtoken::Algorithm;
use reqwest::Url;
use secrecy::SecretString;
use tracing_subscriber::filter::Targets;

pub use rules::{DatabaseUrl, LogFormat, LogLevel, ResponseCheck, Switch};
pub use source::{Fault, Faults};

use rules::Rule;
use source::Reader;

/// One line of the table of settings, as `--help`, the documentation and `concordat config`
/// show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Name of the environment variable.
    pub name: &'static str,
    /// Text that stands for an unset variable; empty where there is no default.
    pub default: &'static str,
    /// What a value must be.
    pub rule: String,
    /// What the setting is for.
    pub help: String,
}

macro_rules! settings {
    ($($(#[doc = $doc:literal])+ $field:ident: $type:ty = $name:literal, $default:expr, $rule:expr;)*) => {
        /// The settings that a process runs with. Read once at start; never changed after.
        #[derive(Debug, Clone)]
        pub struct Settings {
            $($(#[doc = $doc])+ pub $field: $type,)*
        }

        impl Settings {
            /// Reads every setting through `get`, which answers the text of a variable.
            /// An empty text counts as unset. Fails with all faults at once.
            pub fn read(get: impl Fn(&str) -> Option<String>) -> Result<Self, Faults> {
                let mut reader = Reader::new(get);
                $(let $field = reader.read($name, $default, $rule);)*
                let ($(Some($field),)*) = ($($field,)*) else {
                    return Err(reader.into_faults());
                };
                let settings = Self { $($field,)* };
                settings.check(&mut reader);
                reader.finish(settings)
            }

            /// The table of settings, in the order of their declaration.
            pub fn table() -> Vec<Entry> {
                vec![$({
                    let rule: Rule<$type> = $rule;
                    let help = concat!($($doc),+).trim().to_owned();
                    Entry { name: $name, default: $default, rule: rule.says, help }
                },)*]
            }

            /// Every setting's name and value as text; secrets are redacted.
            pub fn shown(&self) -> Vec<(&'static str, String)> {
                vec![$({
                    let rule: Rule<$type> = $rule;
                    ($name, (rule.show)(&self.$field))
                },)*]
            }
        }
    };
}

settings! {
    /// What the service calls itself.
    app_name: String = "APP_NAME", "Concordat", rules::name(64);
    /// Address to listen on. 0.0.0.0 serves every IPv4 interface.
    host: IpAddr = "HOST", "127.0.0.1", rules::address();
    /// TCP port to listen on. 0 picks a free one, which `serve` prints.
    port: u16 = "PORT", "8000", rules::whole(0, 65_535);
    /// The database: a SQLite file or a PostgreSQL server.
    database_url: DatabaseUrl = "DATABASE_URL", "concordat.sqlite", rules::database_url();
    /// Database connections that requests share.
    database_pool_size: u32 = "DATABASE_POOL_SIZE", "10", rules::whole(1, 1_000);
    /// Whether `serve` migrates the database at its start. Off: it is not ready until somebody does.
    migrate_on_start: Switch = "MIGRATE_ON_START", "on", rules::switch();
    /// Threads that run requests. 0 takes one for each processor, or for every second one if the database is on the same machine and needs the others.
    worker_threads: usize = "WORKER_THREADS", "0", rules::whole(0, 1_024);
    /// Whether a partner's requests are limited by rate.
    rate_limit: Switch = "RATE_LIMIT", "on", rules::switch();
    /// How log lines are written on standard error.
    log_format: LogFormat = "LOG_FORMAT", "json", rules::log_format();
    /// Least level that is logged, if need be by module: `info,concordat=debug`.
    log_level: LogLevel = "LOG_LEVEL", "info", rules::log_level();
    /// Key that signs cursors, the same for every process. Unset: one is made and kept in the database.
    secret_key: Option<SecretString> = "SECRET_KEY", "", rules::secret(32);
    /// Issuer whose tokens (JWT) are taken: what they have for `iss`. Unset: none.
    jwt_issuer: Option<String> = "JWT_ISSUER", "", rules::optional_text();
    /// Address of the issuer's public keys, a JSON Web Key Set.
    jwt_jwks_url: Option<Url> = "JWT_JWKS_URL", "", rules::jwks_url();
    /// What the issuer's tokens may be signed with, separated by commas.
    jwt_algorithms: Vec<Algorithm> = "JWT_ALGORITHMS", "EdDSA,ES256,RS256", rules::algorithms();
    /// What tokens must have for `aud`, alone or among others.
    jwt_audience: String = "JWT_AUDIENCE", "concordat", rules::text();
    /// Claim that has the id of the partner.
    jwt_partner_claim: String = "JWT_PARTNER_CLAIM", "partner", rules::text();
    /// Claim that has the id of the user.
    jwt_user_claim: String = "JWT_USER_CLAIM", "sub", rules::text();
    /// Secret of the local issuer, for trying out: whoever knows it makes tokens for every user. Unset: `concordat token` makes none that `serve` takes, but with `--demo`.
    jwt_local_secret: Option<SecretString> = "JWT_LOCAL_SECRET", "", rules::secret(32);
    /// Origins whose pages may call the API from a browser, separated by commas. Unset: none.
    cors_origins: Vec<HeaderValue> = "CORS_ORIGINS", "", rules::origins();
    /// Longest time from a request's first byte to the end of its header.
    header_read_timeout: Duration = "HEADER_READ_TIMEOUT", "10s", rules::duration("10ms", "10m");
    /// Longest time for a request's body to arrive.
    body_read_timeout: Duration = "BODY_READ_TIMEOUT", "30s", rules::duration("10ms", "1h");
    /// Longest time for a handler to answer.
    handler_timeout: Duration = "HANDLER_TIMEOUT", "10s", rules::duration("10ms", "1h");
    /// Longest time that a client may take for 64 KiB of an answer, or what there is of it, before it is cut off.
    write_timeout: Duration = "WRITE_TIMEOUT", "30s", rules::duration("10ms", "1h");
    /// Longest time that a connection may stay open without a request.
    keep_alive: Duration = "KEEP_ALIVE", "60s", rules::duration("10ms", "1h");
    /// Connections that may be open at once; another is answered 503 and closed.
    max_connections: usize = "MAX_CONNECTIONS", "2048", rules::whole(1, 1_000_000);
    /// Connections that one client address may hold. 0 lifts the limit, as behind a proxy.
    max_connections_per_ip: usize = "MAX_CONNECTIONS_PER_IP", "128", rules::whole(0, 1_000_000);
    /// Requests that may be worked on at once. A fifth of them is kept for KEPT_PATHS.
    max_in_flight: usize = "MAX_IN_FLIGHT", "256", rules::whole(1, 1_000_000);
    /// Requests of one partner that may be worked on at once; another is answered 503.
    max_in_flight_per_partner: usize = "MAX_IN_FLIGHT_PER_PARTNER", "20", rules::whole(1, 1_000_000);
    /// Starts of the paths that may take the last fifth of MAX_IN_FLIGHT, separated by commas.
    kept_paths: Vec<String> = "KEPT_PATHS", "/v1/orders", rules::paths();
    /// Longest time that a request waits for its turn before it is answered 503.
    queue_wait: Duration = "QUEUE_WAIT", "25ms", rules::duration("0s", "1m");
    /// Longest body of a request, in bytes.
    max_body_bytes: u64 = "MAX_BODY_BYTES", "262144", rules::whole(1, 1 << 30);
    /// Longest body of an upload, in bytes.
    max_upload_bytes: u64 = "MAX_UPLOAD_BYTES", "10485760", rules::whole(1, 1 << 40);
    /// Which answers are checked against the contract: a share of them, after they were given, or
    /// `all`, before, in which case one that breaks it is withheld. A debug build checks all.
    check_responses: ResponseCheck = "CHECK_RESPONSES", rules::RESPONSE_CHECK, rules::response_check();
    /// Longest request target, in bytes.
    max_uri_bytes: usize = "MAX_URI_BYTES", "8192", rules::whole(64, 65_000);
    /// Longest request header in bytes, all fields together.
    max_header_bytes: usize = "MAX_HEADER_BYTES", "32768", rules::whole(1_024, 131_072);
    /// Most fields in a request header.
    max_header_fields: usize = "MAX_HEADER_FIELDS", "100", rules::whole(8, 1_000);
    /// Streams that one HTTP/2 connection may have open.
    http2_streams: u32 = "HTTP2_STREAMS", "100", rules::whole(1, 10_000);
    /// Time between pings on an HTTP/2 connection; one that stays unanswered as long ends it.
    http2_ping: Duration = "HTTP2_PING", "20s", rules::duration("1s", "10m");
    /// How long partners find their requests in the request log.
    request_log_kept: Duration = "REQUEST_LOG_KEPT", "7days", rules::duration("1h", "10years");
    /// Address of the service behind this one, whose `/health` is `/v1/upstream-health`. Unset: there is none.
    upstream_base_url: Option<Url> = "UPSTREAM_BASE_URL", "", rules::base_url();
    /// Longest time for a call to it, all tries together; at most nine tenths of HANDLER_TIMEOUT are used.
    timeout_seconds: Duration = "TIMEOUT_SECONDS", "3", rules::seconds("10ms", "10m");
    /// How often such a call is tried again after a failure that may pass.
    upstream_retries: u32 = "UPSTREAM_RETRIES", "2", rules::whole(0, 10);
    /// How long readiness answers 503 after SIGTERM before the service stops accepting.
    shutdown_wait: Duration = "SHUTDOWN_WAIT", "3s", rules::duration("0s", "10m");
    /// How long running requests may take to finish once accepting has stopped.
    drain_timeout: Duration = "DRAIN_TIMEOUT", "20s", rules::duration("0s", "10m");
    /// When the process exits after SIGTERM, whatever is still open.
    exit_deadline: Duration = "EXIT_DEADLINE", "28s", rules::duration("0s", "30m");
}

impl Settings {
    /// Reads the settings from the environment, and from the file `.env` of the working
    /// directory where the environment is silent. Unknown variables are ignored.
    pub fn load() -> Result<Self, Faults> {
        let file = source::env_file(".env")?;
        Self::read(|name| std::env::var(name).ok().or_else(|| file.get(name).cloned()))
    }

    /// The table of settings as plain text, for `--help`.
    pub fn help() -> String {
        let mut text = String::from("Settings (environment, or the file .env):\n");
        for Entry {
            name,
            default,
            rule,
            help,
        } in Self::table()
        {
            let default = if default.is_empty() { "unset" } else { default };
            text.push_str(&format!(
                "  {name} [{default}]\n      {help}\n      It is {rule}.\n"
            ));
        }
        text
    }

    /// What one setting alone does not show.
    fn check(&self, reader: &mut Reader<impl Fn(&str) -> Option<String>>) {
        if self.exit_deadline < self.shutdown_wait + self.drain_timeout {
            reader.fault(Fault {
                name: "EXIT_DEADLINE",
                text: format!(
                    "is {}: it must be at least SHUTDOWN_WAIT and DRAIN_TIMEOUT together; raise it or lower those",
                    humantime::format_duration(self.exit_deadline)
                ),
            });
        }
        if self.jwt_issuer.is_some() != self.jwt_jwks_url.is_some() {
            reader.fault(Fault {
                name: "JWT_ISSUER",
                text: "and JWT_JWKS_URL belong together: set both, or neither".to_owned(),
            });
        }
    }
}

impl fmt::Display for Settings {
    /// One `NAME=value` line for each setting; secrets are redacted.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.shown()
            .into_iter()
            .try_for_each(|(name, value)| writeln!(f, "{name}={value}"))
    }
}

/// What the log filter lets through; see [`LogLevel`].
impl From<&LogLevel> for Targets {
    fn from(level: &LogLevel) -> Self {
        level.targets.clone()
    }
}
