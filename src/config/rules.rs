//! The kinds of values that settings have, and the rules that they obey.

use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;
use std::time::Duration;

use http::{HeaderValue, Uri};
use jsonwebtoken::Algorithm;
use reqwest::Url;
use secrecy::{ExposeSecret, SecretString};
use tracing_subscriber::filter::{LevelFilter, Targets};

use crate::db;
use crate::tokens::ALGORITHMS;

type Parse<T> = Box<dyn Fn(&str) -> Option<T>>;

/// What a setting's text must be, and how its value is read and shown.
pub(super) struct Rule<T> {
    /// The rule in words, to follow "it must be".
    pub(super) says: String,
    /// Reads a value; `None` if the text breaks the rule.
    pub(super) parse: Parse<T>,
    /// Shows a value, redacted where it is secret.
    pub(super) show: fn(&T) -> String,
    /// Whether the text must not be repeated.
    pub(super) secret: bool,
    /// Says more of what is wrong with a text, without repeating it.
    pub(super) explain: fn(&str) -> Option<String>,
}

impl<T> Rule<T> {
    fn new(
        says: impl Into<String>,
        parse: impl Fn(&str) -> Option<T> + 'static,
        show: fn(&T) -> String,
    ) -> Self {
        Self {
            says: says.into(),
            parse: Box::new(parse),
            show,
            secret: false,
            explain: |_| None,
        }
    }

    fn secret(self) -> Self {
        Self {
            secret: true,
            ..self
        }
    }
}

/// A setting that is on or off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Switch {
    /// The feature works.
    On,
    /// The feature does nothing.
    Off,
}

/// Which answers are checked against the contract.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum ResponseCheck {
    /// Every one before it is given; one that breaks the contract is withheld.
    All,
    /// So much of a hundred, after they were given.
    Percent(f64),
}

impl ResponseCheck {
    /// The share of answers that is checked once they were given, from 0 to 1.
    #[must_use]
    pub fn share(self) -> f64 {
        match self {
            Self::All => 0.0,
            Self::Percent(percent) => percent / 100.0,
        }
    }
}

/// How log lines are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogFormat {
    /// One JSON object a line, for machines.
    Json,
    /// One line of text, for people.
    Text,
}

/// Which log lines are written.
#[derive(Debug, Clone)]
pub struct LogLevel {
    text: String,
    pub(super) targets: Targets,
}

/// Where the database is. No output of it shows a password.
#[derive(Clone)]
pub struct DatabaseUrl {
    text: SecretString,
    url: db::Url,
}

impl DatabaseUrl {
    /// The address, for connecting.
    pub fn url(&self) -> &db::Url {
        &self.url
    }
}

impl FromStr for DatabaseUrl {
    type Err = db::MalformedUrl;

    fn from_str(text: &str) -> Result<Self, db::MalformedUrl> {
        Ok(Self {
            url: text.parse()?,
            text: text.into(),
        })
    }
}

impl fmt::Display for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&redact(self.text.expose_secret()))
    }
}

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DatabaseUrl({self})")
    }
}

/// Replaces the password of a URL, before the host or as a query parameter.
fn redact(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else {
        return url.to_owned();
    };
    let (rest, query) = rest
        .split_once('?')
        .map_or((rest, None), |(rest, query)| (rest, Some(query)));
    // A password may hold an unescaped `@` or `/`: the last `@` ends it.
    let mut shown = match rest.rsplit_once('@') {
        Some((user, host)) => match user.split_once(':') {
            Some((name, _)) => format!("{scheme}://{name}:***@{host}"),
            None => format!("{scheme}://{user}@{host}"),
        },
        None => format!("{scheme}://{rest}"),
    };
    for (index, pair) in query
        .into_iter()
        .flat_map(|query| query.split('&'))
        .enumerate()
    {
        shown.push(if index == 0 { '?' } else { '&' });
        match pair.split_once('=') {
            Some((name, _)) if name.to_ascii_lowercase().contains("password") => {
                shown.push_str(&format!("{name}=***"));
            }
            _ => shown.push_str(pair),
        }
    }
    shown
}

pub(super) fn address() -> Rule<IpAddr> {
    Rule::new("an IP address", |text| text.parse().ok(), IpAddr::to_string)
}

pub(super) fn whole<T>(least: T, most: T) -> Rule<T>
where
    T: FromStr + PartialOrd + fmt::Display + Copy + 'static,
{
    Rule::new(
        format!("a whole number from {least} to {most}"),
        move |text| {
            text.parse()
                .ok()
                .filter(|value| (least..=most).contains(value))
        },
        T::to_string,
    )
}

pub(super) fn duration(least: &'static str, most: &'static str) -> Rule<Duration> {
    let read = |text: &str| humantime::parse_duration(text).ok();
    Rule::new(
        format!("a duration with its unit, such as 500ms, 10s or 5m, from {least} to {most}"),
        move |text| {
            let range = read(least)?..=read(most)?;
            read(text).filter(|value| range.contains(value))
        },
        |value| humantime::format_duration(*value).to_string(),
    )
}

/// Seconds without a unit.
pub(super) fn seconds(least: &'static str, most: &'static str) -> Rule<Duration> {
    let read = |text: &str| humantime::parse_duration(text).ok();
    Rule::new(
        format!("a number of seconds such as 3 or 0.5, from {least} to {most}"),
        move |text| {
            let range = read(least)?..=read(most)?;
            let seconds = Duration::try_from_secs_f64(text.parse().ok()?).ok()?;
            Some(seconds).filter(|value| range.contains(value))
        },
        |value| value.as_secs_f64().to_string(),
    )
}

pub(super) fn name(most: usize) -> Rule<String> {
    Rule::new(
        format!("at most {most} characters without control characters"),
        move |text| {
            let fits = text.chars().count() <= most && !text.contains(char::is_control);
            fits.then(|| text.to_owned())
        },
        String::clone,
    )
}

pub(super) fn base_url() -> Rule<Option<Url>> {
    Rule::new(
        "an address such as https://service.example.com, without user, query or fragment",
        |text| match text {
            "" => Some(None),
            text => url(text).map(Some),
        },
        |value| value.as_ref().map(Url::to_string).unwrap_or_default(),
    )
    // Whoever puts a password there must not find it in the log.
    .secret()
}

fn url(text: &str) -> Option<Url> {
    let url: Url = text.parse().ok()?;
    let web = matches!(url.scheme(), "http" | "https") && url.has_host();
    let bare = url.username().is_empty()
        && url.password().is_none()
        && url.query().is_none()
        && url.fragment().is_none();
    (web && bare).then_some(url)
}

pub(super) fn switch() -> Rule<Switch> {
    Rule::new(
        "on or off",
        |text| match text {
            "on" => Some(Switch::On),
            "off" => Some(Switch::Off),
            _ => None,
        },
        |value| match value {
            Switch::On => "on".into(),
            Switch::Off => "off".into(),
        },
    )
}

/// Tests run a debug build, and check everything.
pub(super) const RESPONSE_CHECK: &str = match cfg!(debug_assertions) {
    true => "all",
    false => "1%",
};

pub(super) fn response_check() -> Rule<ResponseCheck> {
    Rule::new(
        "all, or a share from 0% to 100% such as 0.5%",
        |text| match text {
            "all" => Some(ResponseCheck::All),
            _ => {
                let percent: f64 = text.strip_suffix('%')?.parse().ok()?;
                let percent = Some(percent).filter(|it| (0.0..=100.0).contains(it))?;
                Some(ResponseCheck::Percent(percent))
            }
        },
        |value| match value {
            ResponseCheck::All => "all".into(),
            ResponseCheck::Percent(percent) => format!("{percent}%"),
        },
    )
}

pub(super) fn log_format() -> Rule<LogFormat> {
    Rule::new(
        "json or text",
        |text| match text {
            "json" => Some(LogFormat::Json),
            "text" => Some(LogFormat::Text),
            _ => None,
        },
        |value| match value {
            LogFormat::Json => "json".into(),
            LogFormat::Text => "text".into(),
        },
    )
}

pub(super) fn log_level() -> Rule<LogLevel> {
    Rule::new(
        "error, warn, info, debug, trace or off, also as module=level, separated by commas",
        |text| {
            // Alone, a word that is no level would count as the name of a module.
            let known = |part: &str| part.contains('=') || part.parse::<LevelFilter>().is_ok();
            let targets = text.parse().ok().filter(|_| text.split(',').all(known))?;
            Some(LogLevel {
                text: text.into(),
                targets,
            })
        },
        |value| value.text.clone(),
    )
}

pub(super) fn secret(least: usize) -> Rule<Option<SecretString>> {
    Rule::new(
        format!("at least {least} characters long"),
        move |text| match text.chars().count() {
            0 => Some(None),
            length if length < least => None,
            _ => Some(Some(text.into())),
        },
        |value| {
            if value.is_some() {
                "***".into()
            } else {
                String::new()
            }
        },
    )
    .secret()
}

/// A name of visible characters.
pub(super) fn text() -> Rule<String> {
    Rule::new(
        "1 to 255 visible ASCII characters",
        |text| is_visible(text).then(|| text.to_owned()),
        String::clone,
    )
}

/// The same, or nothing.
pub(super) fn optional_text() -> Rule<Option<String>> {
    Rule::new(
        text().says,
        |text| match text {
            "" => Some(None),
            text => is_visible(text).then(|| Some(text.to_owned())),
        },
        |value| value.clone().unwrap_or_default(),
    )
}

fn is_visible(text: &str) -> bool {
    (1..=255).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic())
}

/// Whoever answers there decides whose tokens are taken, so nobody may answer in its place.
pub(super) fn jwks_url() -> Rule<Option<Url>> {
    Rule::new(
        "an address that begins with https://, or with http:// on this machine, without a password",
        |text| match text {
            "" => Some(None),
            text => text.parse().ok().filter(is_trustworthy).map(Some),
        },
        |value| value.as_ref().map(Url::to_string).unwrap_or_default(),
    )
    // Whoever puts a password there must not find it in the log.
    .secret()
}

fn is_trustworthy(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let here = host == "localhost"
        || host
            .trim_matches(['[', ']'])
            .parse()
            .is_ok_and(|address: IpAddr| address.is_loopback());
    let bare = url.username().is_empty() && url.password().is_none();
    bare && (url.scheme() == "https" || url.scheme() == "http" && here)
}

pub(super) fn algorithms() -> Rule<Vec<Algorithm>> {
    Rule::new(
        "a list of EdDSA, ES256 and RS256, separated by commas",
        |text| {
            let known = |name: &str| {
                let named = name.trim().parse().ok();
                named.filter(|algorithm| ALGORITHMS.contains(algorithm))
            };
            text.split(',').map(known).collect()
        },
        |value| {
            let names: Vec<String> = value.iter().map(|it| format!("{it:?}")).collect();
            names.join(",")
        },
    )
}

pub(super) fn database_url() -> Rule<DatabaseUrl> {
    let rule = Rule::new(
        "the path of a SQLite file, sqlite://PATH or postgres://USER:PASSWORD@HOST/NAME",
        |text| text.parse().ok(),
        DatabaseUrl::to_string,
    );
    Rule {
        explain: explain_database_url,
        ..rule.secret()
    }
}

/// PostgreSQL's own words may repeat a part of the password.
fn explain_database_url(text: &str) -> Option<String> {
    match text.parse::<db::Url>().err()? {
        db::MalformedUrl::Postgres(_) => Some(
            "percent-encode what is not a letter or a digit in the user and the password, and \
             leave out parameters that libpq does not know"
                .into(),
        ),
        other => Some(other.to_string()),
    }
}

pub(super) fn origins() -> Rule<Vec<HeaderValue>> {
    Rule::new(
        "a list of origins such as https://app.example.com, separated by commas, without paths",
        |text| {
            text.split(',')
                .map(str::trim)
                .filter(|origin| !origin.is_empty())
                .map(origin)
                .collect()
        },
        |value| {
            value
                .iter()
                .filter_map(|origin| origin.to_str().ok())
                .collect::<Vec<_>>()
                .join(",")
        },
    )
}

pub(super) fn paths() -> Rule<Vec<String>> {
    Rule::new(
        "a list of paths that begin with /, separated by commas",
        |text| {
            let path = |path: &str| path.starts_with('/').then(|| path.to_owned());
            text.split(',')
                .map(str::trim)
                .filter(|text| !text.is_empty())
                .map(path)
                .collect()
        },
        |value| value.join(","),
    )
}

/// An origin in its serialised form (RFC 6454, section 6.2).
fn origin(text: &str) -> Option<HeaderValue> {
    let uri: Uri = text.parse().ok()?;
    let web = matches!(uri.scheme_str(), Some("http" | "https"));
    let bare = uri.path_and_query().is_none_or(|path| path.as_str() == "/") && !text.ends_with('/');
    let named = uri
        .authority()
        .is_some_and(|authority| !authority.as_str().contains('@'));
    (web && bare && named)
        .then(|| HeaderValue::from_str(&text.to_ascii_lowercase()).ok())
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_database_url_shows_no_password() {
        let shown = |text: &str| {
            text.parse::<DatabaseUrl>()
                .map(|url| format!("{url} {url:?}"))
        };

        for url in [
            "postgres://u:s3cret@h/d",
            "postgres://u:s3c@s3cret/x@h/d",
            "postgres://u@h/d?password=s3cret&connect_timeout=3",
        ] {
            assert!(!shown(url).unwrap().contains("s3c"), "{url}");
        }
        assert_eq!(
            redact("postgres://u:p@h:5432/d?sslmode=require"),
            "postgres://u:***@h:5432/d?sslmode=require"
        );
        for wrong in [
            "mysql://h/d",
            "postgres://h:port/d",
            "postgres://h/d?sslmode=require",
        ] {
            assert!(wrong.parse::<DatabaseUrl>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn an_origin_has_no_path() {
        assert!(origin("https://app.example.com").is_some());
        assert!(origin("http://localhost:3000").is_some());
        for wrong in [
            "https://app.example.com/",
            "https://a.example/x",
            "ftp://a.example",
            "*",
            "null",
            "https://u@h",
        ] {
            assert!(origin(wrong).is_none(), "{wrong}");
        }
    }
}
