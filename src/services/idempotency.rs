//! Doing a thing once for its `Idempotency-Key`, in the transaction of the thing itself.

use std::collections::HashSet;
use std::sync::{Mutex, MutexGuard, PoisonError};

use contract::problems;
use futures_util::future::BoxFuture;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::app::App;
use crate::db::types::Time;
use crate::db::{Conn, DbError};
use crate::error::Error;
use crate::ids::PartnerId;
use crate::repository::idempotency::{self, Claim, Kept, Request};

/// Whether a call did its work, or an earlier call with the same key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// This call.
    New,
    /// An earlier one.
    Replayed,
}

/// Why a transaction ended without the work.
#[derive(Debug, thiserror::Error)]
pub enum Undone {
    /// The key is another call's.
    #[error("another call has the key")]
    Taken,
    /// It failed.
    #[error(transparent)]
    Failed(Box<Error>),
}

impl From<Error> for Undone {
    fn from(error: Error) -> Self {
        Self::Failed(Box::new(error))
    }
}

impl From<diesel::result::Error> for Undone {
    fn from(error: diesel::result::Error) -> Self {
        Error::from(error).into()
    }
}

impl From<DbError> for Undone {
    fn from(error: DbError) -> Self {
        Error::from(error).into()
    }
}

/// Runs `work` in a transaction, in which it calls [`claim`] before all else and [`keep`] at its end.
/// If an earlier call worked under the key this gives what that one was answered, whatever has
/// happened since. 409 while another call works under it, 422 if it was used for another request;
/// neither waits for the other call, nor for a connection that writes.
pub async fn once<'a, T, F>(
    app: &'a App,
    partner: PartnerId,
    request: Request<'_>,
    now: Time,
    work: F,
) -> Result<(T, Origin), Error>
where
    T: DeserializeOwned + Send,
    F: for<'t> FnMut(&'t mut Conn<'a>) -> BoxFuture<'t, Result<T, Undone>> + Send,
{
    if let Some(_turn) = app.running().begin(request.number(partner)) {
        match app.db().transaction_for(partner, work).await {
            Ok(done) => return Ok((done, Origin::New)),
            Err(Undone::Failed(error)) => return Err(*error),
            Err(Undone::Taken) => {}
        }
    }
    let answer = earlier(app, partner, request, now).await?;
    Ok((answer, Origin::Replayed))
}

/// Claims the key. It may be sent together with work that is undone if the key is taken.
pub async fn claim(
    conn: &mut Conn<'_>,
    partner: PartnerId,
    request: Request<'_>,
    now: Time,
) -> Result<(), Undone> {
    match idempotency::claim(conn, partner, request, now).await? {
        Claim::New => Ok(()),
        Claim::Taken => Err(Undone::Taken),
    }
}

/// Keeps the answer for those who come later with the same key.
pub async fn keep<T: Serialize>(
    conn: &mut Conn<'_>,
    partner: PartnerId,
    request: Request<'_>,
    answer: &T,
) -> Result<(), Error> {
    let answer = serde_json::to_value(answer).map_err(Error::internal)?;
    Ok(idempotency::complete(conn, partner, request, answer).await?)
}

/// What the call was answered that has the key.
async fn earlier<T: DeserializeOwned>(
    app: &App,
    partner: PartnerId,
    request: Request<'_>,
    now: Time,
) -> Result<T, Error> {
    let mut conn = app.db().read().await?;
    match idempotency::find(&mut conn, partner, request, now).await? {
        Some(Kept { fingerprint, .. }) if fingerprint != request.fingerprint => {
            Err(Error::refused(
                problems::IDEMPOTENCY_MISMATCH,
                "the key was used for another request; take a new key for a new one",
            ))
        }
        Some(Kept {
            response: Some(answer),
            ..
        }) => serde_json::from_value(answer).map_err(Error::internal),
        Some(_) | None => Err(Error::refused(
            problems::IDEMPOTENCY_IN_PROGRESS,
            "the first attempt with this key is still running; try again soon",
        )),
    }
}

/// The calls of this process that work under a key, by its number. Between processes the database
/// tells; here nobody waits to ask it.
#[derive(Debug, Default)]
pub struct Running(Mutex<HashSet<i64>>);

impl Running {
    /// Begins, unless a call with the same key has begun and not ended.
    fn begin(&self, number: i64) -> Option<Turn<'_>> {
        let is_first = self.numbers().insert(number);
        // Not `then_some`: a turn that is made and not given would end that of the first.
        is_first.then(|| Turn {
            running: self,
            number,
        })
    }

    fn numbers(&self) -> MutexGuard<'_, HashSet<i64>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A call that works under its key, until it is dropped.
struct Turn<'r> {
    running: &'r Running,
    number: i64,
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        self.running.numbers().remove(&self.number);
    }
}
