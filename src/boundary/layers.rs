//! The order in which a request passes the boundary; it is fixed here and nowhere else.

use std::convert::Infallible;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::response::Response;
use contract::Problem;
use http::{Method, Request};
use tower_service::Service;
use tracing::Instrument;

use super::load::Load;
use super::trace::{Access, Counted, trace_id};
use super::{framing, headers, limits, panics, problem};
use crate::app::App;

/// The router with everything that surrounds it. Answers every request, and every error as a
/// problem with a trace id. Clones share one load limit.
#[derive(Clone)]
pub struct Boundary(Arc<Parts>);

struct Parts {
    app: App,
    load: Load,
    router: Router,
}

impl Boundary {
    /// Surrounds a router, under the limits of the application's settings.
    pub fn new(app: App, router: Router) -> Self {
        let settings = app.settings();
        let load = Load::new(
            settings.max_in_flight,
            settings.kept_paths.clone(),
            settings.queue_wait,
        );
        let router = match headers::cors(&settings.cors_origins) {
            Some(cors) => router.layer(cors),
            None => router,
        };
        Self(Arc::new(Parts { app, load, router }))
    }

    /// Answers a request. Extensions that the router finds: [`TraceId`], and whatever the
    /// request came with.
    pub async fn answer(&self, mut request: Request<Body>) -> http::Response<Counted> {
        let trace = trace_id(request.headers());
        let access = Access::begin(&request, &trace);
        request.extensions_mut().insert(trace.clone());
        let credentials = headers::has_credentials(request.headers());
        let head = request.method() == Method::HEAD;

        let outcome = panics::caught(self.admit(request))
            .instrument(access.span().clone())
            .await;

        let mut response =
            outcome.unwrap_or_else(|problem| problem::answer(&problem, access.path(), &trace));
        if let Some(problem) = problem::missing(&response) {
            response = problem::answer(&problem, access.path(), &trace);
        }
        if head {
            response = problem::bodiless(response);
        }
        headers::secure(response.headers_mut(), credentials);
        headers::stamp(response.headers_mut());
        access.answered(response, &trace)
    }

    async fn admit(&self, request: Request<Body>) -> Result<Response, Problem> {
        let Parts { app, load, router } = &*self.0;
        let _permit = load.enter(request.uri().path()).await?;
        limits::sizes(&request, app.settings())?;
        framing::unambiguous(&request)?;
        limits::host(&request)?;
        let Ok(response) = router.clone().call(request).await;
        Ok(response)
    }
}

impl Service<Request<Body>> for Boundary {
    type Response = http::Response<Counted>;
    type Error = Infallible;
    type Future =
        std::pin::Pin<Box<dyn Future<Output = Result<Self::Response, Infallible>> + Send>>;

    fn poll_ready(
        &mut self,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Result<(), Infallible>> {
        std::task::Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<Body>) -> Self::Future {
        let boundary = self.clone();
        Box::pin(async move { Ok(boundary.answer(request).await) })
    }
}
