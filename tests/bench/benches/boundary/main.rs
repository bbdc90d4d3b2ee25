//! What the boundary costs in the process: each stage, and all of it beside axum with serde.
//!
//! In CPU time of this thread, so that a busy machine matters little. `serde` is what one writes by
//! hand: `Json<NewOrder>` in, `Json<Order>` out. `boundary` is the contract's router around the same
//! work, `service` that router within everything that surrounds it in the service, its log off.

use std::hint::black_box;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use concordat::app::App;
use concordat::boundary::{self, Boundary};
use concordat::config::Settings;
use contract::runtime::json;
use contract::runtime::validation::Check;
use contract::{models, validators};
use cpu_time::ThreadTime;
use criterion::measurement::{Measurement, ValueFormatter, WallTime};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use http::{HeaderValue, Request, StatusCode};
use serde_json::{Value, json};
use tower::ServiceExt;

mod sides;

/// Time that this thread has run.
struct ThreadCpu;

impl Measurement for ThreadCpu {
    type Intermediate = ThreadTime;
    type Value = Duration;

    fn start(&self) -> ThreadTime {
        ThreadTime::now()
    }

    fn end(&self, start: ThreadTime) -> Duration {
        start.elapsed()
    }

    fn add(&self, one: &Duration, other: &Duration) -> Duration {
        *one + *other
    }

    fn zero(&self) -> Duration {
        Duration::ZERO
    }

    fn to_f64(&self, value: &Duration) -> f64 {
        value.as_nanos() as f64
    }

    fn formatter(&self) -> &dyn ValueFormatter {
        WallTime.formatter()
    }
}

/// An order of 1.5 KB.
fn order() -> Value {
    let line = |number| {
        json!({
            "product_id": format!("019a4b7a-1f0e-7a31-8c55-{number:012x}"),
            "quantity": number % 9 + 1,
        })
    };
    json!({
        "user_id": "019a4b7a-1f0e-7a31-8c55-0d6e2b9f4a10",
        "lines": (0..20).map(line).collect::<Vec<_>>(),
        "note": "leave it at the door",
    })
}

fn request(method: &str, path: &str, body: &[u8]) -> Request<Body> {
    let mut request = Request::new(Body::from(body.to_vec()));
    *request.method_mut() = method.parse().unwrap();
    *request.uri_mut() = path.parse().unwrap();
    let headers = request.headers_mut();
    headers.insert("host", HeaderValue::from_static("bench"));
    headers.insert("accept", HeaderValue::from_static("*/*"));
    headers.insert("authorization", HeaderValue::from_static("Bearer key"));
    if !body.is_empty() {
        headers.insert("content-type", HeaderValue::from_static("application/json"));
        headers.insert("idempotency-key", HeaderValue::from_static("a-key"));
        headers.insert("content-length", body.len().into());
    }
    request
}

fn stages(criterion: &mut Criterion<ThreadCpu>) {
    let body = serde_json::to_vec(&order()).unwrap();
    let value = json::parse(&body, 32).unwrap();
    let typed: models::NewOrder = serde_json::from_value(value.clone()).unwrap();
    let answer = sides::placed(&typed);
    let Check::Compiled { is_valid, .. } = validators::CREATE_ORDER.bodies[0] else {
        panic!("the validator is not compiled");
    };
    let mut group = criterion.benchmark_group("stage");
    group.throughput(Throughput::Bytes(body.len() as u64));
    group.bench_function("strict parse", |b| {
        b.iter(|| json::parse(&body, 32).unwrap())
    });
    group.bench_function("validate", |b| {
        b.iter(|| assert!(is_valid(black_box(&value))))
    });
    group.bench_function("decode", |b| {
        b.iter_batched(
            || value.clone(),
            |value| serde_json::from_value::<models::NewOrder>(value).unwrap(),
            criterion::BatchSize::SmallInput,
        )
    });
    group.bench_function("fingerprint", |b| b.iter(|| json::canonical(&value)));
    group.bench_function("encode", |b| {
        b.iter(|| serde_json::to_vec(&answer).unwrap())
    });
    group.bench_function("serde alone", |b| {
        b.iter(|| serde_json::from_slice::<models::NewOrder>(&body).unwrap())
    });
    group.finish();
}

fn whole(criterion: &mut Criterion<ThreadCpu>) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let routers = [
        ("serde", sides::by_hand()),
        ("boundary", contract::router(sides::Nothing)),
    ];
    let service = runtime.block_on(service(contract::router(sides::Nothing)));
    let body = serde_json::to_vec(&order()).unwrap();
    let requests = [
        ("no body", "GET", "/health", &[][..], StatusCode::OK),
        (
            "1.5 KB order",
            "POST",
            "/v1/orders",
            &body[..],
            StatusCode::CREATED,
        ),
    ];
    for (name, method, path, body, status) in requests {
        let mut group = criterion.benchmark_group(name);
        for (side, router) in &routers {
            let send = async || {
                let answer = router
                    .clone()
                    .oneshot(request(method, path, body))
                    .await
                    .unwrap();
                assert_eq!(answer.status(), status);
                answer
            };
            group.bench_function(*side, |b| b.to_async(&runtime).iter(send));
        }
        let send = async || {
            let answer = service.answer(request(method, path, body)).await;
            assert_eq!(answer.status(), status);
            answer
        };
        group.bench_function("service", |b| b.to_async(&runtime).iter(send));
        group.finish();
    }
}

/// The router within all that surrounds it in the service.
async fn service(router: Router) -> Boundary {
    let settings = Settings::read(|name| (name == "RATE_LIMIT").then(|| "off".to_owned()));
    let app = App::builder(settings.unwrap()).build().await.unwrap();
    boundary::around(&app, router)
}

fn configured() -> Criterion<ThreadCpu> {
    Criterion::default()
        .with_measurement(ThreadCpu)
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(2))
        .sample_size(50)
}

criterion_group! { name = all; config = configured(); targets = stages, whole }
criterion_main!(all);
