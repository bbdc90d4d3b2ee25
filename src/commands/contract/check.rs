//! `concordat contract check`: whether a running service keeps to a document.

use std::fs;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context, bail};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use codegen::calls::Credentials;
use http::{HeaderMap, HeaderName, HeaderValue};
use serde_json::json;

use super::tell;
use crate::cli::contract::{Check, Credentials as Given};
use crate::commands::{say, wait_for};
use crate::toolchain::check::{Progress, Settings, Strictness, check};
use crate::toolchain::document;
use crate::toolchain::report::Format;
use crate::toolchain::traffic::Contract;

/// Checks a service and prints what was found and what was seen.
pub fn run(arguments: &Check) -> anyhow::Result<ExitCode> {
    let source = document::read(&arguments.file)?;
    let contract: &'static Contract = Box::leak(Box::new(Contract::new(source)));
    let settings = settings(arguments, contract)?;
    let seed = settings.seed;
    let operations = contract.operations.len();
    say(format_args!("check: {operations} operations, seed {seed}"));
    let mut outcome = wait_for(check(contract, &settings))?;
    let coverage = outcome.coverage.to_json();
    if let Some(file) = &arguments.coverage {
        let text = format!("{coverage:#}\n");
        fs::write(file, text).with_context(|| format!("cannot write {}", file.display()))?;
    }
    let sent = outcome.sent;
    let report = &mut outcome.report;
    report.summary = format!(
        "{sent} requests, seed {seed}\n{}",
        outcome.coverage.to_text()
    );
    if arguments.output.format == Format::Json {
        let mut own = report.to_json();
        if let Some(members) = own.as_object_mut() {
            members.insert("seed".to_owned(), json!(seed));
            members.insert("requests".to_owned(), json!(sent));
            members.insert("coverage".to_owned(), coverage);
        }
        report.json = Some(own);
    }
    tell(report, &arguments.output)
}

fn settings(arguments: &Check, contract: &Contract) -> anyhow::Result<Settings> {
    let (credentials, secrets) = credentials(&arguments.credentials, contract)?;
    if arguments.timeout < Duration::from_millis(10) {
        bail!("--timeout is too short for any answer");
    }
    Ok(Settings {
        url: arguments.url.clone(),
        seed: arguments
            .seed
            .unwrap_or_else(|| fastrand::u64(0..1_000_000)),
        cases: arguments.cases,
        concurrency: usize::from(arguments.concurrency),
        timeout: arguments.timeout,
        credentials,
        headers: headers(&arguments.credentials.header)?,
        secrets,
        only: arguments.only.clone(),
        ignore: arguments.ignore.clone(),
        strictness: match arguments.strict {
            true => Strictness::Strict,
            false => Strictness::Lenient,
        },
        progress: Progress::Told,
    })
}

/// The credentials of each scheme, and the texts to leave out of what is printed.
fn credentials(
    given: &Given,
    contract: &Contract,
) -> anyhow::Result<(Credentials, Vec<(String, String)>)> {
    let mut credentials = match given.made_up {
        true => Credentials::made_up(contract.api),
        false => Credentials::default(),
    };
    let mut secrets = Vec::new();
    let mut set = |scheme: &str, text: String, variable: &str| {
        credentials.set(scheme, &text);
        secrets.push((text, variable.to_owned()));
    };
    let from = |option: &Option<String>, variable: &str| {
        option.clone().or_else(|| std::env::var(variable).ok())
    };
    let bearer = from(&given.bearer, "CONTRACT_BEARER");
    let basic = from(&given.basic, "CONTRACT_BASIC").map(|it| STANDARD.encode(it));
    for scheme in &contract.api.schemes {
        let variable = variable_of(&scheme.wire);
        let kind = scheme.kind.as_str();
        let of_kind = match kind {
            "SchemeKind::HttpBearer" | "SchemeKind::OAuth2" | "SchemeKind::OpenIdConnect" => {
                bearer.clone().map(|text| (text, "CONTRACT_BEARER"))
            }
            "SchemeKind::HttpBasic" => basic.clone().map(|text| (text, "CONTRACT_BASIC")),
            _ => None,
        };
        if let Some((text, variable)) = of_kind {
            set(&scheme.wire, text, variable);
        }
        if let Ok(text) = std::env::var(&variable) {
            set(&scheme.wire, text, &variable);
        }
    }
    for pair in &given.credential {
        let Some((name, text)) = pair.split_once('=') else {
            bail!("--credential must be SCHEME=VALUE");
        };
        if !contract.api.schemes.iter().any(|it| it.wire == name) {
            bail!("the document has no security scheme `{name}`");
        }
        set(name, text.to_owned(), &variable_of(name));
    }
    Ok((credentials, secrets))
}

/// The variable of a scheme's credential.
fn variable_of(scheme: &str) -> String {
    let letters = scheme.chars().map(|c| match c.is_ascii_alphanumeric() {
        true => c.to_ascii_uppercase(),
        false => '_',
    });
    format!("CONTRACT_CREDENTIAL_{}", letters.collect::<String>())
}

fn headers(lines: &[String]) -> anyhow::Result<HeaderMap> {
    let mut headers = HeaderMap::new();
    for line in lines {
        let (name, value) = line
            .split_once(':')
            .with_context(|| "--header must be NAME: VALUE")?;
        let name: HeaderName = (name.trim().parse())
            .with_context(|| format!("--header: `{name}` is no name of a header"))?;
        let value = HeaderValue::from_str(value.trim())
            .with_context(|| format!("--header {name}: the value is none of a header"))?;
        headers.append(name, value);
    }
    Ok(headers)
}
