//! A service behind ours, on loopback, that does what a test tells it and keeps what it was asked.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, LazyLock, Mutex};
use std::thread;

/// One that is always well, for the tests that do not care.
pub static WELL: LazyLock<Upstream> = LazyLock::new(|| Upstream::start(|_| Reaction::Answer(OK)));

/// An answer without content.
pub const OK: &str = "HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n";

/// What it does with a request.
#[derive(Debug, Clone)]
pub enum Reaction {
    /// Sends this, and waits for the next request.
    Answer(&'static str),
    /// Sends this again and again, until nobody reads any more.
    Endless(&'static str),
    /// Sends nothing.
    Silence,
    /// Closes the connection.
    Close,
}

/// It; stopped when dropped.
pub struct Upstream {
    address: SocketAddr,
    asked: Arc<Mutex<Vec<String>>>,
    stopped: Arc<AtomicBool>,
}

impl Upstream {
    /// Starts one; `script` says what it does with its first request, its second and so on.
    pub fn start(script: impl Fn(usize) -> Reaction + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let upstream = Self {
            address: listener.local_addr().unwrap(),
            asked: Arc::default(),
            stopped: Arc::default(),
        };
        let (asked, stopped) = (upstream.asked.clone(), upstream.stopped.clone());
        let script = Arc::new(script);
        thread::spawn(move || {
            for stream in listener.incoming() {
                if stopped.load(Ordering::SeqCst) {
                    return;
                }
                let (asked, script) = (asked.clone(), script.clone());
                thread::spawn(move || serve(stream.unwrap(), &asked, &*script));
            }
        });
        upstream
    }

    /// Its address.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The headers of the requests that came, one text each.
    pub fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

impl Drop for Upstream {
    fn drop(&mut self) {
        self.stopped.store(true, Ordering::SeqCst);
        _ = TcpStream::connect(self.address);
    }
}

fn serve(mut stream: TcpStream, asked: &Mutex<Vec<String>>, script: &dyn Fn(usize) -> Reaction) {
    let mut lines = BufReader::new(stream.try_clone().unwrap());
    while let Some(head) = read_head(&mut lines) {
        let number = {
            let mut asked = asked.lock().unwrap();
            asked.push(head);
            asked.len() - 1
        };
        match script(number) {
            Reaction::Answer(text) => stream.write_all(text.as_bytes()).unwrap(),
            Reaction::Endless(text) => while stream.write_all(text.as_bytes()).is_ok() {},
            Reaction::Silence => drop(lines.read_to_end(&mut Vec::new())),
            Reaction::Close => break,
        }
    }
    _ = stream.shutdown(Shutdown::Both);
}

/// The lines of a request up to the empty one, in lower case; `None` at the end.
fn read_head(lines: &mut impl BufRead) -> Option<String> {
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        if lines.read_line(&mut head).ok()? == 0 {
            return None;
        }
    }
    Some(head.to_lowercase())
}
