//! SQLite: one writer, several readers, all in WAL mode on one file.

use std::path::Path;

use diesel::connection::SimpleConnection;
use diesel::{ConnectionError, ConnectionResult, SqliteConnection};
use diesel_async::AsyncConnection;
use diesel_async::pooled_connection::bb8::Pool;
use diesel_async::pooled_connection::{
    AsyncDieselConnectionManager, ManagerConfig, RecyclingMethod,
};
use diesel_async::sync_connection_wrapper::SyncConnectionWrapper;
use futures_util::FutureExt;

use super::{Conn, DbError, Options};

type Wrapped = SyncConnectionWrapper<SqliteConnection>;

/// What every connection sets. WAL outlives the connection; the rest does not.
const SETUP: &str = "PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; \
     PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;";

/// What a reader sets besides, so that a write cannot slip past the one writer.
const READ_ONLY: &str = "PRAGMA query_only = ON;";

/// The connections to one SQLite file.
#[derive(Clone)]
pub(super) struct Pools {
    writer: Pool<Wrapped>,
    readers: Pool<Wrapped>,
}

impl Pools {
    pub(super) fn open(path: &Path, options: &Options) -> Self {
        let builder = || super::pool::builder(options);
        // The writer first: it makes the file and turns WAL on.
        let writer = builder().max_size(1).build_unchecked(manager(path, ""));
        let readers = builder()
            .max_size(options.pool_size.max(1))
            .build_unchecked(manager(path, READ_ONLY));
        Self { writer, readers }
    }

    pub(super) async fn read(&self) -> Result<Conn<'static>, DbError> {
        get(&self.readers).await
    }

    pub(super) async fn write(&self) -> Result<Conn<'static>, DbError> {
        get(&self.writer).await
    }

    pub(super) fn busy(&self) -> bool {
        super::pool::busy(&self.writer) || super::pool::busy(&self.readers)
    }
}

async fn get(pool: &Pool<Wrapped>) -> Result<Conn<'static>, DbError> {
    match pool.get_owned().await {
        Ok(conn) => Ok(Conn::Sqlite(conn)),
        Err(error) => Err(super::pool::refused(error, pool)),
    }
}

fn manager(path: &Path, extra: &'static str) -> AsyncDieselConnectionManager<Wrapped> {
    let mut config = ManagerConfig::default();
    // A file does not go away as a server does; only an open transaction is looked for.
    config.recycling_method = RecyclingMethod::Fast;
    config.custom_setup = Box::new(move |path| connect(path.to_owned(), extra).boxed());
    AsyncDieselConnectionManager::new_with_config(path.to_string_lossy(), config)
}

async fn connect(path: String, extra: &'static str) -> ConnectionResult<Wrapped> {
    let mut conn = Wrapped::establish(&path).await?;
    conn.spawn_blocking(move |conn| prepare(conn, extra))
        .await
        .map_err(ConnectionError::CouldntSetupConfiguration)?;
    Ok(conn)
}

/// Opens one connection outside the pools; it blocks.
pub(super) fn dedicated(path: &Path) -> ConnectionResult<SqliteConnection> {
    let mut conn = diesel::Connection::establish(&path.to_string_lossy())?;
    prepare(&mut conn, "").map_err(ConnectionError::CouldntSetupConfiguration)?;
    Ok(conn)
}

fn prepare(conn: &mut SqliteConnection, extra: &str) -> diesel::QueryResult<()> {
    conn.batch_execute(SETUP)?;
    conn.batch_execute(extra)?;
    // SQLite's own folds only ASCII; PostgreSQL's folds Unicode.
    super::types::lower_utils::register_impl(conn, |text: String| text.to_lowercase())
}
