//! A call that is seen through, though nobody waits for it any more.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::future::BoxFuture;

use super::host::Host;

/// Runs a call where it is awaited. Dropped before its end, because the client left or the time is
/// up, it hands the rest over to [`Host::detach`]. A task for each call would cost two wake-ups.
pub(crate) struct Detached<A: Host, T: Send + 'static> {
    app: A,
    call: Option<BoxFuture<'static, T>>,
    /// Held until the call ends.
    permit: Permit,
}

type Permit = Option<Box<dyn Send + Sync>>;

impl<A: Host, T: Send + 'static> Detached<A, T> {
    pub(crate) fn new(app: A, call: BoxFuture<'static, T>, permit: Permit) -> Self {
        let call = Some(call);
        Self { app, call, permit }
    }
}

/// The call is in a box of its own, and nothing else is pinned.
impl<A: Host, T: Send + 'static> Unpin for Detached<A, T> {}

impl<A: Host, T: Send + 'static> Future for Detached<A, T> {
    type Output = T;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<T> {
        // A call that panics is not taken up again.
        let Some(mut call) = self.call.take() else {
            return Poll::Pending;
        };
        let polled = call.as_mut().poll(cx);
        if polled.is_pending() {
            self.call = Some(call);
        }
        polled
    }
}

impl<A: Host, T: Send + 'static> Drop for Detached<A, T> {
    fn drop(&mut self) {
        if let Some(call) = self.call.take() {
            let permit = self.permit.take();
            let call = async move {
                let _permit = permit;
                call.await
            };
            drop(self.app.detach(call));
        }
    }
}
