//! The course of a check: things are created first, so that there is something to ask for, then every
//! operation gets its requests, then links are followed, and things are deleted last.

use std::io::{Write, stderr};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use anyhow::bail;
use codegen::calls::{Call, Case, Maker, Wanted, Writer, Wrong};
use futures_util::StreamExt;
use serde_json::Value;

use super::findings::{Findings, Found, plain};
use super::pool::Pool;
use super::rules::named;
use super::{Outcome, Progress, Settings, cases, shrink};
use crate::toolchain::report::Report;
use crate::toolchain::traffic::client::{Client, Silence};
use crate::toolchain::traffic::declared::for_status;
use crate::toolchain::traffic::resource::{Resources, Role, shape};
use crate::toolchain::traffic::{Answer, Contract, Coverage, curl, links};

/// Requests in a row that nobody takes before the check gives up.
const LOST: u64 = 5;

/// Links that are followed to one operation.
const LINKS: usize = 5;

/// How often progress is told.
const TELL: Duration = Duration::from_secs(2);

/// A check that is going on.
pub struct Run<'r> {
    pub contract: &'static Contract,
    pub settings: &'r Settings,
    client: &'r Client,
    pub makers: Vec<Option<Maker<'static>>>,
    resources: Resources,
    state: Mutex<State>,
    sent: AtomicU64,
    /// Requests in a row that nobody took.
    lost: AtomicU64,
    is_over: AtomicBool,
    /// What keys of idempotency begin with: other ones in every run, so that none is a repetition.
    nonce: u64,
    started: Instant,
    told: Mutex<Instant>,
}

/// What grows while a check goes on.
pub(super) struct State {
    pool: Pool,
    pub(super) coverage: Coverage,
    findings: Findings,
    links: Vec<(usize, Case)>,
}

/// Checks a service; see [`super::check`].
pub async fn run(
    contract: &'static Contract,
    settings: &Settings,
    client: &Client,
) -> anyhow::Result<Outcome> {
    known(contract, settings)?;
    let mut run = Run::new(contract, settings, client);
    run.make();
    run.reach().await?;
    run.create().await;
    run.ask().await;
    run.follow().await;
    run.delete().await;
    if run.is_over.load(Ordering::Relaxed) {
        bail!(
            "the service at {} went away: the last {LOST} of {} requests reached nobody",
            client.origin(),
            run.sent.load(Ordering::Relaxed)
        );
    }
    shrink::all(&run).await;
    Ok(run.into_outcome())
}

fn known(contract: &Contract, settings: &Settings) -> anyhow::Result<()> {
    if let Some(rule) = settings.ignore.iter().find(|rule| named(rule).is_none()) {
        bail!("there is no rule `{rule}`; `--help` lists them");
    }
    let is_known = |id: &&String| contract.operations.iter().any(|it| it.row.id == **id);
    if let Some(id) = settings.only.iter().find(|id| !is_known(id)) {
        bail!("the document has no operation `{id}`");
    }
    Ok(())
}

impl<'r> Run<'r> {
    fn new(contract: &'static Contract, settings: &'r Settings, client: &'r Client) -> Self {
        Self {
            contract,
            settings,
            client,
            makers: Vec::new(),
            resources: Resources::of(contract),
            state: Mutex::new(State {
                pool: Pool::default(),
                coverage: Coverage::new(contract),
                findings: Findings::default(),
                links: Vec::new(),
            }),
            sent: AtomicU64::new(0),
            lost: AtomicU64::new(0),
            is_over: AtomicBool::new(false),
            nonce: fastrand::u64(..),
            started: Instant::now(),
            told: Mutex::new(Instant::now()),
        }
    }

    /// Makes what requests are made from, of every operation that is checked.
    fn make(&mut self) {
        let mut bundler = self.contract.source.schemas();
        for (index, operation) in self.contract.operations.iter().enumerate() {
            let only = &self.settings.only;
            let is_wanted = only.is_empty() || only.iter().any(|id| id == operation.row.id);
            let maker = match is_wanted {
                true => Maker::new(self.contract.api, operation.declared, &mut bundler),
                false => {
                    self.makers.push(None);
                    continue;
                }
            };
            if let Err(error) = &maker {
                let message = format!("no valid request can be made: {error:#}");
                self.found(plain(
                    "not-checked",
                    index,
                    &operation.declared.pointer,
                    message,
                ));
            }
            self.makers.push(maker.ok());
        }
    }

    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn found(&self, found: Found) {
        self.state().findings.add(found, self.settings);
    }

    /// The findings so far, for who makes their requests smaller.
    pub fn findings(&self) -> Vec<Found> {
        self.state().findings.0.clone()
    }

    /// Puts a smaller request in the place of a finding's own.
    pub fn replace(&self, found: &Found) {
        let mut state = self.state();
        let mut known = state.findings.0.iter_mut();
        if let Some(known) = known.find(|known| known.is(found)) {
            known.request.clone_from(&found.request);
            known.answer.clone_from(&found.answer);
        }
    }

    /// Makes sure that somebody answers.
    async fn reach(&self) -> anyhow::Result<()> {
        for call in codegen::calls::strays(self.contract.api) {
            self.sent.fetch_add(1, Ordering::Relaxed);
            match self.client.send(&call).await {
                Ok(answer) if answer.status < 400 || answer.status >= 500 => {
                    let message = format!("{}: answered {}, not 4xx", call.what, answer.status);
                    let mut found = plain("invalid-accepted", 0, "/paths", message);
                    found.operation = None;
                    found.request = self.command(&call);
                    // A server in front of the service may know other methods.
                    if answer.status != 501 {
                        self.found(found);
                    }
                }
                Ok(_) => {}
                Err(silence @ Silence::Unreachable(_)) => {
                    bail!(
                        "{silence} at {}: start it, or name another --url",
                        self.client.origin()
                    )
                }
                Err(silence) => bail!("{silence} at {}", self.client.origin()),
            }
        }
        Ok(())
    }

    /// Operations of these roles by their indexes, the shortest paths first.
    fn of_role(&self, wanted: impl Fn(Option<Role>) -> bool) -> Vec<usize> {
        let role = |index: &usize| self.resources.get(*index).map(|it| it.role);
        let mut indexes: Vec<usize> = (0..self.makers.len())
            .filter(|index| wanted(role(index)))
            .collect();
        indexes.sort_by_key(|index| {
            let operation = self.contract.operations.get(*index);
            operation.map_or(0, |it| it.row.path.matches('/').count())
        });
        indexes
    }

    /// Creates things, and reads each back. What lists already know is learnt first.
    async fn create(&self) {
        for index in self.of_role(|role| role == Some(Role::List)) {
            if let Some(maker) = self.maker(index) {
                self.exchange(index, maker.smallest(), 0).await;
            }
        }
        for index in self.of_role(|role| role == Some(Role::Create)) {
            let Some(maker) = self.maker(index) else {
                continue;
            };
            let operation = self.operation(index);
            let mut cases = cases::examples(self.contract, operation, maker);
            cases.extend(maker.cases().into_iter().filter(is_valid));
            cases.extend((0..3).map(|turn| maker.seeded(self.seed(turn))));
            for case in cases {
                self.create_one(index, case).await;
            }
        }
    }

    async fn create_one(&self, index: usize, case: Case) {
        let Some((created, Some(_))) = self.exchange(index, case, 0).await else {
            return;
        };
        let Some((read, maker)) = self.reader(index) else {
            return;
        };
        let Some((answer, _)) = self.exchange(read, maker.smallest(), 0).await else {
            return;
        };
        if matches!(answer.status, 404 | 410) {
            let operation = self.operation(index);
            let message = format!(
                "answered {}, but what it created is answered {} by {}",
                created.status,
                answer.status,
                self.operation(read).id
            );
            let found = plain("created-not-found", index, &operation.pointer, message);
            self.found(found);
        }
    }

    /// The operation that reads an item of the collection of another one, or the item itself.
    fn reader(&self, index: usize) -> Option<(usize, &Maker<'static>)> {
        let mut item = shape(self.operation(index))?.0;
        if self.resources.get(index).is_some_and(|it| !it.is_item) {
            item.push("{}".to_owned());
        }
        let read = (0..self.makers.len()).find(|index| {
            let operation = self.operation(*index);
            operation.method == "GET" && shape(operation).is_some_and(|(path, _)| path == item)
        })?;
        Some((read, self.maker(read)?))
    }

    /// Sends every operation its examples, and valid and invalid requests; valid ones that delete wait.
    async fn ask(&self) {
        let mut jobs = Vec::new();
        for index in 0..self.makers.len() {
            let Some(maker) = self.maker(index) else {
                continue;
            };
            let deletes = self.is_deleting(index);
            let mut cases = match deletes {
                true => Vec::new(),
                false => cases::examples(self.contract, self.operation(index), maker),
            };
            cases.extend(maker.cases());
            for turn in 0..u64::from(self.settings.cases) {
                cases.push(maker.seeded(self.seed(turn)));
                cases.extend(maker.mutated(self.seed(turn)));
            }
            cases.retain(|case| !(deletes && is_valid(case) || is_open(case)));
            jobs.extend((0..).zip(cases).map(|(turn, case)| (index, case, turn)));
        }
        let jobs = futures_util::stream::iter(jobs);
        jobs.map(|(index, case, turn)| self.exchange(index, case, turn))
            .buffer_unordered(self.settings.concurrency)
            .for_each(|_| async {})
            .await;
    }

    fn is_deleting(&self, index: usize) -> bool {
        self.operation(index).method == "DELETE"
    }

    /// Follows the links of the answers that were seen.
    async fn follow(&self) {
        let links = std::mem::take(&mut self.state().links);
        for (index, case) in links {
            self.exchange(index, case, 0).await;
        }
    }

    /// Deletes what was created, the deepest paths first, and looks whether it is gone.
    async fn delete(&self) {
        let mut indexes: Vec<usize> = self.of_role(|_| true);
        indexes.retain(|index| self.is_deleting(*index));
        for index in indexes.into_iter().rev() {
            let Some(maker) = self.maker(index) else {
                continue;
            };
            let reader = self.reader(index);
            for case in maker.cases().into_iter().filter(is_valid) {
                self.delete_one(index, case, reader).await;
            }
        }
    }

    async fn delete_one(&self, index: usize, case: Case, reader: Option<(usize, &Maker<'static>)>) {
        let operation = self.operation(index);
        let mut filled = case;
        if let Some(maker) = self.maker(index) {
            self.state()
                .pool
                .fill(self.contract, operation, maker, &mut filled, 0);
        }
        let path = filled.values.get("path").cloned();
        let Some((answer, _)) = self.exchange(index, filled, 0).await else {
            return;
        };
        let Some((read, maker)) = reader.filter(|_| (200..300).contains(&answer.status)) else {
            return;
        };
        let mut case = maker.smallest();
        if let (Some(path), Some(values)) = (path, case.values.as_object_mut()) {
            values.insert("path".to_owned(), path);
        }
        let Some((answer, _)) = self.exchange_as_it_is(read, case).await else {
            return;
        };
        if (200..300).contains(&answer.status) {
            let message = format!(
                "what it deleted is still answered by {}",
                self.operation(read).id
            );
            self.found(plain("deleted-found", index, &operation.pointer, message));
        }
    }

    pub fn maker(&self, index: usize) -> Option<&Maker<'static>> {
        self.makers.get(index)?.as_ref()
    }

    #[expect(
        clippy::indexing_slicing,
        reason = "an index is that of an operation of this contract"
    )]
    pub fn operation(&self, index: usize) -> &'static codegen::api::Operation {
        &self.contract.api.operations[index]
    }

    fn seed(&self, turn: u64) -> u64 {
        self.settings.seed.wrapping_mul(1_000).wrapping_add(turn)
    }

    /// Fills a case with what is known, sends and judges it; gives the answer, and the id of what it
    /// created.
    async fn exchange(
        &self,
        index: usize,
        mut case: Case,
        seed: u64,
    ) -> Option<(Answer, Option<Value>)> {
        let maker = self.maker(index)?;
        let operation = self.operation(index);
        self.state()
            .pool
            .fill(self.contract, operation, maker, &mut case, seed);
        self.exchange_as_it_is(index, case).await
    }

    async fn exchange_as_it_is(&self, index: usize, case: Case) -> Option<(Answer, Option<Value>)> {
        let (call, answer) = self.send(index, &case).await?;
        let found = self.judge(index, &case, &call, &answer);
        let is_done = (200..300).contains(&answer.status) && is_valid(&case);
        let mut state = self.state();
        let mut made = None;
        if is_done {
            let resources = &self.resources;
            made = state
                .pool
                .learn(self.contract, resources, index, &case, &answer);
            self.add_links(&mut state, index, &case, &answer);
        }
        drop(state);
        found.into_iter().for_each(|found| self.found(found));
        Some((answer, made))
    }

    fn add_links(&self, state: &mut State, index: usize, case: &Case, answer: &Answer) {
        let operation = self.contract.operations.get(index);
        let response = operation.and_then(|it| for_status(&it.responses, answer.status));
        for link in response.into_iter().flat_map(|it| &it.links) {
            let Some((target, values)) = links::follow(self.contract, link, case, answer) else {
                continue;
            };
            let known = state.links.iter().filter(|(index, _)| *index == target);
            if let Some(maker) = self.maker(target).filter(|_| known.count() < LINKS) {
                let mut case = maker.smallest();
                case.what = format!("link of {}", self.operation(index).id);
                links::apply(self.operation(target), &mut case, &values);
                if maker.is_valid(&case) {
                    state.links.push((target, case));
                }
            }
        }
    }

    /// Writes and sends a case; `None` if nothing came back, or nothing is to be sent any more.
    pub async fn send(&self, index: usize, case: &Case) -> Option<(Call, Answer)> {
        if self.is_over.load(Ordering::Relaxed) {
            return None;
        }
        let number = self.sent.fetch_add(1, Ordering::Relaxed);
        self.tell(number);
        let key = format!("check-{:016x}-{number}", self.nonce);
        let writer = Writer {
            api: self.contract.api,
            operation: self.operation(index),
            credentials: &self.settings.credentials,
            key: &key,
        };
        if is_valid(case) && !writer.has_credentials() {
            let message = "no credentials for its security schemes were given".to_owned();
            let pointer = &self.operation(index).pointer;
            self.found(plain("not-checked", index, pointer, message));
            return None;
        }
        if !writer.has_credentials() && case.wanted != Wanted::Refusal(Wrong::NoCredentials) {
            return None;
        }
        let case = self.with_key(index, case, &key);
        let call = writer.write(&case).ok()?;
        match self.client.send(&call).await {
            Ok(answer) => {
                self.lost.store(0, Ordering::Relaxed);
                Some((call, answer))
            }
            Err(silence) => {
                if matches!(silence, Silence::Unreachable(_))
                    && self.lost.fetch_add(1, Ordering::Relaxed) + 1 >= LOST
                {
                    self.is_over.store(true, Ordering::Relaxed);
                }
                let pointer = &self.operation(index).pointer;
                let message = format!("{}: {silence}", case.what);
                let mut found = plain("no-answer", index, pointer, message);
                found.request = self.command(&call);
                self.found(found);
                None
            }
        }
    }

    /// A key of idempotency must be new for each request, or it is answered as another one was.
    fn with_key(&self, index: usize, case: &Case, key: &str) -> Case {
        let mut keyed = case.clone();
        let headers = keyed
            .values
            .get_mut("header")
            .and_then(Value::as_object_mut);
        let names = headers.into_iter().flatten();
        for (name, value) in names {
            if name.eq_ignore_ascii_case("idempotency-key") {
                *value = key.into();
            }
        }
        let is_bad = case.wanted == Wanted::Refusal(Wrong::Parameter);
        let is_right = self
            .maker(index)
            .is_some_and(|maker| maker.is_valid(&keyed));
        match is_bad && is_right {
            true => case.clone(),
            false => keyed,
        }
    }

    pub fn command(&self, call: &Call) -> String {
        let call = self.client.addressed(call);
        curl::of(self.client.origin(), &call, &self.settings.secrets)
    }

    fn tell(&self, number: u64) {
        if self.settings.progress == Progress::Silent {
            return;
        }
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        if told.elapsed() > TELL {
            *told = Instant::now();
            let found = self.state().findings.0.len();
            let seconds = self.started.elapsed().as_secs();
            // Whoever closed standard error wants no more of it.
            _ = writeln!(
                stderr(),
                "check: {number} requests, {found} findings, {seconds} s"
            );
        }
    }

    fn into_outcome(self) -> Outcome {
        let state = self
            .state
            .into_inner()
            .unwrap_or_else(PoisonError::into_inner);
        let sent = self.sent.load(Ordering::Relaxed);
        let findings = state.findings.into_report(self.contract);
        Outcome {
            report: Report::new("check", findings),
            coverage: state.coverage,
            sent,
        }
    }
}

pub fn is_valid(case: &Case) -> bool {
    case.wanted == Wanted::Handler
}

/// Whether the document leaves open what comes of it.
fn is_open(case: &Case) -> bool {
    case.wanted == Wanted::Refusal(Wrong::Duplicate)
}
