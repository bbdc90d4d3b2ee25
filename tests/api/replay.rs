//! Released contracts, replayed: what a client of an earlier version sends, and whether it is answered as it was
//! promised then.

mod judge;
mod pool;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::Duration;

use codegen::Source;
use codegen::api::{self, Api, Operation, Status};
use codegen::calls::{Call, Case, Content, Credentials, Maker, Wanted, Writer};
use concordat::toolchain::compare::{Acknowledged, compare};
use concordat::toolchain::history::History;
use serde_json::Value;
use uuid::Uuid;

use crate::support::{Answer, TestApp};
use judge::Judge;
use pool::Pool;

/// How often every operation is called, each time with other values.
const ROUNDS: u64 = 3;

/// The longest that an answer may take.
const PATIENCE: Duration = Duration::from_secs(20);

#[tokio::test(flavor = "multi_thread")]
async fn every_released_contract_is_still_kept() {
    let history = History::read(&root().join("contracts")).unwrap();

    for file in history.files() {
        let old = Source::load(file).unwrap();
        for app in TestApp::on_each_backend().await {
            let replay = replay(&app, &old, &history.known).await;

            assert_eq!(replay.broken, Vec::<String>::new(), "{}", file.display());
            let share = replay.succeeded.len() * 100 / replay.called.len().max(1);
            let never: Vec<_> = replay.called.difference(&replay.succeeded).collect();
            assert!(
                share >= 60,
                "{}: {share} % succeed; never: {never:?}",
                file.display()
            );
        }
    }
}

/// An earlier contract that never was: what it has, and what replay makes of it.
async fn of_an_earlier(
    change: impl Fn(&mut Value),
    accepted: impl Fn(&Source) -> String,
) -> Vec<String> {
    let today = today();
    let mut earlier = today.original.clone();
    earlier["info"]["version"] = "0.0.1".into();
    change(&mut earlier);
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("0.0.1.json"), earlier.to_string()).unwrap();
    let old = Source::load(folder.path().join("0.0.1.json")).unwrap();
    std::fs::write(folder.path().join("acknowledged.txt"), accepted(&old)).unwrap();
    let history = History::read(folder.path()).unwrap();
    let mut broken = Vec::new();
    for app in TestApp::on_each_backend().await {
        broken.extend(replay(&app, &old, &history.known).await.broken);
    }
    broken
}

/// No break is answered for.
fn nothing(_: &Source) -> String {
    String::new()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_only_grew_since_an_earlier_contract_breaks_nobody() {
    let broken = of_an_earlier(
        |earlier| {
            remove(earlier, "/paths/~1v1~1products~1feed");
            remove(earlier, "/components/schemas/NewUser/properties/age");
            remove(earlier, "/components/schemas/NewOrder/properties/note");
            earlier["components"]["schemas"]["NewProduct"]["properties"]["stock"] =
                serde_json::json!({"type": "integer", "minimum": 0, "maximum": 5});
        },
        nothing,
    )
    .await;

    assert_eq!(broken, Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_promise_that_is_no_longer_kept_is_found() {
    let broken = of_an_earlier(
        |earlier| {
            earlier["components"]["schemas"]["Product"]["properties"]["price"] =
                serde_json::json!({"type": "number"});
        },
        nothing,
    )
    .await;

    assert!(
        broken
            .iter()
            .any(|it| it.contains("createProduct") && it.contains("/price")),
        "{broken:#?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_operation_that_is_gone_is_found_until_somebody_answers_for_it() {
    let gone = |earlier: &mut Value| {
        let list = earlier["paths"]["/v1/products/feed"]["get"].clone();
        earlier["paths"]["/v1/products-of-old"] = serde_json::json!({ "get": list });
        earlier["paths"]["/v1/products-of-old"]["get"]["operationId"] = "listOld".into();
    };
    let accepted = |old: &Source| {
        let comparison = compare(old, &today());
        let nobody = Acknowledged::default();
        let breaks = comparison.unacknowledged(&nobody);
        breaks
            .map(|it| {
                format!(
                    "{} nobody called it\n",
                    concordat::toolchain::compare::id(it)
                )
            })
            .collect()
    };

    let found = of_an_earlier(gone, nothing).await;
    let known = of_an_earlier(gone, accepted).await;

    assert!(found.iter().any(|it| it.contains("listOld")), "{found:#?}");
    assert_eq!(known, Vec::<String>::new());
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

fn today() -> Source {
    Source::load(root().join("openapi.yaml")).unwrap()
}

fn remove(document: &mut Value, at: &str) {
    let (owner, name) = at.rsplit_once('/').unwrap();
    let name = name.replace("~1", "/");
    document
        .pointer_mut(owner)
        .unwrap()
        .as_object_mut()
        .unwrap()
        .remove(&name)
        .unwrap();
}

/// What came of a contract.
#[derive(Default)]
struct Replay {
    called: BTreeSet<String>,
    succeeded: BTreeSet<String>,
    broken: Vec<String>,
}

/// Sends what the contract allows, several times over, and judges the answers by it.
async fn replay(app: &TestApp, old: &Source, known: &Acknowledged) -> Replay {
    let exempt = exempt(old, known);
    let api = api::of(old);
    let mut bundler = old.schemas();
    let sandbox = app.sandbox_of(&app.own).await;
    let mut pool = Pool::new(old);
    let mut judge = Judge::new(old);
    let mut replay = Replay::default();
    let mut operations: Vec<&Operation> =
        api.operations.iter().filter(|it| !is_endless(it)).collect();
    operations.retain(|it| !exempt.contains(&format!("{} {}", it.method, it.path)));
    operations.sort_by_key(|operation| rank(operation));
    for round in 0..ROUNDS {
        for operation in &operations {
            let Ok(maker) = Maker::new(&api, operation, &mut bundler) else {
                continue;
            };
            let case = case(old, operation, &maker, &pool, round);
            let partner = match operation.path.starts_with("/v1/sandbox/") {
                true => &sandbox,
                false => &app.own,
            };
            let credentials = credentials(&api, operation, partner.key(role_for(operation)));
            let call = written(&api, operation, &credentials, &case);
            let answer = sent(app, &call).await;
            replay.called.insert(operation.id.clone());
            if (200..400).contains(&answer.status) {
                replay.succeeded.insert(operation.id.clone());
                pool.learn(operation, &answer);
            }
            let faults = judge.faults(operation, &answer);
            replay.broken.extend(faults.into_iter().map(|fault| {
                format!(
                    "{} on {}: {fault}\n  {} {}",
                    operation.id,
                    app.backend(),
                    call.method,
                    call.target
                )
            }));
        }
    }
    replay
}

fn credentials(api: &Api, operation: &Operation, key: &str) -> Credentials {
    let mut credentials = Credentials::default();
    let schemes = operation.security.alternatives.iter().flatten();
    for scheme in schemes.filter_map(|(scheme, _)| api.schemes.get(*scheme)) {
        credentials.set(&scheme.wire, key);
    }
    credentials
}

/// An administrator, unless only another role has the scopes.
fn role_for(operation: &Operation) -> &'static str {
    let wanted = operation
        .security
        .alternatives
        .first()
        .into_iter()
        .flatten();
    let scopes: Vec<&String> = wanted.flat_map(|(_, scopes)| scopes).collect();
    let may = |role: &&contract::Role| scopes.iter().all(|it| role.scopes.contains(&it.as_str()));
    let admin = contract::ROLES.iter().filter(|role| role.name == "admin");
    let mut roles = admin.chain(contract::ROLES.iter());
    roles.find(may).map_or("admin", |role| role.name)
}

/// The operations that breaks reach for which somebody answers.
fn exempt(old: &Source, known: &Acknowledged) -> BTreeSet<String> {
    let comparison = compare(old, &today());
    let accepted = comparison
        .changes
        .iter()
        .filter(|it| it.class.is_bad() && known.reason(it).is_some());
    accepted
        .flat_map(|change| change.operations.iter().cloned())
        .collect()
}

/// Things are made before they are looked at and changed, and go at the end.
fn rank(operation: &Operation) -> usize {
    let names_one = operation.path.contains('{');
    match (operation.method.as_str(), names_one) {
        ("POST", false) => operation.parameters.len().min(1),
        ("GET" | "HEAD", _) => 2,
        ("PUT" | "PATCH", _) => 3,
        ("DELETE", _) => 5,
        _ => 4,
    }
}

/// Whether an answer may never end: a stream of events, or another protocol.
fn is_endless(operation: &Operation) -> bool {
    operation.responses.iter().any(|response| {
        response.status == Status::Code(101)
            || response
                .media
                .iter()
                .any(|media| media.range.contains("event-stream"))
    })
}

/// A valid request: an example of the contract or a made one, with ids of things that there are.
fn case(old: &Source, operation: &Operation, maker: &Maker<'_>, pool: &Pool, round: u64) -> Case {
    let mut case = match round {
        0 => maker.smallest(),
        round => maker.seeded(round),
    };
    if let Some(example) = pool::example(old, operation).filter(|_| round == 0) {
        let shown = Case {
            body: Some(Content::Value(0, example)),
            ..case.clone()
        };
        if maker.is_valid(&shown) {
            case = shown;
        }
    }
    let made = case.clone();
    pool.fill(operation, &mut case);
    match maker.is_valid(&case) {
        true => case,
        false => made,
    }
}

fn written(api: &Api, operation: &Operation, credentials: &Credentials, case: &Case) -> Call {
    assert_eq!(case.wanted, Wanted::Handler, "only valid requests are sent");
    let key = Uuid::new_v4().to_string();
    let writer = Writer {
        api,
        operation,
        credentials,
        key: &key,
    };
    writer.write(case).unwrap()
}

async fn sent(app: &TestApp, call: &Call) -> Answer {
    // Only what that version knew of is sent.
    let mut request = app
        .partner()
        .call(&call.method, call.target.as_str())
        .without_header("if-match")
        .without_header("idempotency-key")
        .invalid()
        .trusted();
    for (name, value) in &call.headers {
        request = request.raw_header(name, value.as_bytes());
    }
    if !call.body.is_empty() {
        request = request.text(call.body.clone());
    }
    tokio::time::timeout(PATIENCE, request)
        .await
        .expect("an answer in time")
}
