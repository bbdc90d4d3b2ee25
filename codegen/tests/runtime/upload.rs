//! Uploads.

use bytes::Bytes;
use futures_util::TryStreamExt;

use crate::runtime::problem::boundary;
use crate::runtime::upload::{Spool, Upload};

async fn spooled(content: &[u8], piece: usize) -> Upload {
    let mut spool = Spool::new(1 << 30);
    for chunk in content.chunks(piece) {
        spool.push(chunk).await.expect("room");
    }
    spool.finish().await.expect("an upload")
}

#[tokio::test]
async fn small_and_large_content_is_read_as_often_as_wanted() {
    for size in [0, 1, 65_536, 65_537, 300_001] {
        let content: Vec<u8> = (0..size).map(|at| (at % 251) as u8).collect();

        let upload = spooled(&content, 10_007).await;

        let chunks: Vec<Bytes> = upload.stream().try_collect().await.expect("chunks");
        assert!(chunks.iter().all(|chunk| chunk.len() <= 65_536), "{size}");
        assert_eq!(chunks.concat(), content);
        assert_eq!(upload.bytes().await.expect("bytes"), content);
        assert_eq!(upload.length(), size as u64);
        assert_eq!(upload, Upload::from(Bytes::from(content)));
    }
}

#[tokio::test]
async fn two_readers_do_not_disturb_each_other() {
    let content = vec![7; 200_000];
    let upload = spooled(&content, 50_000).await;

    let (mut one, mut two) = (Box::pin(upload.stream()), Box::pin(upload.clone().stream()));
    let mut lengths = [0, 0];
    while let Some(chunk) = one.try_next().await.expect("a chunk") {
        lengths[0] += chunk.len();
        lengths[1] += two
            .try_next()
            .await
            .expect("a chunk")
            .map_or(0, |it| it.len());
    }

    assert_eq!(lengths, [200_000, 200_000]);
}

#[tokio::test]
async fn more_than_the_limit_is_refused_at_once() {
    let mut spool = Spool::new(5);

    spool.push(b"12345").await.expect("room");
    let problem = spool.push(b"6").await.expect_err("no room");

    assert_eq!(problem.kind, boundary::BODY_TOO_LARGE);
}
