//! PostgreSQL: how a session is set up, the pool, and the shared lines for reads.

use std::fmt;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use diesel::{ConnectionError, ConnectionResult};
use diesel_async::AsyncPgConnection;
use diesel_async::pooled_connection::bb8::Pool;
use diesel_async::pooled_connection::{AsyncDieselConnectionManager, ManagerConfig};
use futures_util::FutureExt;
use tokio::task::JoinHandle;
use tokio_postgres::{Config, NoTls};

use super::{Conn, DbError, Options};

/// Everything that PostgreSQL is reached by.
#[derive(Clone)]
pub(super) struct Pools {
    pool: Pool<AsyncPgConnection>,
    lines: Arc<Lines>,
}

impl Pools {
    pub(super) fn open(config: &Config, options: &Options) -> Self {
        let session = Session::new(config, options);
        let manager = {
            let session = session.clone();
            let mut manager = ManagerConfig::default();
            manager.custom_setup = Box::new(move |_| pooled(session.clone()).boxed());
            AsyncDieselConnectionManager::new_with_config(String::new(), manager)
        };
        let pool = super::pool::builder(options)
            .max_size(options.pool_size.max(1))
            .build_unchecked(manager);
        let lines = Lines::new(session, options);
        Self {
            pool,
            lines: Arc::new(lines),
        }
    }

    pub(super) async fn checkout(&self) -> Result<Conn<'static>, DbError> {
        match self.pool.get_owned().await {
            Ok(conn) => Ok(Conn::Pg(conn)),
            Err(error) => Err(super::pool::refused(error, &self.pool)),
        }
    }

    pub(super) async fn read(&self) -> Result<Conn<'static>, DbError> {
        match self.lines.next().await? {
            Some(line) => Ok(Conn::Shared(line)),
            None => self.checkout().await,
        }
    }

    pub(super) fn busy(&self) -> bool {
        super::pool::busy(&self.pool)
    }
}

/// How to begin a session: the address, and what is set before its first query.
#[derive(Clone)]
pub(super) struct Session {
    config: Arc<Config>,
    setup: Arc<str>,
}

impl Session {
    pub(super) fn new(config: &Config, options: &Options) -> Self {
        let mut config = config.clone();
        if config.get_application_name().is_none() {
            config.application_name(&options.application_name);
        }
        if config.get_connect_timeout().is_none() {
            config.connect_timeout(Duration::from_secs(3));
        }
        config
            .keepalives(true)
            .keepalives_idle(Duration::from_secs(10))
            .keepalives_interval(Duration::from_secs(5))
            .keepalives_retries(3)
            .tcp_user_timeout(Duration::from_secs(25));
        Self {
            config: Arc::new(config),
            setup: setup(options).into(),
        }
    }

    async fn begin(
        &self,
    ) -> Result<
        (
            tokio_postgres::Client,
            tokio_postgres::Connection<tokio_postgres::Socket, tokio_postgres::tls::NoTlsStream>,
        ),
        tokio_postgres::Error,
    > {
        self.config.connect(NoTls).await
    }
}

/// Sets what the engine knows: those that only speak PostgreSQL's protocol lack some.
fn setup(options: &Options) -> String {
    let settings = [
        ("statement_timeout", options.statement_timeout.as_millis()),
        ("lock_timeout", options.lock_timeout.as_millis()),
        ("idle_in_transaction_session_timeout", 10_000),
        // Without it a statement of a process that died runs on and keeps its locks.
        ("client_connection_check_interval", 1_000),
    ]
    .map(|(name, millis)| format!("('{name}', '{millis}')"))
    .join(", ");
    format!(
        "SELECT set_config(known.name, wanted.value, false) FROM pg_settings AS known \
         JOIN (VALUES {settings}) AS wanted (name, value) ON known.name = wanted.name"
    )
}

async fn pooled(session: Session) -> ConnectionResult<AsyncPgConnection> {
    let (client, connection) = session.begin().await.map_err(bad_connection)?;
    let mut conn = AsyncPgConnection::try_from_client_and_connection(client, connection).await?;
    diesel_async::SimpleAsyncConnection::batch_execute(&mut conn, &session.setup)
        .await
        .map_err(ConnectionError::CouldntSetupConfiguration)?;
    Ok(conn)
}

/// Opens one connection outside the pool.
pub(super) async fn dedicated(session: Session) -> ConnectionResult<AsyncPgConnection> {
    pooled(session).await
}

/// A PostgreSQL connection that many readers use at once.
pub struct Line {
    conn: AsyncPgConnection,
    driver: JoinHandle<()>,
}

impl Line {
    pub(crate) fn connection(&self) -> &AsyncPgConnection {
        &self.conn
    }

    async fn open(session: &Session) -> ConnectionResult<Self> {
        let (client, connection) = session.begin().await.map_err(bad_connection)?;
        // Driven here, so that its end shows: the diesel connection does not tell.
        let driver = tokio::spawn(async move {
            if let Err(error) = connection.await {
                tracing::warn!(error = %error, "lost a shared database connection");
            }
        });
        let mut conn = AsyncPgConnection::try_from(client).await?;
        diesel_async::SimpleAsyncConnection::batch_execute(&mut conn, &session.setup)
            .await
            .map_err(ConnectionError::CouldntSetupConfiguration)?;
        Ok(Self { conn, driver })
    }

    fn is_open(&self) -> bool {
        !self.driver.is_finished()
    }
}

impl fmt::Debug for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Line")
            .field("open", &self.is_open())
            .finish_non_exhaustive()
    }
}

/// The shared connections, each opened at its first use and again after it breaks.
struct Lines {
    session: Session,
    timeout: Duration,
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
    fn new(session: Session, options: &Options) -> Self {
        Self {
            session,
            timeout: options.acquire_timeout,
            slots: (0..options.shared_connections)
                .map(|_| Slot::default())
                .collect(),
            turn: AtomicUsize::new(0),
        }
    }

    /// The next line in turn, or `None` if there are to be none.
    async fn next(&self) -> Result<Option<Arc<Line>>, DbError> {
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

    async fn reopen(&self, slot: &Slot) -> Result<Arc<Line>, DbError> {
        let _opening = slot.opening.lock().await;
        if let Some(line) = slot.open_line() {
            return Ok(line);
        }
        let line = Line::open(&self.session).await.map_err(|error| {
            tracing::warn!(error = %error, "cannot open a shared database connection");
            DbError::Unavailable(Some(error))
        })?;
        let line = Arc::new(line);
        *slot.line.write().unwrap_or_else(PoisonError::into_inner) = Some(line.clone());
        Ok(line)
    }
}

fn bad_connection(error: tokio_postgres::Error) -> ConnectionError {
    ConnectionError::CouldntSetupConfiguration(diesel::result::Error::QueryBuilderError(Box::new(
        error,
    )))
}
