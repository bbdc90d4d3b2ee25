//! The shared lines: PostgreSQL connections on which many readers ask at once.

use std::fmt;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};
use std::time::Duration;

use diesel::{ConnectionError, ConnectionResult};
use diesel_async::AsyncPgConnection;
use tokio::task::JoinHandle;
use tokio::time::Instant;

use super::{Session, bad_connection};
use crate::db::{DbError, Options};

/// A line that has been silent for so long gets no more questions: what it works on would hold
/// them up.
const STUCK: Duration = Duration::from_secs(1);

/// What a line may be silent for beyond the statement timeout, by which PostgreSQL itself ends
/// whatever it works on.
const GRACE: Duration = Duration::from_secs(1);

/// A PostgreSQL connection that many readers use at once.
pub struct Line {
    conn: AsyncPgConnection,
    driver: JoinHandle<()>,
    talk: Arc<Talk>,
}

impl Line {
    /// What queries run on.
    #[must_use]
    pub fn connection(&self) -> &AsyncPgConnection {
        &self.conn
    }

    /// Says that a question is being asked; to be told when it is answered.
    pub(crate) fn ask(&self) -> Question<'_> {
        let mut state = self.talk.state();
        if state.open == 0 {
            state.heard = Instant::now();
        }
        state.open += 1;
        Question(&self.talk)
    }

    async fn open(session: &Session, patience: Duration) -> ConnectionResult<Self> {
        let (client, connection) = session.begin().await.map_err(bad_connection)?;
        let talk = Arc::new(Talk::new());
        // Driven here, so that its end shows: the diesel connection does not tell.
        let driver = tokio::spawn({
            let talk = Arc::clone(&talk);
            async move {
                tokio::select! {
                    ended = connection => if let Err(error) = ended {
                        tracing::warn!(error = %error, "lost a shared database connection");
                    },
                    () = talk.silent_for(patience) => {
                        tracing::warn!("gave up a shared database connection that does not answer");
                    }
                }
            }
        });
        let mut conn = AsyncPgConnection::try_from(client).await?;
        diesel_async::SimpleAsyncConnection::batch_execute(&mut conn, &session.setup)
            .await
            .map_err(ConnectionError::CouldntSetupConfiguration)?;
        Ok(Self { conn, driver, talk })
    }

    fn is_open(&self) -> bool {
        !self.driver.is_finished() && !self.talk.is_stuck()
    }
}

impl Drop for Line {
    /// Closes the socket at once, though answers are due: PostgreSQL notices, and ends what
    /// nobody waits for.
    fn drop(&mut self) {
        self.driver.abort();
    }
}

impl fmt::Debug for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Line")
            .field("open", &self.is_open())
            .finish_non_exhaustive()
    }
}

/// What goes over a line: how much is asked, and when it was last heard.
struct Talk(Mutex<State>);

struct State {
    /// Questions that wait for their answer.
    open: usize,
    /// When the last answer came, or the first question after a rest was asked.
    heard: Instant,
    /// Somebody left without an answer that was long in coming.
    given_up: bool,
}

impl Talk {
    fn new() -> Self {
        Self(Mutex::new(State {
            open: 0,
            heard: Instant::now(),
            given_up: false,
        }))
    }

    fn is_stuck(&self) -> bool {
        let state = self.state();
        state.given_up || (state.open > 0 && state.heard.elapsed() >= STUCK)
    }

    /// Waits until a question has been without an answer for so long.
    async fn silent_for(&self, patience: Duration) {
        loop {
            let due = {
                let state = self.state();
                let since = if state.open > 0 {
                    state.heard
                } else {
                    Instant::now()
                };
                since + patience
            };
            if due <= Instant::now() {
                return;
            }
            tokio::time::sleep_until(due).await;
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A question that waits for its answer. Dropped before, it was given up.
pub(crate) struct Question<'l>(&'l Talk);

impl Question<'_> {
    /// Says that the answer came.
    pub(crate) fn answered(self) {
        self.0.state().heard = Instant::now();
    }
}

impl Drop for Question<'_> {
    fn drop(&mut self) {
        let mut state = self.0.state();
        state.open = state.open.saturating_sub(1);
        state.given_up |= state.heard.elapsed() >= STUCK;
    }
}

/// The shared lines, each opened at its first use and again after it breaks or falls silent.
pub(super) struct Lines {
    session: Session,
    timeout: Duration,
    patience: Duration,
    slots: Vec<Slot>,
    turn: AtomicUsize,
}

#[derive(Default)]
struct Slot {
    line: RwLock<Option<Arc<Line>>>,
    opening: tokio::sync::Mutex<()>,
}

impl Slot {
    fn open_line(&self) -> Option<Arc<Line>> {
        let line = self.line.read().unwrap_or_else(PoisonError::into_inner);
        line.as_ref().filter(|line| line.is_open()).cloned()
    }
}

impl Lines {
    pub(super) fn new(session: Session, options: &Options) -> Self {
        Self {
            session,
            timeout: options.acquire_timeout,
            patience: options.statement_timeout + GRACE,
            slots: (0..options.shared_connections)
                .map(|_| Slot::default())
                .collect(),
            turn: AtomicUsize::new(0),
        }
    }

    /// The next line in turn, or `None` if there are to be none.
    pub(super) async fn next(&self) -> Result<Option<Arc<Line>>, DbError> {
        let turn = self.turn.fetch_add(1, Ordering::Relaxed);
        let Some(index) = turn.checked_rem(self.slots.len()) else {
            return Ok(None);
        };
        let Some(slot) = self.slots.get(index) else {
            return Ok(None);
        };
        if let Some(line) = slot.open_line() {
            return Ok(Some(line));
        }
        match tokio::time::timeout(self.timeout, self.reopen(slot)).await {
            Ok(line) => line.map(Some),
            Err(_) => Err(DbError::Unavailable(None)),
        }
    }

    /// Those who still wait on a line that is replaced keep it until they have their answers.
    async fn reopen(&self, slot: &Slot) -> Result<Arc<Line>, DbError> {
        let _opening = slot.opening.lock().await;
        if let Some(line) = slot.open_line() {
            return Ok(line);
        }
        let line = Line::open(&self.session, self.patience)
            .await
            .map_err(|error| {
                tracing::warn!(error = %error, "cannot open a shared database connection");
                DbError::Unavailable(Some(error))
            })?;
        let line = Arc::new(line);
        *slot.line.write().unwrap_or_else(PoisonError::into_inner) = Some(line.clone());
        Ok(line)
    }
}
