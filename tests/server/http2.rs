//! HTTP/2 by hand: floods of cheap frames are bounded, and the service lives on.

use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::time::timeout;

use crate::support::{Client, LONG, TestServer};

const PREFACE: &str = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

const DATA: u8 = 0;
const HEADERS: u8 = 1;
const RESET: u8 = 3;
const SETTINGS: u8 = 4;
const PING: u8 = 6;
const GO_AWAY: u8 = 7;
const CONTINUATION: u8 = 9;

const END_STREAM: u8 = 0b1;
const ACK: u8 = 0b1;
const END_HEADERS: u8 = 0b100;

/// A frame (RFC 9113, section 4.1).
pub fn frame(kind: u8, flags: u8, stream: u32, payload: &[u8]) -> Vec<u8> {
    let length = u32::try_from(payload.len()).unwrap().to_be_bytes();
    let head = [&length[1..], &[kind, flags][..], &stream.to_be_bytes()];
    [&head.concat(), payload].concat()
}

/// The header of `GET path`, without a dynamic table (RFC 7541).
pub fn get(path: &str) -> Vec<u8> {
    let literal = |text: &str| [&[u8::try_from(text.len()).unwrap()], text.as_bytes()].concat();
    [
        &[0x82, 0x86, 0x04][..],
        &literal(path),
        &[0x41],
        &literal("test"),
    ]
    .concat()
}

async fn opened(server: &TestServer) -> Client {
    let mut client = server.connect().await;
    client.write(PREFACE).await;
    client.write_bytes(&frame(SETTINGS, 0, 0, &[])).await;
    client
}

/// The frames that come within a moment, or until the end.
struct Frames {
    seen: Vec<(u8, u8, u32, Vec<u8>)>,
    is_closed: bool,
}

impl Frames {
    /// Reads until a frame satisfies `wanted`, or the connection ends.
    async fn until(client: &mut Client, wanted: impl Fn(u8, u8, u32) -> bool) -> Self {
        let mut frames = Self {
            seen: Vec::new(),
            is_closed: false,
        };
        let reading = async {
            loop {
                let mut head = [0; 9];
                if client.stream.read_exact(&mut head).await.is_err() {
                    frames.is_closed = true;
                    return;
                }
                let length = u32::from_be_bytes([0, head[0], head[1], head[2]]);
                let stream = u32::from_be_bytes([head[5], head[6], head[7], head[8]]);
                let mut payload = vec![0; usize::try_from(length).unwrap()];
                if client.stream.read_exact(&mut payload).await.is_err() {
                    frames.is_closed = true;
                    return;
                }
                frames.seen.push((head[3], head[4], stream, payload));
                if wanted(head[3], head[4], stream) {
                    return;
                }
            }
        };
        timeout(LONG, reading).await.expect("frames in time");
        frames
    }

    fn count(&self, kind: u8) -> usize {
        self.seen.iter().filter(|frame| frame.0 == kind).count()
    }
}

/// Writes all of it, or as much as the server takes before it hangs up.
async fn flood(client: &mut Client, bytes: &[u8]) {
    let writing = client.stream.write_all(bytes);
    _ = timeout(Duration::from_secs(5), writing).await;
}

/// Another connection is served as if nothing were.
async fn assert_alive(server: &TestServer) {
    assert_eq!(server.get("/hello").await.text(), "hello");
    let mut client = opened(server).await;
    client
        .write_bytes(&frame(HEADERS, END_HEADERS | END_STREAM, 1, &get("/hello")))
        .await;
    let frames = Frames::until(&mut client, |kind, flags, stream| {
        kind == DATA && flags & END_STREAM != 0 && stream == 1
    })
    .await;
    let body: Vec<u8> = frames
        .seen
        .iter()
        .filter(|frame| frame.0 == DATA)
        .flat_map(|frame| frame.3.clone())
        .collect();
    assert_eq!(body, b"hello");
}

#[tokio::test]
async fn streams_that_are_reset_at_once_end_the_connection() {
    let server = TestServer::start(&[]).await;
    let mut client = opened(&server).await;

    let mut all = Vec::new();
    for number in 0..20_000_u32 {
        let stream = 2 * number + 1;
        all.extend(frame(
            HEADERS,
            END_HEADERS | END_STREAM,
            stream,
            &get("/wait"),
        ));
        all.extend(frame(RESET, 0, stream, &8_u32.to_be_bytes()));
    }
    flood(&mut client, &all).await;
    let frames = Frames::until(&mut client, |kind, _, _| kind == GO_AWAY).await;

    assert!(frames.is_closed || frames.count(GO_AWAY) == 1);
    assert_alive(&server).await;
}

#[tokio::test]
async fn a_header_that_goes_on_and_on_ends_the_connection() {
    let server = TestServer::start(&[]).await;
    let mut client = opened(&server).await;

    let mut all = frame(HEADERS, END_STREAM, 1, &get("/hello"));
    // A field without a name in the table, never indexed: 8 KiB of value in each.
    let mut field = vec![0x10, 1, b'x', 0x7f, 0x81, 0x3f];
    field.resize(8_192 + 6, b'y');
    for _ in 0..2_000 {
        all.extend(frame(CONTINUATION, 0, 1, &field));
    }
    flood(&mut client, &all).await;
    let frames = Frames::until(&mut client, |kind, _, _| kind == GO_AWAY).await;

    assert!(frames.is_closed || frames.count(GO_AWAY) == 1);
    assert_alive(&server).await;
}

#[tokio::test]
async fn empty_continuations_end_the_connection_or_its_patience() {
    let server = TestServer::start(&[("HEADER_READ_TIMEOUT", "300ms")]).await;
    let mut client = opened(&server).await;

    let mut all = frame(HEADERS, END_STREAM, 1, &get("/hello"));
    for _ in 0..100_000 {
        all.extend(frame(CONTINUATION, 0, 1, &[]));
    }
    flood(&mut client, &all).await;
    let frames = Frames::until(&mut client, |kind, _, _| kind == GO_AWAY).await;

    assert!(frames.is_closed || frames.count(GO_AWAY) == 1);
    assert_alive(&server).await;
}

#[tokio::test]
async fn floods_of_settings_and_pings_are_answered_or_cut_off_and_harm_nobody() {
    let server = TestServer::start(&[("WRITE_TIMEOUT", "500ms")]).await;
    for cheap in [
        frame(SETTINGS, 0, 0, &[0, 4, 0, 0, 255, 255]),
        frame(PING, 0, 0, &[7; 8]),
    ] {
        let mut client = opened(&server).await;

        // Nothing of what comes back is read.
        flood(&mut client, &cheap.repeat(200_000)).await;

        assert_alive(&server).await;
    }
}

#[tokio::test]
async fn no_more_streams_are_open_than_are_allowed() {
    let server = TestServer::start(&[]).await;
    let mut client = opened(&server).await;
    for number in 0..150_u32 {
        let header = get("/wait");
        client
            .write_bytes(&frame(
                HEADERS,
                END_HEADERS | END_STREAM,
                2 * number + 1,
                &header,
            ))
            .await;
    }

    client.write_bytes(&frame(PING, 0, 0, &[1; 8])).await;
    let frames = Frames::until(&mut client, |kind, flags, _| {
        kind == PING && flags & ACK != 0
    })
    .await;

    let settings = frames.seen.iter().find(|frame| frame.0 == SETTINGS);
    let (_, _, _, payload) = settings.expect("settings");
    assert!(
        payload.chunks(6).any(|pair| pair == [0, 3, 0, 0, 0, 100]),
        "{payload:?}"
    );
    assert_eq!(frames.count(RESET), 50, "those beyond 100 are refused");
    server.gate.add_permits(100);
    assert_alive(&server).await;
}

#[tokio::test]
async fn a_client_that_answers_no_ping_is_left() {
    let server = TestServer::start(&[("HTTP2_PING", "1s"), ("KEEP_ALIVE", "1h")]).await;
    let mut client = opened(&server).await;
    client
        .write_bytes(&frame(HEADERS, END_HEADERS | END_STREAM, 1, &get("/wait")))
        .await;

    let frames = Frames::until(&mut client, |_, _, _| false).await;

    assert!(frames.is_closed && frames.count(PING) > 0);
}
