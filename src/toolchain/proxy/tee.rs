//! A body that goes on to its reader while the beginning of it is kept.

use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};

use bytes::{Bytes, BytesMut};
use http_body::{Body, Frame, SizeHint};
use http_body_util::BodyExt;

use crate::toolchain::traffic::BODY_BYTES;

type Source = Pin<Box<dyn Body<Data = Bytes, Error = io::Error> + Send>>;

/// The body. What `at_end` was given is called once: at its end, or when its reader lets go of it.
pub struct Tee {
    /// In mutexes that nobody waits for: whoever reads has the body to itself.
    source: Mutex<Source>,
    end: Mutex<Option<Box<dyn FnOnce() + Send>>>,
    copy: Copy,
    hint: SizeHint,
}

/// What was kept so far.
#[derive(Clone, Default)]
pub struct Copy(Arc<Mutex<Kept>>);

#[derive(Default)]
struct Kept {
    bytes: BytesMut,
    /// Whether the end was reached.
    is_whole: bool,
    /// Whether more came than is kept.
    is_cut: bool,
}

impl Copy {
    /// What was kept, and whether that is all.
    pub fn read(&self) -> (Bytes, bool) {
        let mut kept = self.lock();
        let bytes = std::mem::take(&mut kept.bytes);
        (bytes.freeze(), kept.is_whole && !kept.is_cut)
    }

    fn keep(&self, bytes: &Bytes) {
        let mut kept = self.lock();
        match kept.bytes.len() + bytes.len() <= BODY_BYTES {
            true => kept.bytes.extend_from_slice(bytes),
            false => kept.is_cut = true,
        }
    }

    fn lock(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Tee {
    /// A body, and what will be kept of it.
    pub fn new<B>(source: B) -> (Self, Copy)
    where
        B: Body<Data = Bytes> + Send + 'static,
        B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
    {
        let copy = Copy::default();
        let hint = source.size_hint();
        copy.lock().is_whole = source.is_end_stream();
        let tee = Self {
            source: Mutex::new(Box::pin(source.map_err(io::Error::other))),
            end: Mutex::new(None),
            copy: copy.clone(),
            hint,
        };
        (tee, copy)
    }

    /// Sets what is called at the end.
    pub fn at_end(&mut self, end: impl FnOnce() + Send + 'static) {
        self.end = Mutex::new(Some(Box::new(end)));
    }

    fn finish(&mut self) {
        let end = self.end.get_mut().unwrap_or_else(PoisonError::into_inner);
        if let Some(end) = end.take() {
            end();
        }
    }

    fn source(&mut self) -> &mut Source {
        self.source
            .get_mut()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

impl Body for Tee {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        let next = self.source().as_mut().poll_frame(cx);
        match &next {
            Poll::Ready(Some(Ok(frame))) => {
                if let Some(bytes) = frame.data_ref() {
                    self.copy.keep(bytes);
                }
                if self.source().is_end_stream() {
                    self.copy.lock().is_whole = true;
                }
            }
            Poll::Ready(None) => {
                self.copy.lock().is_whole = true;
                self.finish();
            }
            Poll::Ready(Some(Err(_))) | Poll::Pending => {}
        }
        next
    }

    fn size_hint(&self) -> SizeHint {
        self.hint
    }
}

impl Drop for Tee {
    fn drop(&mut self) {
        self.finish();
    }
}
