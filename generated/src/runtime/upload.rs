//! Uploads: bodies and files that need no memory of their size.
//!
//! An upload is taken whole before the handler runs: into memory while it is small, else into an
//! unnamed temporary file (under `TMPDIR`) that the system removes when nobody holds it. So its
//! limits, its hash and the parts that follow it are known, a slow client holds no handler up, and
//! a handler reads it as a stream, as often as it likes.

use std::fmt;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::sync::{Arc, Mutex, PoisonError};

use bytes::{Bytes, BytesMut};
use futures_util::stream::{self, Stream, TryStreamExt};
use sha2::{Digest, Sha256};
use tokio::io::AsyncWriteExt;

use super::problem::{Problem, boundary};

/// Bytes that are kept in memory, and bytes that are read from a file at once.
const CHUNK: usize = 64 << 10;

/// Content that a client sent, whole. Clones share it; two of the same content are equal.
#[derive(Clone)]
pub struct Upload(Arc<Stored>);

struct Stored {
    content: Content,
    length: u64,
    sha256: [u8; 32],
}

enum Content {
    Memory(Bytes),
    File(Mutex<File>),
}

impl Upload {
    /// How many bytes it has.
    pub fn length(&self) -> u64 {
        self.0.length
    }

    /// The SHA-256 of its bytes.
    pub fn sha256(&self) -> &[u8; 32] {
        &self.0.sha256
    }

    /// Its bytes from the beginning, in chunks of at most 64 KiB.
    pub fn stream(&self) -> impl Stream<Item = io::Result<Bytes>> + Send + use<> {
        stream::try_unfold((self.clone(), 0), |(upload, offset)| async move {
            let chunk = upload.read_at(offset).await?;
            let next = offset + u64::try_from(chunk.len()).unwrap_or_default();
            Ok((!chunk.is_empty()).then_some((chunk, (upload, next))))
        })
    }

    /// All its bytes at once, in memory.
    pub async fn bytes(&self) -> io::Result<Bytes> {
        if let Content::Memory(bytes) = &self.0.content {
            return Ok(bytes.clone());
        }
        let whole = self.stream().try_fold(BytesMut::new(), |mut all, chunk| {
            all.extend_from_slice(&chunk);
            std::future::ready(Ok(all))
        });
        Ok(whole.await?.freeze())
    }

    async fn read_at(&self, offset: u64) -> io::Result<Bytes> {
        if let Content::Memory(bytes) = &self.0.content {
            let start = usize::try_from(offset).unwrap_or(usize::MAX);
            return Ok(bytes.slice(start.min(bytes.len())..));
        }
        let upload = self.clone();
        let read = tokio::task::spawn_blocking(move || upload.read_file(offset));
        read.await.map_err(io::Error::other)?
    }

    fn read_file(&self, offset: u64) -> io::Result<Bytes> {
        let Content::File(file) = &self.0.content else {
            return Ok(Bytes::new());
        };
        let mut file = file.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(offset))?;
        let mut chunk = Vec::with_capacity(CHUNK);
        let most = u64::try_from(CHUNK).unwrap_or(u64::MAX);
        (&mut *file).take(most).read_to_end(&mut chunk)?;
        Ok(chunk.into())
    }
}

impl PartialEq for Upload {
    fn eq(&self, other: &Self) -> bool {
        self.0.length == other.0.length && self.0.sha256 == other.0.sha256
    }
}

impl Eq for Upload {}

impl fmt::Debug for Upload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Upload({} bytes)", self.0.length)
    }
}

impl From<Bytes> for Upload {
    fn from(bytes: Bytes) -> Self {
        Self(Arc::new(Stored {
            length: u64::try_from(bytes.len()).unwrap_or(u64::MAX),
            sha256: Sha256::digest(&bytes).into(),
            content: Content::Memory(bytes),
        }))
    }
}

/// An upload that is arriving.
pub(crate) struct Spool {
    limit: u64,
    length: u64,
    hash: Sha256,
    memory: BytesMut,
    file: Option<tokio::fs::File>,
}

impl Spool {
    /// Takes up to that many bytes.
    pub(crate) fn new(limit: u64) -> Self {
        Self {
            limit,
            length: 0,
            hash: Sha256::new(),
            memory: BytesMut::new(),
            file: None,
        }
    }

    /// Takes the next bytes. Errors: 413 beyond the limit; 503 if they cannot be kept.
    pub(crate) async fn push(&mut self, chunk: &[u8]) -> Result<(), Problem> {
        let length = u64::try_from(chunk.len()).unwrap_or(u64::MAX);
        self.length = self.length.saturating_add(length);
        if self.length > self.limit {
            return Err(too_large(self.limit));
        }
        self.hash.update(chunk);
        if self.file.is_none() && self.memory.len() + chunk.len() <= CHUNK {
            self.memory.extend_from_slice(chunk);
            return Ok(());
        }
        self.write(chunk).await.map_err(unkept)
    }

    async fn write(&mut self, chunk: &[u8]) -> io::Result<()> {
        let file = match &mut self.file {
            Some(file) => file,
            None => {
                let made = tokio::task::spawn_blocking(tempfile::tempfile).await;
                let file = made.map_err(io::Error::other)??;
                let file = self.file.insert(tokio::fs::File::from_std(file));
                file.write_all(&std::mem::take(&mut self.memory)).await?;
                file
            }
        };
        file.write_all(chunk).await
    }

    /// The upload, complete.
    pub(crate) async fn finish(self) -> Result<Upload, Problem> {
        let content = match self.file {
            None => Content::Memory(self.memory.freeze()),
            Some(mut file) => {
                file.flush().await.map_err(unkept)?;
                Content::File(Mutex::new(file.into_std().await))
            }
        };
        Ok(Upload(Arc::new(Stored {
            content,
            length: self.length,
            sha256: self.hash.finalize().into(),
        })))
    }
}

/// 413: the body, or the file, has more bytes than that.
pub(crate) fn too_large(limit: u64) -> Problem {
    Problem::new(boundary::BODY_TOO_LARGE).with_detail(format!("at most {limit} bytes are taken"))
}

fn unkept(error: io::Error) -> Problem {
    tracing::error!(%error, "an upload cannot be kept in a temporary file");
    boundary::OVERLOADED.into()
}
