//! From a request to its operation: by the path's segments, then by template, then by method.

use std::collections::HashMap;
use std::future::ready;
use std::sync::Arc;

use axum::Router;
use axum::extract::Request;
use axum::response::Response;
use futures_core::future::BoxFuture;
use futures_util::FutureExt;
use http::header::{ALLOW, CONTENT_LENGTH};
use http::{HeaderValue, Method};

use super::host::Host;
use super::operation::Operation;
use super::path::{Piece, Template, literal, match_template, query_captures, spans};
use super::pipeline::{Call, Endpoint, Shared, serve};
use super::problem::{Problem, boundary};
use super::reply::problem_response;
use super::text::Codec;
use super::trace_id::TraceId;
use super::validation::Checks;

/// Routes of a contract, as they are added.
pub struct Routes<A: Host> {
    all: Vec<Route<A>>,
}

/// A template that leads to an operation.
struct Route<A: Host> {
    template: &'static Template,
    endpoint: Shared<A>,
    /// Another route has this method and shape: only what the parameters hold tells them apart.
    is_contested: bool,
    /// Contested, and takes any text: the others are asked first, whatever the contract's order.
    yields: bool,
}

impl<A: Host> Routes<A> {
    /// No routes.
    pub(crate) fn new() -> Self {
        Self { all: Vec::new() }
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
        self.all.extend(templates.iter().map(|template| Route {
            template,
            endpoint: Arc::clone(&endpoint),
            is_contested: false,
            yields: false,
        }));
    }

    /// The service. Paths are not left to axum: it knows one name for each place and one parameter
    /// for each segment, compares text undecoded, and panics at others.
    pub(crate) fn into_service(mut self, app: A) -> Service<A> {
        let is_contested = |route: &Route<A>| self.all.iter().any(|other| route.contests(other));
        let contested: Vec<bool> = self.all.iter().map(is_contested).collect();
        for (route, is_contested) in self.all.iter_mut().zip(contested) {
            route.is_contested = is_contested;
            route.yields = is_contested && route.takes_any_text();
        }
        self.all.sort_by(|left, right| {
            let by_path = left.template.by_specificity(right.template);
            by_path.then(left.yields.cmp(&right.yields))
        });
        let mut tree = Node::default();
        for (rank, route) in self.all.iter().enumerate() {
            tree.insert(route.template.segments, rank);
        }
        let table = Arc::new(Table {
            routes: self.all,
            tree,
        });
        Service { app, table }
    }
}

impl<A: Host> Route<A> {
    fn contests(&self, other: &Self) -> bool {
        !std::ptr::eq(self, other)
            && self.endpoint.operation.method == other.endpoint.operation.method
            && self.template.has_shape_of(other.template)
    }

    /// Whether its parameters may hold whatever a path says.
    fn takes_any_text(&self) -> bool {
        let pieces = self.template.segments.iter().copied().flatten();
        let any: Vec<_> = pieces
            .filter_map(|it| Some((it.name()?, "any%20text")))
            .collect();
        self.endpoint.takes(&any)
    }
}

/// Every operation of the contract. Clones share one table.
pub struct Service<A: Host> {
    app: A,
    table: Arc<Table<A>>,
}

impl<A: Host> Service<A> {
    /// Begins to answer a request, which logs and problems know by this id; one that no path of the
    /// contract fits is given back, for others to answer.
    ///
    /// # Errors
    /// The request.
    pub fn answer(
        &self,
        trace_id: TraceId,
        request: Request,
    ) -> Result<BoxFuture<'static, Response>, Request> {
        let head = request.method() == Method::HEAD;
        match self.table.find(&request, head) {
            Ok((endpoint, captures)) => {
                let answer = serve(self.app.clone(), endpoint, captures, trace_id, request);
                Ok(match head {
                    true => Box::pin(answer.map(without_body)),
                    false => Box::pin(answer),
                })
            }
            Err(problem) if problem.kind == boundary::NOT_FOUND => Err(request),
            Err(problem) => Ok(Box::pin(ready(refusal(&request, trace_id, &problem)))),
        }
    }

    /// A router that answers 404 where no path of the contract fits. It finds the [`TraceId`] of a
    /// request among its extensions, or makes one.
    pub fn into_router(self) -> Router {
        Router::new().fallback(move |request: Request| {
            let service = self.clone();
            async move {
                match service.answer(trace_id(&request), request) {
                    Ok(answer) => answer.await,
                    Err(request) => not_found(request).await,
                }
            }
        })
    }
}

impl<A: Host> Clone for Service<A> {
    fn clone(&self) -> Self {
        Self {
            app: self.app.clone(),
            table: Arc::clone(&self.table),
        }
    }
}

/// The routes, the most specific first, and a tree that finds those that a path may match.
struct Table<A: Host> {
    routes: Vec<Route<A>>,
    tree: Node,
}

/// A place between two slashes.
#[derive(Default)]
struct Node {
    /// What follows a segment of this text.
    fixed: HashMap<&'static str, Node>,
    /// What follows a segment with parameters.
    open: Option<Box<Node>>,
    /// Routes that end here.
    ends: Vec<usize>,
    /// Routes that go on with a parameter that takes slashes.
    spanning: Vec<usize>,
}

impl Node {
    fn insert(&mut self, segments: &[&'static [Piece]], rank: usize) {
        let [pieces, others @ ..] = segments else {
            self.ends.push(rank);
            return;
        };
        match literal(pieces) {
            Some(text) => self.fixed.entry(text).or_default().insert(others, rank),
            None if spans(pieces) => self.spanning.push(rank),
            None => self.open.get_or_insert_default().insert(others, rank),
        }
    }

    /// Collects the routes that a path may match; `None` is its end.
    fn find(&self, path: Option<&str>, found: &mut Vec<usize>) {
        let Some(path) = path else {
            found.extend(&self.ends);
            return;
        };
        let (segment, rest) = match path.split_once('/') {
            Some((segment, rest)) => (segment, Some(rest)),
            None => (path, None),
        };
        let text = Codec::Percent.decode(segment);
        let text = text.as_deref().unwrap_or(segment);
        if let Some(next) = self.fixed.get(text) {
            next.find(rest, found);
        }
        if let Some(next) = &self.open {
            next.find(rest, found);
        }
        found.extend(&self.spanning);
    }
}

/// 404 for a path that the contract does not have.
pub async fn not_found(request: Request) -> Response {
    refusal(
        &request,
        trace_id(&request),
        &Problem::new(boundary::NOT_FOUND),
    )
}

type Found<A> = (Shared<A>, Vec<(&'static str, String)>);

impl<A: Host> Table<A> {
    /// The operation of the most specific template that matches: a path that has a fixed text where
    /// others have a parameter is another resource than theirs. Of templates that match alike, the
    /// first whose parameters take the path. HEAD is answered by GET where the contract does not have
    /// it (RFC 9110, section 9.3.2).
    fn find(&self, request: &Request, head: bool) -> Result<Found<A>, Problem> {
        let path = request.uri().path();
        let mut ranks = Vec::new();
        self.tree.find(path.strip_prefix('/'), &mut ranks);
        ranks.sort_unstable();
        let mut allowed: Vec<&'static str> = Vec::new();
        let (mut refusing, mut as_get) = (None, None);
        let mut best: Option<&Template> = None;
        for route in ranks.into_iter().filter_map(|rank| self.routes.get(rank)) {
            if best.is_some_and(|best| best.by_path(route.template).is_ne()) {
                break;
            }
            let Some(captures) = match_template(route.template, path, request.uri().query()) else {
                continue;
            };
            best = Some(route.template);
            let takes = || !route.is_contested || route.endpoint.takes(&captures);
            let found = || {
                let in_query = query_captures(route.template, request.uri().query());
                let in_path = captures
                    .iter()
                    .map(|(name, raw)| (*name, (*raw).to_owned()));
                (
                    Arc::clone(&route.endpoint),
                    in_path.chain(in_query).collect(),
                )
            };
            let method = route.endpoint.operation.method;
            if method == request.method().as_str() {
                if takes() {
                    return Ok(found());
                }
                refusing.get_or_insert_with(found);
            } else if head && method == "GET" && as_get.is_none() {
                match takes() {
                    true => as_get = Some(found()),
                    false => _ = refusing.get_or_insert_with(found),
                }
            }
            if !allowed.contains(&method) {
                allowed.push(method);
            }
        }
        as_get.or(refusing).ok_or_else(|| not_allowed(allowed))
    }
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

fn trace_id(request: &Request) -> TraceId {
    let known = request.extensions().get::<TraceId>();
    known.copied().unwrap_or_else(TraceId::random)
}

fn refusal(request: &Request, trace_id: TraceId, problem: &Problem) -> Response {
    problem_response(problem, Some(request.uri().path()), Some(&trace_id))
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
