//! The order in which a request passes the boundary; it is fixed here and nowhere else.

use std::convert::Infallible;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::response::Response;
use contract::Problem;
use contract::runtime::router::Service as Contract;
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
    inner: Inner,
}

/// What answers behind the boundary.
#[derive(Clone)]
pub struct Inner {
    contract: Option<Contract<App>>,
    others: Router,
}

impl Inner {
    /// The contract's operations, and what else there is.
    pub fn new(contract: Contract<App>, others: Router) -> Self {
        Self {
            contract: Some(contract),
            others,
        }
    }

    async fn answer(&self, mut request: Request<Body>) -> Response {
        if let Some(contract) = &self.contract {
            // In a box, so that it is not moved about on its way to the socket.
            match Box::pin(contract.answer(request)).await {
                Ok(response) => return response,
                Err(unknown) => request = unknown,
            }
        }
        let Ok(response) = self.others.clone().call(request).await;
        response
    }

    /// All of it as one router, for layers around it.
    fn into_router(self) -> Router {
        match self.contract {
            Some(contract) => contract.into_router().merge(self.others),
            None => self.others,
        }
    }
}

impl From<Router> for Inner {
    fn from(others: Router) -> Self {
        Self {
            contract: None,
            others,
        }
    }
}

impl Boundary {
    /// Surrounds a router, under the limits of the application's settings.
    pub fn new(app: App, inner: impl Into<Inner>) -> Self {
        let settings = app.settings();
        let load = Load::new(
            settings.max_in_flight,
            settings.kept_paths.clone(),
            settings.queue_wait,
        );
        let inner = match headers::cors(&settings.cors_origins) {
            Some(cors) => inner.into().into_router().layer(cors).into(),
            None => inner.into(),
        };
        Self(Arc::new(Parts { app, load, inner }))
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
        let Parts { app, load, inner } = &*self.0;
        let _permit = load.enter(request.uri().path()).await?;
        limits::sizes(&request, app.settings())?;
        framing::unambiguous(&request)?;
        limits::host(&request)?;
        Ok(inner.answer(request).await)
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
