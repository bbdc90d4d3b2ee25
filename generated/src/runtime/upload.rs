//! Files and binary bodies: received whole before the handler runs, in bounded memory.

use std::fmt;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::sync::{Arc, Mutex, PoisonError};

use bytes::{Bytes, BytesMut};
use futures_util::stream::{self, Stream, StreamExt, TryStreamExt};
use sha2::{Digest, Sha256};
use tokio::task::spawn_blocking;

use super::problem::{Problem, boundary};

/// Bytes of an upload that are held in memory; what is longer goes to a temporary file.
const IN_MEMORY: usize = 64 << 10;

/// Content that a client sent: a binary body, or a file of a form.
///
/// It has arrived, and every rule of the contract holds, before the handler sees it. A small one is in
/// memory, a larger one in a temporary file without a name, which the system removes with the last
/// clone, or with the process however it ends. Clones share the content; each stream reads from the
/// beginning.
#[derive(Clone)]
pub struct Upload {
    content: Content,
    length: u64,
    sha256: [u8; 32],
}

#[derive(Clone)]
enum Content {
    Memory(Bytes),
    File(Arc<Mutex<File>>),
}

impl Upload {
    /// Its bytes.
    pub fn length(&self) -> u64 {
        self.length
    }

    /// Its SHA-256, computed as it arrived.
    pub fn sha256(&self) -> &[u8; 32] {
        &self.sha256
    }

    /// The content in pieces of at most 64 KiB. Errors are those of the temporary file.
    pub fn stream(&self) -> impl Stream<Item = io::Result<Bytes>> + Send + 'static {
        match &self.content {
            Content::Memory(bytes) => stream::iter(Some(Ok(bytes.clone()))).left_stream(),
            Content::File(file) => {
                let start = (Arc::clone(file), 0);
                stream::try_unfold(start, |(file, at)| async move {
                    let piece = piece(&file, at).await?;
                    let next = at + u64::try_from(piece.len()).unwrap_or(u64::MAX);
                    Ok((!piece.is_empty()).then_some((piece, (file, next))))
                })
                .right_stream()
            }
        }
    }

    /// The whole content, in memory. Errors are those of the temporary file.
    pub async fn bytes(&self) -> io::Result<Bytes> {
        match &self.content {
            Content::Memory(bytes) => Ok(bytes.clone()),
            Content::File(_) => {
                let all = self.stream().try_fold(BytesMut::new(), |mut all, piece| {
                    all.extend_from_slice(&piece);
                    std::future::ready(Ok(all))
                });
                all.await.map(BytesMut::freeze)
            }
        }
    }
}

async fn piece(file: &Arc<Mutex<File>>, at: u64) -> io::Result<Bytes> {
    let file = Arc::clone(file);
    blocking(move || {
        let mut file = file.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(at))?;
        let mut piece = Vec::with_capacity(IN_MEMORY);
        let most = u64::try_from(IN_MEMORY).unwrap_or(u64::MAX);
        Read::by_ref(&mut *file)
            .take(most)
            .read_to_end(&mut piece)?;
        Ok(piece.into())
    })
    .await
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> io::Result<T> {
    spawn_blocking(work).await.map_err(io::Error::other)?
}

impl fmt::Debug for Upload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Upload({} bytes)", self.length)
    }
}

/// Equal content.
impl PartialEq for Upload {
    fn eq(&self, other: &Self) -> bool {
        self.length == other.length && self.sha256 == other.sha256
    }
}

impl Eq for Upload {}

/// An upload that is arriving.
#[derive(Default)]
pub(crate) struct Receiver {
    /// What came last and is not in the file.
    held: BytesMut,
    file: Option<File>,
    length: u64,
    sha256: Sha256,
}

impl Receiver {
    /// Takes the next piece. Errors: 500 if the temporary file cannot be written.
    pub(crate) async fn push(&mut self, piece: &[u8]) -> Result<(), Problem> {
        self.sha256.update(piece);
        self.length += u64::try_from(piece.len()).unwrap_or(u64::MAX);
        self.held.extend_from_slice(piece);
        if self.held.len() > IN_MEMORY {
            self.write_out().await?;
        }
        Ok(())
    }

    /// All that came. Errors: 500 if the temporary file cannot be written.
    pub(crate) async fn finish(mut self) -> Result<Upload, Problem> {
        if self.file.is_some() {
            self.write_out().await?;
        }
        Ok(Upload {
            content: match self.file {
                Some(file) => Content::File(Arc::new(Mutex::new(file))),
                None => Content::Memory(self.held.freeze()),
            },
            length: self.length,
            sha256: self.sha256.finalize().into(),
        })
    }

    async fn write_out(&mut self) -> Result<(), Problem> {
        let held = self.held.split();
        let file = self.file.take();
        let written = blocking(move || {
            let mut file = file.map_or_else(tempfile::tempfile, Ok)?;
            file.write_all(&held)?;
            Ok(file)
        });
        self.file = Some(written.await.map_err(|error| unwritten(&error))?);
        Ok(())
    }
}

fn unwritten(error: &io::Error) -> Problem {
    tracing::error!(%error, "an upload could not be written to a temporary file");
    Problem::new(boundary::INTERNAL_ERROR)
}
