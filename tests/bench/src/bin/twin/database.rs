//! The twin's connections: one pool, or on SQLite one for reads and one for the only writer.

use concordat::db::Url;
use diesel::SqliteConnection;
use diesel_async::AsyncConnection;
use diesel_async::AsyncPgConnection;
use diesel_async::SimpleAsyncConnection;
use diesel_async::pooled_connection::bb8::Pool;
use diesel_async::pooled_connection::{
    AsyncDieselConnectionManager, ManagerConfig, RecyclingMethod,
};
use diesel_async::sync_connection_wrapper::SyncConnectionWrapper;
use futures_util::FutureExt;

/// What SQLite needs to serve readers beside a writer; the service sets the same.
const SETUP: &str = "PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; \
     PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;";

pub type Sqlite = SyncConnectionWrapper<SqliteConnection>;

/// The pools of one of the two backends.
#[derive(Clone)]
pub enum Database {
    Postgres(Pool<AsyncPgConnection>),
    Sqlite {
        readers: Pool<Sqlite>,
        writer: Pool<Sqlite>,
    },
}

impl Database {
    pub async fn open(url: &str) -> anyhow::Result<Self> {
        match url.parse()? {
            Url::Postgres(_) => {
                let manager = AsyncDieselConnectionManager::new(url);
                Ok(Self::Postgres(Pool::builder().build(manager).await?))
            }
            Url::Sqlite(path) => {
                let path = path.to_string_lossy();
                Ok(Self::Sqlite {
                    readers: Pool::builder().build(sqlite(&path)).await?,
                    writer: Pool::builder().max_size(1).build(sqlite(&path)).await?,
                })
            }
        }
    }
}

fn sqlite(path: &str) -> AsyncDieselConnectionManager<Sqlite> {
    let mut config = ManagerConfig::default();
    config.recycling_method = RecyclingMethod::Fast;
    config.custom_setup = Box::new(|path| {
        let path = path.to_owned();
        async move {
            let mut conn = Sqlite::establish(&path).await?;
            conn.batch_execute(SETUP)
                .await
                .map_err(diesel::ConnectionError::CouldntSetupConfiguration)?;
            Ok(conn)
        }
        .boxed()
    });
    AsyncDieselConnectionManager::new_with_config(path, config)
}

/// Runs a query on a connection for reads.
macro_rules! read {
    ($database:expr, |$c:ident| $query:expr) => {
        match $database {
            $crate::database::Database::Postgres(pool) => {
                let $c = &mut *pool.get().await?;
                $query
            }
            $crate::database::Database::Sqlite { readers, .. } => {
                let $c = &mut *readers.get().await?;
                $query
            }
        }
    };
}

pub(crate) use read;
