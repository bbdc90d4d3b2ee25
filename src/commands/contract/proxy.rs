//! `concordat contract proxy`: forwards to a service and records how both sides keep to a document.

use std::fs;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context;
use axum::body::Body;
use http::Request;
use tokio::signal::unix::{SignalKind, signal};

use super::tell;
use crate::cli::contract::Proxy as Arguments;
use crate::commands::{print, say, wait_for};
use crate::toolchain::document;
use crate::toolchain::proxy::{Proxy, Records};
use crate::toolchain::traffic::{Contract, serve};

/// Forwards until Ctrl-C or SIGTERM, then reports.
pub fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let contract = Arc::new(Contract::new(document::read(&arguments.file)?));
    let records = wait_for(forward(contract, arguments))?;
    report(&records, arguments)
}

async fn forward(contract: Arc<Contract>, arguments: &Arguments) -> anyhow::Result<Records> {
    let (proxy, recorder) = Proxy::new(contract, &arguments.url, arguments.timeout)?;
    let proxy = Arc::new(proxy);
    let records = recorder.records();
    let recording = tokio::spawn(recorder.run());
    let listener = serve::listen(arguments.listen.host, arguments.listen.port).await?;
    let address = listener.local_addr()?;
    print(|out| writeln!(out, "listening on http://{address}"))?;
    let end = async {
        let reporting = report_on_request(&records, arguments);
        tokio::select! {
            ended = serve::interrupted() => ended,
            failed = reporting => failed,
        }
        .unwrap_or_else(|error| say(format_args!("concordat: {error:#}")));
    };
    let answer = move |request: Request<Body>| {
        let proxy = Arc::clone(&proxy);
        async move { proxy.answer(request).await }
    };
    serve::serve(listener, answer, end).await;
    // What was forwarded last is judged before the report. A connection that is still open may keep
    // the proxy alive: it is not waited for.
    _ = tokio::time::timeout(std::time::Duration::from_secs(5), recording).await;
    Ok(records)
}

/// Reports whenever the process is sent SIGUSR1.
async fn report_on_request(records: &Records, arguments: &Arguments) -> anyhow::Result<()> {
    let mut asked = signal(SignalKind::user_defined1()).context("cannot wait for SIGUSR1")?;
    while asked.recv().await.is_some() {
        report(records, arguments)?;
    }
    Ok(())
}

fn report(records: &Records, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let (mut report, coverage) = records.report();
    if let Some(file) = &arguments.coverage {
        let text = format!("{coverage:#}\n");
        fs::write(file, text).with_context(|| format!("cannot write {}", file.display()))?;
    }
    if arguments.output.format == crate::toolchain::report::Format::Json {
        let mut own = report.to_json();
        if let Some(members) = own.as_object_mut() {
            members.insert("coverage".to_owned(), coverage);
        }
        report.json = Some(own);
    }
    tell(&report, &arguments.output)
}
