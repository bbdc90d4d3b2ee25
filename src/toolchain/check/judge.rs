//! What an answer says of a service: how it breaks the document, and whether its request may have it.

use codegen::calls::{Call, Case, Content, Wanted, Wrong};

use super::Strictness;
use super::findings::{Found, plain, shown};
use super::run::{Run, is_valid};
use crate::toolchain::report::Level;
use crate::toolchain::traffic::answer::{Judged, judge};
use crate::toolchain::traffic::declared::for_status;
use crate::toolchain::traffic::{Answer, Asked};

/// Statuses that say that a request is not what the document asks for.
const INVALID: [u16; 7] = [400, 405, 406, 411, 414, 415, 422];

impl Run<'_> {
    /// What an answer shows, counted and judged.
    pub fn judge(&self, index: usize, case: &Case, call: &Call, answer: &Answer) -> Vec<Found> {
        let judged = judge(self.contract, index, answer);
        let drift = {
            let mut state = self.state();
            if is_valid(case) && answer.status < 400 {
                let media = match &case.body {
                    Some(Content::Value(media, _)) => Some(*media),
                    _ => None,
                };
                let asked = Asked {
                    media,
                    ..Asked::default()
                };
                state.coverage.asked(self.contract, index, &asked);
            }
            state.coverage.answered(index, answer, &judged)
        };
        let found = |rule: &'static str, pointer: &str, message: String| Found {
            case: Some(case.clone()),
            request: self.command(call),
            answer: shown(answer),
            ..plain(rule, index, pointer, message)
        };
        let mut all: Vec<Found> = judged
            .breaches
            .iter()
            .map(|breach| found(breach.rule, &breach.pointer, breach.message.clone()))
            .collect();
        let pointer = &self.operation(index).pointer;
        all.extend(
            drift
                .into_iter()
                .map(|what| found("header-undeclared", pointer, what)),
        );
        if self.settings.strictness == Strictness::Lenient && self.is_silent(index, case, answer) {
            all.iter_mut().for_each(|found| found.level = Level::Note);
        }
        let outcome = outcome(case, answer, &judged);
        // Only a connection that is to become another (RFC 9110, 15.2.2) can be let in there.
        let is_upgrade = self.is_upgrade(index) && (400..500).contains(&answer.status);
        let outcome = outcome.filter(|(rule, _)| *rule != "valid-refused" || !is_upgrade);
        all.extend(outcome.map(|(rule, message)| found(rule, pointer, message)));
        all
    }

    /// Whether all that an operation promises is to change protocols, which no request of these asks for.
    fn is_upgrade(&self, index: usize) -> bool {
        let operation = self.contract.operations.get(index);
        operation.is_some_and(|it| {
            let mut keys = it.responses.iter().map(|it| it.key.as_str());
            keys.clone().any(|key| key == "101") && !keys.any(|key| key.starts_with('2'))
        })
    }

    /// Whether an answer refuses a request that is wrong, and the document says nothing of such refusals.
    fn is_silent(&self, index: usize, case: &Case, answer: &Answer) -> bool {
        let Wanted::Refusal(wrong) = case.wanted else {
            return false;
        };
        let operation = self.contract.operations.get(index);
        let is_declared =
            |status: u16| operation.is_some_and(|it| for_status(&it.responses, status).is_some());
        let speaks = match wrong {
            Wrong::NoCredentials => is_declared(401) || is_declared(403),
            _ => [400, 422].into_iter().any(is_declared),
        };
        (400..500).contains(&answer.status) && !is_declared(answer.status) && !speaks
    }
}

/// Whether the answer is one that the request must have.
fn outcome(case: &Case, answer: &Answer, judged: &Judged<'_>) -> Option<(&'static str, String)> {
    let (status, what) = (answer.status, &case.what);
    let is_declared = judged.response.is_some_and(|it| it.key != "default");
    if status == 500 || status > 500 && !is_declared {
        return Some(("server-error", format!("{what}: answered {status}")));
    }
    match case.wanted {
        Wanted::Handler if status == 401 => {
            let message = "the credentials are refused; give others".to_owned();
            Some(("unauthorized", message))
        }
        Wanted::Handler if INVALID.contains(&status) => Some((
            "valid-refused",
            format!("answered {status} to a request that the document allows"),
        )),
        Wanted::Refusal(_) if status < 400 => Some((
            "invalid-accepted",
            format!("{what}: answered {status}, not 4xx"),
        )),
        _ => None,
    }
}
