//! From a request to its operation: routes by shape, then by template, then by method.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use axum::response::Response;
use axum::routing::any;
use http::header::{ALLOW, CONTENT_LENGTH};
use http::{HeaderValue, Method};

use super::context::TraceId;
use super::host::Host;
use super::operation::Operation;
use super::path::{Template, match_template};
use super::pipeline::{Call, Endpoint, Shared, serve};
use super::problem::{Problem, boundary};
use super::reply::problem_response;
use super::validation::Checks;

/// Routes of a contract, as they are added.
pub struct Routes<A: Host> {
    by_shape: BTreeMap<String, Vec<Route<A>>>,
}

/// A template that leads to an operation.
struct Route<A: Host> {
    template: &'static Template,
    endpoint: Shared<A>,
}

impl<A: Host> Routes<A> {
    /// No routes.
    pub(crate) fn new() -> Self {
        Self {
            by_shape: BTreeMap::new(),
        }
    }

    /// Adds an operation under each of its templates.
    pub(crate) fn add(
        &mut self,
        operation: &'static Operation,
        checks: &'static Checks,
        templates: &'static [Template],
        call: Call<A>,
    ) {
        checks.parameters.prepare();
        checks
            .bodies
            .iter()
            .for_each(super::validation::Check::prepare);
        let endpoint = Arc::new(Endpoint {
            operation,
            checks,
            call,
        });
        for template in templates {
            let route = Route {
                template,
                endpoint: Arc::clone(&endpoint),
            };
            self.by_shape
                .entry(template.axum_shape())
                .or_default()
                .push(route);
        }
    }

    /// The router; what no route matches is 404.
    pub(crate) fn into_router(self, app: A) -> Router {
        let mut router = Router::new();
        for (shape, mut routes) in self.by_shape {
            routes.sort_by(|left, right| left.template.by_specificity(right.template));
            let routes: Arc<[Route<A>]> = routes.into();
            router = router.route(
                &shape,
                any(move |State(app): State<A>, request: Request| {
                    dispatch(app, Arc::clone(&routes), request)
                }),
            );
        }
        router.fallback(not_found).with_state(app)
    }
}

/// 404 for a path that the contract does not have.
pub async fn not_found(request: Request) -> Response {
    refusal(&request, &Problem::new(boundary::NOT_FOUND))
}

async fn dispatch<A: Host>(app: A, routes: Arc<[Route<A>]>, request: Request) -> Response {
    let head = request.method() == Method::HEAD;
    let (endpoint, captures) = match find(&routes, &request, head) {
        Ok(found) => found,
        Err(problem) => return refusal(&request, &problem),
    };
    let response = serve(app, &endpoint, captures, request).await;
    if head {
        without_body(response)
    } else {
        response
    }
}

type Found<A> = (Shared<A>, Vec<(&'static str, String)>);

/// The operation of the most specific template that matches. HEAD is answered by GET where the
/// contract does not have it (RFC 9110, section 9.3.2).
fn find<A: Host>(routes: &[Route<A>], request: &Request, head: bool) -> Result<Found<A>, Problem> {
    let mut allowed: Vec<&'static str> = Vec::new();
    let mut as_get = None;
    for route in routes {
        let Some(captures) =
            match_template(route.template, request.uri().path(), request.uri().query())
        else {
            continue;
        };
        let captures = || {
            captures
                .iter()
                .map(|(name, raw)| (*name, (*raw).to_owned()))
                .collect()
        };
        let method = route.endpoint.operation.method;
        if method == request.method().as_str() {
            return Ok((Arc::clone(&route.endpoint), captures()));
        }
        if head && method == "GET" && as_get.is_none() {
            as_get = Some((Arc::clone(&route.endpoint), captures()));
        }
        if !allowed.contains(&method) {
            allowed.push(method);
        }
    }
    as_get.ok_or_else(|| not_allowed(allowed))
}

fn not_allowed(mut allowed: Vec<&'static str>) -> Problem {
    if allowed.is_empty() {
        return Problem::new(boundary::NOT_FOUND);
    }
    if allowed.contains(&"GET") && !allowed.contains(&"HEAD") {
        allowed.push("HEAD");
    }
    allowed.sort_unstable();
    let allowed = allowed.join(", ");
    let problem =
        Problem::new(boundary::METHOD_NOT_ALLOWED).with_detail(format!("allowed are {allowed}"));
    match HeaderValue::from_str(&allowed) {
        Ok(allowed) => problem.with_header(ALLOW, allowed),
        Err(_) => problem,
    }
}

fn refusal(request: &Request, problem: &Problem) -> Response {
    let trace_id = request.extensions().get::<TraceId>();
    problem_response(problem, Some(request.uri().path()), trace_id)
}

fn without_body(response: Response) -> Response {
    let (mut parts, body) = response.into_parts();
    if let Some(length) = axum::body::HttpBody::size_hint(&body).exact() {
        parts
            .headers
            .entry(CONTENT_LENGTH)
            .or_insert_with(|| length.into());
    }
    Response::from_parts(parts, axum::body::Body::empty())
}
