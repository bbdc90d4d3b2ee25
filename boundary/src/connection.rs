//! One connection: how long it may be silent, half-heard or unread before it is cut off.

use std::future::poll_fn;
use std::io;
use std::net::IpAddr;
use std::pin::{Pin, pin};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use http::{HeaderValue, Version};
use http_body::{Body, Frame, SizeHint};
use hyper::body::Incoming;
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto::{Builder, UpgradeableConnection};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::{Instant, sleep_until};

use crate::bare;
use crate::framing::{Ambiguous, Heard};
use crate::settings::Settings;
use crate::shutdown::Shutdown;
use crate::slots::Slot;

/// How long a closed connection is still read, so that the client finds our last answer
/// before its own sending is refused (RFC 9112, section 9.6).
const LINGER: Duration = Duration::from_secs(1);

/// What a client must take of an answer within `WRITE_TIMEOUT` once it is behind: whoever reads a
/// few bytes now and then would hold it for hours.
const LEAST_TAKEN: usize = 64 * 1_024;

/// The patience that a connection meets.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Patience {
    header: Duration,
    idle: Duration,
    write: Duration,
}

impl From<&Settings> for Patience {
    fn from(settings: &Settings) -> Self {
        Self {
            header: settings.header_read_timeout,
            idle: settings.keep_alive,
            write: settings.write_timeout,
        }
    }
}

/// What a connection is doing; the socket, the requests and the driver share it.
///
/// hyper has one timer for the header and for the silence between requests, and none while it
/// finds out the version of HTTP. This keeps them apart and covers all of it.
pub(crate) struct Activity(Mutex<Doing>);

/// A moment; `None` is the present one until the driver looks at its clock, which it does whenever the
/// connection has been polled: a look of their own would cost each request more than most of its work.
type Since = Option<Instant>;

struct Doing {
    /// Requests being worked on, their answers included.
    requests: usize,
    /// Since when there is none.
    idle: Since,
    /// When the first byte of a request's header came, while the rest is awaited.
    header: Option<Since>,
    /// Since when the client is behind, and what it has taken since.
    behind: Option<(Instant, usize)>,
    /// What was read since the connection last rested.
    heard: Heard,
    /// Since when each answer waits for the client to take more of it: over HTTP/2 a client
    /// holds up one answer by its window, and the socket stays free.
    untaken: Vec<(u64, Instant)>,
    /// How many requests there were.
    begun: u64,
    /// When it was to end: closed by us, or asked to leave by the end of the process.
    leaving: Option<Instant>,
    http2: bool,
}

impl Doing {
    /// The answer with this number waits no more.
    fn taken(&mut self, number: u64) {
        self.untaken.retain(|(other, _)| *other != number);
    }
}

impl Activity {
    pub(crate) fn new() -> Arc<Self> {
        let now = Instant::now();
        Arc::new(Self(Mutex::new(Doing {
            requests: 0,
            idle: Some(now),
            // The first request is awaited as if its first byte had come.
            header: Some(Some(now)),
            behind: None,
            heard: Heard::default(),
            untaken: Vec::new(),
            begun: 0,
            leaving: None,
            http2: false,
        })))
    }

    /// Counts a request that has come in, until what it returns is dropped; and what is wrong with
    /// how it says where it ends.
    pub(crate) fn begin<B>(
        self: &Arc<Self>,
        request: &http::Request<B>,
    ) -> (Exchange, Option<Ambiguous>) {
        let mut doing = self.doing();
        doing.requests += 1;
        doing.header = None;
        let is_http2 = request.version() == Version::HTTP_2;
        doing.http2 = is_http2;
        doing.begun += 1;
        let fault = doing.heard.fault(request);
        let exchange = Exchange {
            activity: Arc::clone(self),
            number: doing.begun,
            is_http2,
        };
        (exchange, fault)
    }

    fn received(&self, bytes: &[u8]) {
        let mut doing = self.doing();
        if doing.http2 {
            return;
        }
        if doing.requests == 0 && doing.header.is_none() {
            doing.header = Some(None);
            doing.heard.restart();
        }
        doing.heard.add(bytes);
    }

    fn wrote(&self, outcome: &Poll<io::Result<usize>>) {
        let mut doing = self.doing();
        match (outcome, &mut doing.behind) {
            (Poll::Ready(Ok(bytes)), Some((_, taken))) if *taken + bytes < LEAST_TAKEN => {
                *taken += bytes;
            }
            (Poll::Ready(_), _) => doing.behind = None,
            (Poll::Pending, behind) => _ = behind.get_or_insert_with(|| (Instant::now(), 0)),
        }
    }

    /// All that was written is on its way.
    fn flushed(&self) {
        self.doing().behind = None;
    }

    /// Whether a request has come over the connection.
    fn is_known(&self) -> bool {
        self.doing().begun > 0
    }

    fn leave(&self) {
        self.doing().leaving.get_or_insert_with(Instant::now);
    }

    /// When the connection is to be cut off, as things stand.
    fn due(&self, patience: Patience, now: Instant) -> Option<Instant> {
        let mut doing = self.doing();
        let idle = *doing.idle.get_or_insert(now);
        let header = doing.header.as_mut().map(|since| *since.get_or_insert(now));
        let behind = doing.behind.as_ref().map(|(since, _)| since);
        let untaken = doing.untaken.iter().map(|(_, since)| since);
        let unread = untaken.chain(behind).min();
        let unread = unread.map(|since| *since + patience.write);
        let silent = (doing.requests == 0).then(|| match header {
            Some(since) => since + patience.header,
            None => idle + patience.idle,
        });
        let left = doing
            .leaving
            .filter(|_| doing.requests == 0)
            .map(|since| since + LINGER);
        [unread, silent, left].into_iter().flatten().min()
    }

    fn doing(&self) -> MutexGuard<'_, Doing> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A request being worked on, and then its answer being sent.
pub(crate) struct Exchange {
    activity: Arc<Activity>,
    number: u64,
    is_http2: bool,
}

impl Exchange {
    /// From now on the answer waits for its client. Over HTTP/1 the socket tells.
    fn waits_for_client(&self) {
        if !self.is_http2 {
            return;
        }
        let mut doing = self.activity.doing();
        doing.taken(self.number);
        doing.untaken.push((self.number, Instant::now()));
    }

    /// From now on the client waits for the answer.
    fn waits_for_us(&self) {
        if !self.is_http2 {
            return;
        }
        self.activity.doing().taken(self.number);
    }
}

impl Drop for Exchange {
    fn drop(&mut self) {
        let mut doing = self.activity.doing();
        doing.taken(self.number);
        doing.requests = doing.requests.saturating_sub(1);
        doing.idle = None;
    }
}

/// The body of an answer; while it lives, its request counts as being worked on.
pub(crate) struct Answer<B> {
    body: B,
    exchange: Exchange,
}

impl<B> Answer<B> {
    pub(crate) fn new(body: B, exchange: Exchange) -> Self {
        exchange.waits_for_client();
        Self { body, exchange }
    }
}

impl<B: Body + Unpin> Body for Answer<B> {
    type Data = B::Data;
    type Error = B::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<B::Data>, B::Error>>> {
        let frame = Pin::new(&mut self.body).poll_frame(cx);
        match frame {
            Poll::Ready(_) => self.exchange.waits_for_client(),
            Poll::Pending => self.exchange.waits_for_us(),
        }
        frame
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// A socket that tells its [`Activity`] what passes through it, and holds its [`Slot`].
pub(crate) struct Socket {
    stream: TcpStream,
    activity: Arc<Activity>,
    /// The rest of an answer that is sent in place of hyper's own, and that one's length.
    instead: Option<(Vec<u8>, usize)>,
    closed: bool,
    /// The contract that answers are stamped with.
    contract: HeaderValue,
    _slot: Slot<IpAddr>,
}

impl Socket {
    pub(crate) fn new(
        stream: TcpStream,
        activity: Arc<Activity>,
        contract: HeaderValue,
        slot: Slot<IpAddr>,
    ) -> Self {
        Self {
            contract,
            stream,
            activity,
            instead: None,
            closed: false,
            _slot: slot,
        }
    }
}

impl Socket {
    fn is_replaced(&mut self, buf: &[u8]) -> bool {
        if self.instead.is_none() {
            self.instead = bare::instead_of(buf, &self.contract).map(|answer| (answer, buf.len()));
        }
        self.instead.is_some()
    }

    fn poll_send(&mut self, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        if !self.is_replaced(buf) {
            return Pin::new(&mut self.stream).poll_write(cx, buf);
        }
        while let Some((rest, whole)) = &mut self.instead {
            if rest.is_empty() {
                let whole = *whole;
                self.instead = None;
                return Poll::Ready(Ok(whole));
            }
            let sent = ready!(Pin::new(&mut self.stream).poll_write(cx, rest))?;
            rest.drain(..sent);
        }
        Poll::Pending
    }
}

impl AsyncRead for Socket {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buf.filled().len();
        let outcome = Pin::new(&mut self.stream).poll_read(cx, buf);
        if let Some(bytes) = buf.filled().get(before..).filter(|new| !new.is_empty()) {
            self.activity.received(bytes);
        }
        outcome
    }
}

impl AsyncWrite for Socket {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &[u8],
    ) -> Poll<io::Result<usize>> {
        let outcome = self.poll_send(cx, buf);
        self.activity.wrote(&outcome);
        outcome
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let outcome = match bufs.first() {
            Some(head) if self.is_replaced(head) => self.poll_send(cx, head),
            _ => Pin::new(&mut self.stream).poll_write_vectored(cx, bufs),
        };
        self.activity.wrote(&outcome);
        outcome
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    /// hyper comes here once it has nothing more to write.
    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.activity.flushed();
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    /// Closes our side, then reads on until the client closes its own; the driver's deadline
    /// bounds that.
    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        if !self.closed {
            ready!(Pin::new(&mut self.stream).poll_shutdown(cx))?;
            self.closed = true;
            self.activity.leave();
        }
        let mut chunk = [0; 4_096];
        loop {
            let mut rest = ReadBuf::new(&mut chunk);
            let read = ready!(Pin::new(&mut self.stream).poll_read(cx, &mut rest));
            if read.is_err() || rest.filled().is_empty() {
                return Poll::Ready(Ok(()));
            }
        }
    }
}

/// Runs a connection to its end: until it is done, its patience is used up, or the process
/// stops. Errors of one connection are its client's affair and are not reported.
pub(crate) async fn drive<S, B>(
    builder: &Builder<TokioExecutor>,
    socket: Socket,
    service: S,
    patience: Patience,
    shutdown: &Shutdown,
) where
    S: hyper::service::Service<http::Request<Incoming>, Response = http::Response<B>>,
    S::Future: Send + 'static,
    S::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
    B: Body + Send + 'static,
    B::Data: Send,
    B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    let activity = Arc::clone(&socket.activity);
    let mut connection =
        pin!(builder.serve_connection_with_upgrades(TokioIo::new(socket), service));
    let mut stopping = pin!(shutdown.stopping());
    let mut stopped = false;
    let mut told = false;
    let mut timer = pin!(sleep_until(Instant::now() + patience.header));
    poll_fn(|cx| {
        if !stopped && stopping.as_mut().poll(cx).is_ready() {
            stopped = true;
            activity.leave();
        }
        // Told to end before its first request, hyper would not read that.
        if stopped && !told && activity.is_known() {
            told = true;
            UpgradeableConnection::graceful_shutdown(connection.as_mut());
        }
        if connection.as_mut().poll(cx).is_ready() {
            return Poll::Ready(());
        }
        if stopped && !told && activity.is_known() {
            cx.waker().wake_by_ref();
        }
        // The timer is moved only when it would ring too late, so that a busy connection
        // does not pay for it; rung too early, it is set anew.
        loop {
            let now = Instant::now();
            let due = activity.due(patience, now).unwrap_or(now + patience.header);
            if due <= now {
                return Poll::Ready(());
            }
            if due < timer.deadline() || timer.is_elapsed() {
                timer.as_mut().reset(due);
            }
            ready!(timer.as_mut().poll(cx));
        }
    })
    .await;
}
