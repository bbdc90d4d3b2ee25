//! What the application gives to the boundary.

use std::borrow::Cow;
use std::future::Future;
use std::time::Duration;

use bytes::Bytes;
use http::HeaderMap;
use http::request::Parts;
use tokio::task::JoinHandle;

use super::credentials::Credential;
use super::operation::{Media, Operation};
use super::problem::{Problem, boundary};
use super::reply::Reply;
use super::sample::Sampler;
use super::trace_id::TraceId;
pub use super::usage::{Part, Use};

/// The application behind the generated traits: its error, its callers and its limits.
pub trait Host: Clone + Send + Sync + 'static {
    /// Who is calling.
    type Principal: Send + Sync + 'static;

    /// The application's error. Its one mapping to a `Failure` decides what clients see.
    type Error: From<Failure> + Into<Failure> + Send;

    /// Bounds of every request.
    fn limits(&self) -> Limits {
        Limits::default()
    }

    /// The principal of an operation that asks for no credentials.
    fn anonymous(&self) -> Self::Principal;

    /// Says who sends these credentials, which are one complete alternative of the operation's
    /// security. The boundary compares the scopes. Errors: 401 from
    /// `credentials::invalid_credentials`, or a 503 if it cannot be known now.
    fn authenticate(
        &self,
        operation: &'static Operation,
        credentials: &[Credential],
    ) -> impl Future<Output = Result<Identity<Self::Principal>, Problem>> + Send;

    /// Admits or refuses a call before its body is read: rate classes and quotas.
    fn admit(
        &self,
        _operation: &'static Operation,
        _principal: &Self::Principal,
        _headers: &HeaderMap,
    ) -> impl Future<Output = Result<Admission, Problem>> + Send {
        std::future::ready(Ok(Admission::default()))
    }

    /// Looks at some answers after they were given, and keeps what of them broke the contract.
    fn sampler(&self) -> Option<&Sampler> {
        None
    }

    /// A name for the caller in the access log; never a secret.
    fn label(&self, _principal: &Self::Principal) -> Option<String> {
        None
    }

    /// Begins the record of a call that may be kept (`Operation::log`), once it is known who calls.
    /// `None` keeps none. Is to cost next to nothing.
    fn record(
        &self,
        _operation: &'static Operation,
        _principal: &Self::Principal,
        _parts: &Parts,
        _trace_id: &TraceId,
    ) -> Option<Box<dyn Record>> {
        None
    }

    /// Who counts what a call uses of what is deprecated, once it is known who calls; asked only where
    /// an operation, or something of it, is. `None` counts nothing.
    fn uses(
        &self,
        _operation: &'static Operation,
        _principal: &Self::Principal,
    ) -> Option<Box<dyn Uses>> {
        None
    }

    /// Takes over the handler of a writing operation when its client leaves or its time is up, so that
    /// it ends all the same.
    fn detach<F>(&self, task: F) -> JoinHandle<F::Output>
    where
        F: Future + Send + 'static,
        F::Output: Send + 'static,
    {
        tokio::spawn(task)
    }
}

/// A call as its host keeps it. Dropped before [`Record::end`], its client left or its handler
/// panicked.
pub trait Record: Send + Sync {
    /// The body as it came, before it is checked; only of bodies that are read at once.
    fn body(&mut self, media: &'static Media, bytes: &Bytes);

    /// How the call ended.
    fn end(self: Box<Self>, ending: Ending);
}

/// Counts what a call uses of what is deprecated.
pub trait Uses: Send + Sync {
    /// The call uses this, once or more often. Is to cost next to nothing.
    fn used(&self, it: &Use);
}

/// How a call ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ending {
    /// The status of the answer.
    pub status: u16,
    /// The slug of the problem that it is.
    pub problem: Option<&'static str>,
    /// What decided so.
    pub step: Step,
}

/// A step of the boundary, in the order in which a call takes them. Who calls is known by then.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Step {
    /// Whether the caller may.
    Authorization,
    /// Whether the caller may now.
    Admission,
    /// Whether there is a media type that the client takes.
    Negotiation,
    /// Whether the request keeps to the contract.
    Request,
    /// What the operation does.
    Handler,
    /// Whether its answer keeps to the contract, and whether the client has it already.
    Answer,
}

/// A caller who is known.
#[derive(Debug, Clone)]
pub struct Identity<P> {
    /// Who it is.
    pub principal: P,
    /// What the caller may do.
    pub scopes: Cow<'static, [&'static str]>,
}

/// What goes with an admitted call.
#[derive(Default)]
pub struct Admission {
    /// Headers of the answer, whatever it is.
    pub headers: HeaderMap,
    /// Held until the handler has answered: a place among the calls that run at once.
    pub permit: Option<Box<dyn Send + Sync>>,
}

/// Bounds of a request.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Bytes of a JSON, form or text body.
    pub body_bytes: usize,
    /// Bytes of a multipart or binary body. What is larger than 64 KiB waits in a temporary file.
    pub upload_bytes: usize,
    /// Time for the body to arrive; beyond it 408.
    pub body_read: Duration,
    /// Time for the handler; beyond it 503.
    pub handler: Duration,
    /// Levels of arrays and objects in JSON.
    pub json_depth: usize,
    /// Checks every answer against the contract before it leaves, and withholds one that breaks it;
    /// for tests. In production a [`Sampler`] looks at some, and withholds none.
    pub check_responses: bool,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            body_bytes: 256 * 1024,
            upload_bytes: 10 * 1024 * 1024,
            body_read: Duration::from_secs(30),
            handler: Duration::from_secs(10),
            json_depth: 32,
            check_responses: cfg!(debug_assertions),
        }
    }
}

/// An answer that is not a success.
#[derive(Debug)]
pub enum Failure {
    /// A problem.
    Problem(Problem),
    /// An error with a body of the contract's own.
    Declared(Reply),
}

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        Self::Problem(problem)
    }
}

/// 501, the answer of a handler that is not written yet.
pub fn not_implemented(operation: &Operation) -> Failure {
    let detail = format!("`{}` has no handler yet", operation.id);
    Failure::Problem(Problem::new(boundary::NOT_IMPLEMENTED).with_detail(detail))
}
