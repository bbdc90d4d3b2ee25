//! Server-sent events.

use std::time::Duration;

use axum::body::to_bytes;
use futures_util::{StreamExt, stream};
use serde_json::{Value, json};

use crate::runtime::events::{Event, EventStream};

async fn sent(events: Vec<Event<Value>>) -> String {
    let body = EventStream::new(stream::iter(events)).written().into_body();
    let bytes = to_bytes(body, 10_000).await.expect("a body");
    String::from_utf8(bytes.to_vec()).expect("text")
}

#[tokio::test]
async fn data_is_sent_as_json_and_text_as_it_is() {
    let text = sent(vec![
        json!({"n": 1}).into(),
        json!("[DONE]").into(),
        json!(5).into(),
    ])
    .await;

    assert_eq!(text, "data: {\"n\":1}\n\ndata: [DONE]\n\ndata: 5\n\n");
}

#[tokio::test]
async fn an_event_carries_its_kind_its_id_and_when_to_come_again() {
    let event = Event {
        event: Some("tick".to_owned()),
        id: Some("7".to_owned()),
        retry: Some(Duration::from_millis(2005)),
        data: json!(null),
    };

    let text = sent(vec![event]).await;

    let mut lines: Vec<&str> = text.lines().collect();
    lines.sort_unstable();
    assert_eq!(
        lines,
        ["", "data: null", "event: tick", "id: 7", "retry: 2005"]
    );
}

#[tokio::test]
async fn no_text_can_end_a_field_or_an_event() {
    let event = Event {
        event: Some("a\r\ndata: forged".to_owned()),
        id: Some("1\u{0}2".to_owned()),
        retry: None,
        data: json!("one\r\ntwo\rthree\n\nfour"),
    };

    let text = sent(vec![event]).await;

    let mut lines: Vec<&str> = text.trim_end().lines().collect();
    lines.sort_unstable();
    assert_eq!(
        lines,
        [
            "data: ",
            "data: four",
            "data: one",
            "data: three",
            "data: two",
            "event: a  data: forged",
            "id: 1 2"
        ]
    );
}

#[tokio::test(start_paused = true)]
async fn a_silent_stream_says_that_it_lives() {
    let silent = EventStream::<Value>::new(stream::pending());
    let mut chunks = silent.written().into_body().into_data_stream();
    let start = tokio::time::Instant::now();

    let first = chunks.next().await.expect("a chunk").expect("bytes");

    assert!(first.starts_with(b":"), "{first:?}");
    assert_eq!(start.elapsed(), Duration::from_secs(15));
}
