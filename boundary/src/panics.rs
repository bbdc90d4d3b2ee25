//! A panic costs one request, not the connection and not the process.

use std::panic::AssertUnwindSafe;

use crate::rfc9457::Problem;
use crate::rfc9457::boundary::INTERNAL_ERROR;
use futures_util::FutureExt;

/// Runs a request's work; a panic in it becomes an `internal-error` problem. The panic itself
/// is logged where it happens, by the hook that logging installs.
pub(crate) fn caught<T>(
    work: impl Future<Output = Result<T, Problem>>,
) -> impl Future<Output = Result<T, Problem>> {
    let work = AssertUnwindSafe(work).catch_unwind();
    work.map(|outcome| outcome.unwrap_or_else(|_| Err(INTERNAL_ERROR.into())))
}
