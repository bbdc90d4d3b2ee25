//! Doing a thing once for its `Idempotency-Key`, in the transaction of the thing itself.

use contract::problems;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::db::Conn;
use crate::db::types::Time;
use crate::error::Error;
use crate::ids::PartnerId;
use crate::repository::idempotency::{self, Claim, Request};

/// Whether a call did its work, or an earlier call with the same key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// This call.
    New,
    /// An earlier one.
    Replayed,
}

/// Claims the key; `Some` is what the first call with it was answered, whatever has happened since.
/// After `None` do the work, then [`end`]. 409 while another call works under the key, 422 if it
/// was used for another request.
pub async fn begin<T: DeserializeOwned>(
    conn: &mut Conn<'_>,
    partner: PartnerId,
    request: Request<'_>,
    now: Time,
) -> Result<Option<T>, Error> {
    match idempotency::claim(conn, partner, request, now).await? {
        Claim::New => Ok(None),
        Claim::Replay(answer) => serde_json::from_value(answer).map_err(Error::internal),
        Claim::Mismatch => Err(Error::refused(
            problems::IDEMPOTENCY_MISMATCH,
            "the key was used for another request; take a new key for a new one",
        )),
        Claim::InProgress => Err(Error::refused(
            problems::IDEMPOTENCY_IN_PROGRESS,
            "the first attempt with this key is still running; try again soon",
        )),
    }
}

/// Keeps the answer for those who come later with the same key.
pub async fn end<T: Serialize>(
    conn: &mut Conn<'_>,
    partner: PartnerId,
    request: Request<'_>,
    answer: &T,
) -> Result<(), Error> {
    let answer = serde_json::to_value(answer).map_err(Error::internal)?;
    Ok(idempotency::complete(conn, partner, request, answer).await?)
}
