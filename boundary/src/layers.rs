//! The order in which a request passes the boundary; it is fixed here and nowhere else.

use std::convert::Infallible;
use std::sync::Arc;

use crate::rfc9457::Problem;
use axum::Router;
use axum::body::Body;
use axum::response::{IntoResponse, Response};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use http::{Extensions, HeaderValue, Method, Request, StatusCode};
use tower_service::Service;
use tracing::Instrument;

use crate::load::Load;
use crate::settings::Settings;
use crate::trace::{Access, Counted, trace_id};
use crate::trace_id::TraceId;
use crate::{framing, headers, limits, panics, problem};

/// The router with everything that surrounds it. Answers every request, and every error as a
/// problem with a trace id. Clones share one load limit.
#[derive(Clone)]
pub struct Boundary(Arc<Parts>);

struct Parts {
    settings: Settings,
    contract: Contract,
    stamp: HeaderValue,
    load: Load,
    inner: Inner,
}

/// Answers what it knows, and gives back what it does not.
type Direct = Arc<dyn Fn(&TraceId, Request<Body>) -> Begun + Send + Sync>;

type Begun = Result<BoxFuture<'static, Response>, Request<Body>>;

/// What answers behind the boundary.
#[derive(Clone)]
pub struct Inner {
    direct: Option<Direct>,
    router: Router,
}

impl Inner {
    /// What answers first, without axum's routing on the way, and a router for the rest.
    pub fn new(
        direct: impl Fn(&TraceId, Request<Body>) -> Begun + Send + Sync + 'static,
        router: Router,
    ) -> Self {
        Self {
            direct: Some(Arc::new(direct)),
            router,
        }
    }

    fn answer(
        &self,
        contract: Contract,
        trace: &TraceId,
        request: Request<Body>,
    ) -> BoxFuture<'static, Response> {
        let begun = match &self.direct {
            Some(direct) => direct(trace, request),
            None => Err(request),
        };
        begun.unwrap_or_else(|mut unknown| {
            unknown.extensions_mut().insert(*trace);
            (contract.hand_over)(trace, unknown.extensions_mut());
            let answer = self.router.clone().call(unknown);
            Box::pin(answer.map(|Ok(response)| response))
        })
    }

    /// All of it as one router, for layers around it.
    fn into_router(self) -> Router {
        let Some(direct) = self.direct else {
            return self.router;
        };
        self.router.fallback(move |request: Request<Body>| {
            let trace = request.extensions().get().copied();
            let begun = direct(&trace.unwrap_or_else(TraceId::random), request);
            async move {
                match begun {
                    Ok(answer) => answer.await,
                    Err(_) => StatusCode::NOT_FOUND.into_response(),
                }
            }
        })
    }
}

impl From<Router> for Inner {
    fn from(router: Router) -> Self {
        Self {
            direct: None,
            router,
        }
    }
}

/// What the boundary knows of the contract whose router it surrounds.
#[derive(Debug, Clone, Copy)]
pub struct Contract {
    /// The value of the header `Concordat-Contract`: `STAMP` of the generated crate.
    pub stamp: &'static str,
    /// Puts the id of a request where a router finds it: into the request's extensions, as the
    /// `TraceId` of the generated crate.
    pub hand_over: fn(&TraceId, &mut Extensions),
}

impl Boundary {
    /// Surrounds a router, or what answers besides, under the limits of the settings.
    pub fn new(settings: Settings, contract: Contract, inner: impl Into<Inner>) -> Self {
        let load = Load::new(
            settings.max_in_flight,
            settings.kept_paths.clone(),
            settings.free_paths.clone(),
            settings.queue_wait,
        );
        let inner = match headers::cors(&settings.cors_origins) {
            Some(cors) => inner.into().into_router().layer(cors).into(),
            None => inner.into(),
        };
        Self(Arc::new(Parts {
            settings,
            contract,
            stamp: HeaderValue::from_static(contract.stamp),
            load,
            inner,
        }))
    }

    pub(crate) fn settings(&self) -> &Settings {
        &self.0.settings
    }

    /// What answers are stamped with.
    pub(crate) fn stamp(&self) -> HeaderValue {
        self.0.stamp.clone()
    }

    /// Answers a request. The router finds its trace id, and whatever extensions it came with.
    pub async fn answer(&self, request: Request<Body>) -> http::Response<Counted> {
        let trace = trace_id(request.headers());
        let access = Access::begin(&request, &trace);
        let credentials = headers::has_credentials(request.headers());
        let head = request.method() == Method::HEAD;

        let outcome = panics::caught(self.admit(&trace, request))
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
        headers::stamp(response.headers_mut(), self.stamp());
        access.answered(response, &trace)
    }

    async fn admit(&self, trace: &TraceId, request: Request<Body>) -> Result<Response, Problem> {
        let Parts {
            settings,
            contract,
            load,
            inner,
            ..
        } = &*self.0;
        let _permit = load.enter(request.uri().path()).await?;
        limits::sizes(&request, settings)?;
        framing::unambiguous(&request)?;
        limits::host(&request)?;
        Ok(inner.answer(*contract, trace, request).await)
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
