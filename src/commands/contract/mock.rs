//! `concordat contract mock`: a server that answers as a document promises.

use std::process::ExitCode;
use std::sync::Arc;

use axum::body::Body;
use http::{Request, Response};

use crate::cli::contract::Mock as Arguments;
use crate::commands::{print, say, wait_for};
use crate::toolchain::document;
use crate::toolchain::mock::{Memory, Mock, first_request};
use crate::toolchain::traffic::{Contract, serve};

/// Serves until Ctrl-C or SIGTERM.
pub fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let contract = Contract::new(document::read(&arguments.file)?);
    let memory = match arguments.stateful {
        true => Memory::Stateful,
        false => Memory::None,
    };
    let mock = Arc::new(Mock::new(contract, arguments.seed, memory));
    wait_for(serve_until_interrupted(mock, arguments))?;
    Ok(ExitCode::SUCCESS)
}

async fn serve_until_interrupted(mock: Arc<Mock>, arguments: &Arguments) -> anyhow::Result<()> {
    let listener = serve::listen(arguments.listen.host, arguments.listen.port).await?;
    let address = listener.local_addr()?;
    let base = format!("http://{}", crate::commands::reachable(address));
    let first = first_request(mock.contract(), &base);
    print(|out| {
        writeln!(out, "listening on http://{address}")?;
        first
            .iter()
            .try_for_each(|first| writeln!(out, "try: {first}"))
    })?;
    let end = async {
        if let Err(error) = serve::interrupted().await {
            say(format_args!("concordat: {error:#}"));
        }
    };
    let answer = move |request: Request<Body>| {
        let mock = Arc::clone(&mock);
        async move { logged(&mock, request).await }
    };
    serve::serve(listener, answer, end).await;
    Ok(())
}

/// Answers, and says so on standard error; the query stays out of it, for it may hold a key.
async fn logged(mock: &Mock, request: Request<Body>) -> Response<Body> {
    let line = format!("{} {}", request.method(), request.uri().path());
    let response = mock.answer(request).await;
    say(format_args!("{line} {}", response.status().as_u16()));
    response
}
