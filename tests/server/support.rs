//! A server in this process, and a client that writes HTTP by hand.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::routing::{get, post};
use concordat::app::App;
use concordat::boundary;
use concordat::config::Settings;
use serde_json::Value;
use std::sync::Arc;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::Semaphore;
use tokio::task::JoinHandle;
use tokio::time::timeout;

/// Far longer than anything here takes: a wait that reaches it has failed.
pub const LONG: Duration = Duration::from_secs(20);

/// Settings with these values, and no wait at the end.
pub fn settings(values: &[(&str, &str)]) -> Settings {
    let mut all = HashMap::from([
        ("HOST", "127.0.0.1"),
        ("PORT", "0"),
        ("SHUTDOWN_WAIT", "0s"),
    ]);
    all.extend(values.iter().copied());
    Settings::read(|name| all.get(name).map(ToString::to_string)).unwrap()
}

/// Opens as many `/wait` requests as have permits.
pub type Gate = Arc<Semaphore>;

pub struct TestServer {
    pub app: App,
    pub address: SocketAddr,
    pub gate: Gate,
    served: JoinHandle<()>,
}

impl TestServer {
    pub async fn start(values: &[(&str, &str)]) -> Self {
        let app = App::builder(settings(values)).build().await.unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let gate = Gate::new(Semaphore::new(0));
        let router = router(gate.clone());
        let served = tokio::spawn({
            let app = app.clone();
            async move { boundary::serve(&app, listener, router).await }
        });
        Self {
            app,
            address,
            gate,
            served,
        }
    }

    pub async fn connect(&self) -> Client {
        Client {
            stream: TcpStream::connect(self.address).await.unwrap(),
            unread: Vec::new(),
        }
    }

    /// Connects as a client that has room for so many bytes at a time.
    pub async fn connect_with_buffer(&self, bytes: u32) -> Client {
        let socket = TcpSocket::new_v4().unwrap();
        socket.set_recv_buffer_size(bytes).unwrap();
        Client {
            stream: socket.connect(self.address).await.unwrap(),
            unread: Vec::new(),
        }
    }

    /// Connects and sends without giving way to other tasks.
    pub fn connect_at_once(&self, text: &str) -> Client {
        let mut stream = std::net::TcpStream::connect(self.address).unwrap();
        std::io::Write::write_all(&mut stream, text.as_bytes()).unwrap();
        stream.set_nonblocking(true).unwrap();
        Client {
            stream: TcpStream::from_std(stream).unwrap(),
            unread: Vec::new(),
        }
    }

    /// Sends one request on a connection of its own.
    pub async fn send(&self, request: &str) -> Answer {
        let mut client = self.connect().await;
        client.write(request).await;
        client.answer().await
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(&format!("GET {path} HTTP/1.1\r\nhost: test\r\n\r\n"))
            .await
    }

    /// Begins the end and waits until the server is gone.
    pub async fn stop(self) {
        self.app.shutdown().begin();
        timeout(LONG, self.served)
            .await
            .expect("the server stops")
            .unwrap();
    }
}

fn router(gate: Gate) -> Router {
    Router::new()
        .route("/hello", get(|| async { "hello" }))
        .route("/health/live", get(|| async { "alive" }))
        .route("/v1/orders", get(|| async { "orders" }))
        .route("/echo", post(|body: axum::body::Bytes| async move { body }))
        .route(
            "/panic",
            get(|| async { panic!("told in the log only") as &str }),
        )
        .route(
            "/page",
            get(|| async { ([("content-security-policy", "default-src 'self'")], "page") }),
        )
        .route("/large", get(|| async { vec![b'x'; 64 << 20] }))
        .route("/wait", get(wait))
        .with_state(gate)
}

async fn wait(State(gate): State<Gate>) -> &'static str {
    gate.acquire().await.unwrap().forget();
    "waited"
}

pub struct Client {
    pub stream: TcpStream,
    unread: Vec<u8>,
}

impl Client {
    pub async fn write(&mut self, text: &str) {
        self.write_bytes(text.as_bytes()).await;
    }

    pub async fn write_bytes(&mut self, bytes: &[u8]) {
        self.stream.write_all(bytes).await.unwrap();
    }

    /// Reads one answer. Panics if the connection ends before.
    pub async fn answer(&mut self) -> Answer {
        timeout(LONG, self.read_answer())
            .await
            .expect("an answer in time")
            .expect("an answer")
    }

    async fn read_answer(&mut self) -> Option<Answer> {
        loop {
            if let Some((answer, length)) = Answer::parse(&self.unread) {
                self.unread.drain(..length);
                return Some(answer);
            }
            if self.stream.read_buf(&mut self.unread).await.unwrap_or(0) == 0 {
                return None;
            }
        }
    }

    /// Waits until the server closes the connection; answers what it sent till then.
    pub async fn closed(mut self) -> Vec<u8> {
        let read = async {
            while self
                .stream
                .read_buf(&mut self.unread)
                .await
                .is_ok_and(|length| length > 0)
            {}
        };
        timeout(LONG, read).await.expect("the connection is closed");
        self.unread
    }
}

#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: HashMap<String, String>,
    pub body: Vec<u8>,
}

impl Answer {
    fn parse(bytes: &[u8]) -> Option<(Self, usize)> {
        let end = bytes.windows(4).position(|window| window == b"\r\n\r\n")? + 4;
        let head = String::from_utf8_lossy(&bytes[..end]);
        let mut lines = head.trim_end().split("\r\n");
        let status = lines.next()?.split(' ').nth(1)?.parse().ok()?;
        let headers: HashMap<_, _> = lines
            .filter_map(|line| line.split_once(": "))
            .map(|(name, value)| (name.to_lowercase(), value.to_owned()))
            .collect();
        let length: usize = headers
            .get("content-length")
            .map_or(0, |length| length.parse().unwrap());
        let body = bytes.get(end..end + length)?.to_vec();
        Some((
            Self {
                status,
                headers,
                body,
            },
            end + length,
        ))
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }

    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }

    /// Checks that this is the problem of this status and name, and gives its object.
    #[track_caller]
    pub fn problem(&self, status: u16, slug: &str) -> Value {
        assert_eq!(self.status, status, "{self:?}");
        assert_eq!(self.header("content-type"), "application/problem+json");
        let problem: Value = serde_json::from_slice(&self.body).unwrap();
        assert_eq!(problem["type"], format!("/problems/{slug}"));
        assert_eq!(problem["status"], status);
        assert_eq!(problem["trace_id"], self.header("x-request-id"));
        assert!(!self.header("x-request-id").is_empty());
        problem
    }
}
