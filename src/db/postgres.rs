//! PostgreSQL: how a session is set up, the pool, and the shared lines for reads.

mod lines;
mod manager;
mod turns;

use std::sync::Arc;
use std::time::Duration;

use diesel::{ConnectionError, ConnectionResult};
use diesel_async::AsyncPgConnection;
use tokio::time::timeout;
use tokio_postgres::{Config, NoTls};

pub use self::lines::Line;
use self::lines::Lines;
pub(crate) use self::lines::Question;
pub use self::manager::Manager;
use self::turns::Turns;
use super::{Conn, DbError, Options};
use crate::ids::PartnerId;

/// Everything that PostgreSQL is reached by.
#[derive(Clone)]
pub(super) struct Pools {
    pool: bb8::Pool<Manager>,
    lines: Arc<Lines>,
    turns: Arc<Turns>,
    timeout: Duration,
}

impl Pools {
    pub(super) fn open(config: &Config, options: &Options) -> Self {
        let session = Session::new(config, options);
        let pool = super::pool::builder(options)
            .max_size(options.pool_size.max(1))
            .build_unchecked(Manager(session.clone()));
        let lines = Lines::new(session, options);
        Self {
            pool,
            lines: Arc::new(lines),
            turns: Arc::new(Turns::new(options.pool_size)),
            timeout: options.acquire_timeout,
        }
    }

    /// A connection for the service itself, or for a partner, who gets no more than its share.
    pub(super) async fn checkout(
        &self,
        partner: Option<PartnerId>,
    ) -> Result<Conn<'static>, DbError> {
        let turn = match partner {
            Some(partner) => timeout(self.timeout, self.turns.take(partner))
                .await
                .map_err(|_| DbError::PoolExhausted)?,
            None => None,
        };
        match self.pool.get_owned().await {
            Ok(mut conn) => {
                conn.turn = turn;
                Ok(Conn::Pg(conn))
            }
            Err(error) => Err(super::pool::refused(error, &self.pool)),
        }
    }

    pub(super) async fn read(&self) -> Result<Conn<'static>, DbError> {
        match self.lines.next().await? {
            Some(line) => Ok(Conn::Shared(line)),
            None => self.checkout(None).await,
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

/// Sets what the engine knows, since those that only speak PostgreSQL's protocol lack some, and
/// what the role may: messages in English, by which `fault` tells what happened.
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
         JOIN (VALUES {settings}, ('lc_messages', 'C')) AS wanted (name, value) \
         ON known.name = wanted.name \
         WHERE known.context = 'user' OR current_setting('is_superuser') = 'on'"
    )
}

/// A connection that ends with its handle, or before: whoever waits is told so then.
async fn pooled(session: &Session) -> ConnectionResult<AsyncPgConnection> {
    let (client, connection) = session.begin().await.map_err(bad_connection)?;
    tokio::spawn(async {
        if let Err(error) = connection.await {
            tracing::warn!(error = %error, "lost a database connection");
        }
    });
    let mut conn = AsyncPgConnection::try_from(client).await?;
    diesel_async::SimpleAsyncConnection::batch_execute(&mut conn, &session.setup)
        .await
        .map_err(ConnectionError::CouldntSetupConfiguration)?;
    Ok(conn)
}

/// Opens one connection outside the pool.
pub(super) async fn dedicated(session: Session) -> ConnectionResult<AsyncPgConnection> {
    pooled(&session).await
}

fn bad_connection(error: tokio_postgres::Error) -> ConnectionError {
    ConnectionError::CouldntSetupConfiguration(diesel::result::Error::QueryBuilderError(Box::new(
        error,
    )))
}
