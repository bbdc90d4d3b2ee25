//! Uploads, in memory and in temporary files.

use bytes::Bytes;
use futures_util::TryStreamExt;
use sha2::{Digest, Sha256};

use crate::runtime::upload::{Receiver, Upload};

fn content(length: usize) -> Vec<u8> {
    (0..=250).cycle().take(length).collect()
}

async fn receive(content: &[u8], size: usize) -> Upload {
    let mut receiver = Receiver::default();
    for piece in content.chunks(size) {
        receiver.push(piece).await.expect("room");
    }
    receiver.finish().await.expect("room")
}

#[tokio::test]
async fn what_arrives_is_what_is_read() {
    for length in [0, 1, 65_535, 65_536, 65_537, 131_072, 1_000_003] {
        let content = content(length);
        for size in [1_000, 8_192, 100_000, 2_000_000] {
            let upload = receive(&content, size).await;

            assert_eq!(upload.length(), u64::try_from(length).expect("small"));
            assert_eq!(upload.sha256()[..], Sha256::digest(&content)[..]);
            assert_eq!(upload.bytes().await.expect("bytes"), content);
        }
    }
}

#[tokio::test]
async fn streams_of_clones_read_apart_from_each_other() {
    let content = content(300_000);
    let upload = receive(&content, 10_000).await;
    let (mut one, other) = (Box::pin(upload.stream()), upload.clone());
    drop(upload);

    let first = one.try_next().await.expect("a piece").expect("a piece");
    let all: Vec<Bytes> = other.stream().try_collect().await.expect("pieces");
    let rest: Vec<Bytes> = one.try_collect().await.expect("pieces");

    assert!(all.iter().all(|piece| (1..=65_536).contains(&piece.len())));
    assert_eq!(all.concat(), content);
    assert_eq!([&[first], rest.as_slice()].concat().concat(), content);
}

#[tokio::test]
async fn uploads_are_equal_by_content() {
    let content = content(70_000);

    assert_eq!(receive(&content, 7).await, receive(&content, 70_000).await);
    assert_ne!(receive(&content, 7).await, receive(&content[1..], 7).await);
}
