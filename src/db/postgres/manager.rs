//! How the pool makes PostgreSQL connections, checks them and gives them up.

use std::ops::{Deref, DerefMut};
use std::time::{Duration, Instant};

use diesel_async::AsyncPgConnection;
use diesel_async::pooled_connection::{PoolError, PoolableConnection, RecyclingMethod};

use super::turns::Turn;
use super::{Session, pooled};

/// A connection that was in use so lately is not asked whether it still answers: one that closed
/// is known to have, and one that fell silent since is found out by the next statement.
const TRUSTED: Duration = Duration::from_millis(500);

/// Makes sessions and looks after those that are idle.
#[derive(Clone)]
pub struct Manager(pub(super) Session);

/// A connection of the pool.
pub struct Pooled {
    conn: AsyncPgConnection,
    /// When it was last given back.
    used: Instant,
    /// The turn of the partner who uses it.
    pub(super) turn: Option<Turn>,
}

impl bb8::ManageConnection for Manager {
    type Connection = Pooled;
    type Error = PoolError;

    async fn connect(&self) -> Result<Pooled, PoolError> {
        let conn = pooled(&self.0).await.map_err(PoolError::ConnectionError)?;
        Ok(Pooled {
            conn,
            used: Instant::now(),
            turn: None,
        })
    }

    async fn is_valid(&self, pooled: &mut Pooled) -> Result<(), PoolError> {
        if pooled.used.elapsed() < TRUSTED && !pooled.conn.is_broken() {
            return Ok(());
        }
        let asked = pooled.conn.ping(&RecyclingMethod::Verified).await;
        asked.map_err(PoolError::QueryError)
    }

    /// Asked of each connection that is given back.
    fn has_broken(&self, pooled: &mut Pooled) -> bool {
        pooled.used = Instant::now();
        pooled.turn = None;
        std::thread::panicking() || pooled.conn.is_broken()
    }
}

impl Deref for Pooled {
    type Target = AsyncPgConnection;

    fn deref(&self) -> &AsyncPgConnection {
        &self.conn
    }
}

impl DerefMut for Pooled {
    fn deref_mut(&mut self) -> &mut AsyncPgConnection {
        &mut self.conn
    }
}
