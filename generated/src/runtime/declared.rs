//! What leaves: only answers that the contract declares.

use super::breach::Breach;
use super::conditional::{Preconditions, Verdict};
use super::host::{Failure, Limits};
use super::media;
use super::operation::Operation;
use super::problem::{Problem, boundary};
use super::reply::{Content, Reply};
use super::sample;
use super::validation::event_breaches;

/// Lets only what the contract declares leave.
pub(crate) fn declared(
    operation: &'static Operation,
    outcome: Result<Reply, Failure>,
    limits: &Limits,
) -> Result<Reply, Failure> {
    match outcome {
        Ok(reply) => checked(operation, reply, limits),
        Err(Failure::Declared(reply)) => checked(operation, reply, limits),
        Err(Failure::Problem(problem)) => {
            Err(Failure::Problem(declared_problem(operation, problem)))
        }
    }
}

/// Answers a conditional request by the entity tag of what would be sent.
pub(crate) fn settled(
    operation: &'static Operation,
    preconditions: &Preconditions,
    reply: Reply,
) -> Result<Reply, Failure> {
    if !reply.status.is_success() {
        return Ok(reply);
    }
    let tag = reply.headers.get(http::header::ETAG);
    match preconditions.verdict(operation, tag.and_then(|tag| tag.to_str().ok())) {
        Verdict::Send => Ok(reply),
        Verdict::NotModified => Ok(reply.into_not_modified()),
        Verdict::Refuse(problem) => Err(declared_problem(operation, problem).into()),
        Verdict::Unchecked(fault) => Err(violation(operation, reply.status.as_u16(), fault).into()),
    }
}

fn checked(
    operation: &'static Operation,
    mut reply: Reply,
    limits: &Limits,
) -> Result<Reply, Failure> {
    let status = reply.status.as_u16();
    if let Some(fault) = &reply.fault {
        return Err(violation(operation, status, fault).into());
    }
    if operation.response(status).is_none() {
        return Err(violation(operation, status, "the status is not declared").into());
    }
    if !limits.check_responses {
        return Ok(reply);
    }
    if let Some(breach) = sample::of_reply(operation, &reply).first() {
        return Err(violation(operation, status, &place(breach)).into());
    }
    reply.body = match reply.body {
        Content::Events(events) => Content::Events(events.checked(move |data| {
            let broken = event_breaches(operation, status, data);
            let place = broken.first().map(place)?;
            violation(operation, status, &place);
            Some(place)
        })),
        body => body,
    };
    Ok(reply)
}

fn place(Breach { pointer, keyword }: &Breach) -> String {
    format!("{keyword} at `{pointer}`")
}

/// A problem of a handler must be declared; a fault of ours (5xx) is one whatever the contract says.
fn declared_problem(operation: &'static Operation, problem: Problem) -> Problem {
    let status = problem.kind.status;
    if status >= 500 || problem.kind == boundary::VALIDATION_ERROR {
        return problem;
    }
    let takes_problems = operation.response(status).is_some_and(|response| {
        response.media.is_empty()
            || response
                .media
                .iter()
                .any(|range| media::covers(range, media::PROBLEM_JSON))
    });
    if takes_problems && operation.declares_problem(status, problem.kind.slug) {
        return problem;
    }
    violation(
        operation,
        status,
        &format!("the problem `{}` is not declared", problem.kind.slug),
    )
}

fn violation(operation: &Operation, status: u16, what: &str) -> Problem {
    tracing::error!(
        operation = operation.id,
        http.status = status,
        violation = what,
        "answer broke the contract"
    );
    Problem::new(boundary::CONTRACT_VIOLATION)
}
