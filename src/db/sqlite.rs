//! SQLite: one writer, several readers, all in WAL mode on one file.

use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::sync::{Arc, OnceLock, PoisonError, RwLock};
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use diesel::{ConnectionError, ConnectionResult, SqliteConnection};
use diesel_async::AsyncConnection;
use diesel_async::pooled_connection::bb8::Pool;
use diesel_async::pooled_connection::{
    AsyncDieselConnectionManager, ManagerConfig, RecyclingMethod,
};
use diesel_async::sync_connection_wrapper::SyncConnectionWrapper;
use futures_util::FutureExt;

use super::{Conn, DbError, Options, fault};

type Wrapped = SyncConnectionWrapper<SqliteConnection>;

/// What every connection sets.
const SETUP: &str =
    "PRAGMA busy_timeout = 5000; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;";

/// What the first connection to a new file sets for all that follow.
const WAL: &str = "PRAGMA journal_mode = WAL;";

/// How long the first of several that open a new file at once are waited for.
const WAL_WAIT: Duration = Duration::from_secs(5);

/// What a reader sets besides, so that a write cannot slip past the one writer.
const READ_ONLY: &str = "PRAGMA query_only = ON;";

/// The connections to one SQLite file, and to the one that takes its place.
#[derive(Clone)]
pub(super) struct Pools {
    path: Arc<Path>,
    options: Arc<Options>,
    opened: Arc<RwLock<Opened>>,
}

/// The connections to a file. It stays open though it is moved or removed: what was written to it
/// then would be gone with the process.
#[derive(Clone)]
struct Opened {
    /// Known from the first connection on, which may make the file.
    file: Arc<OnceLock<FileId>>,
    writer: Pool<Wrapped>,
    readers: Pool<Wrapped>,
}

/// Device and inode.
type FileId = (u64, u64);

fn file_at(path: &Path) -> Option<FileId> {
    let about = std::fs::metadata(path).ok()?;
    Some((about.dev(), about.ino()))
}

impl Opened {
    fn new(path: &Path, options: &Options) -> Self {
        let builder = || super::pool::builder(options);
        // The writer first: it makes the file and turns WAL on.
        let writer = builder().max_size(1).build_unchecked(manager(path, ""));
        let readers = builder()
            .max_size(options.pool_size.max(1))
            .build_unchecked(manager(path, READ_ONLY));
        Self {
            file: Arc::default(),
            writer,
            readers,
        }
    }
}

impl Pools {
    pub(super) fn open(path: &Path, options: &Options) -> Self {
        Self {
            path: path.into(),
            options: Arc::new(options.clone()),
            opened: Arc::new(RwLock::new(Opened::new(path, options))),
        }
    }

    pub(super) async fn read(&self) -> Result<Conn<'static>, DbError> {
        let opened = self.current()?;
        self.seen(&opened, get(&opened.readers).await?)
    }

    pub(super) async fn write(&self) -> Result<Conn<'static>, DbError> {
        let opened = self.current()?;
        self.seen(&opened, get(&opened.writer).await?)
    }

    pub(super) fn busy(&self) -> bool {
        let opened = self.opened.read().unwrap_or_else(PoisonError::into_inner);
        super::pool::busy(&opened.writer) || super::pool::busy(&opened.readers)
    }

    /// The connections to the file that is there now.
    fn current(&self) -> Result<Opened, DbError> {
        let opened = self.opened.read().unwrap_or_else(PoisonError::into_inner);
        let Some(known) = opened.file.get() else {
            return Ok(opened.clone());
        };
        match file_at(&self.path) {
            Some(file) if file == *known => Ok(opened.clone()),
            Some(file) => {
                drop(opened);
                Ok(self.reopen(file))
            }
            None => {
                tracing::warn!("the database file is not where it was");
                Err(DbError::Unavailable(None))
            }
        }
    }

    fn reopen(&self, file: FileId) -> Opened {
        let mut opened = self.opened.write().unwrap_or_else(PoisonError::into_inner);
        // Whoever came first has done it.
        if opened.file.get().is_some_and(|known| *known != file) {
            tracing::warn!("another file is where the database was: opening that");
            *opened = Opened::new(&self.path, &self.options);
        }
        opened.clone()
    }

    fn seen(&self, opened: &Opened, conn: Conn<'static>) -> Result<Conn<'static>, DbError> {
        if opened.file.get().is_none() {
            let file = file_at(&self.path).ok_or(DbError::Unavailable(None))?;
            opened.file.get_or_init(|| file);
        }
        Ok(conn)
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

/// SQLite does not wait for others by itself here, whatever the busy timeout: two that both want the
/// whole file for the change would wait for each other.
fn into_wal(conn: &mut SqliteConnection) -> diesel::QueryResult<()> {
    let begun = Instant::now();
    loop {
        match conn.batch_execute(WAL) {
            Err(error) if fault::is_lock_timeout(&error) && begun.elapsed() < WAL_WAIT => {
                std::thread::sleep(Duration::from_millis(5));
            }
            outcome => return outcome,
        }
    }
}

fn prepare(conn: &mut SqliteConnection, extra: &str) -> diesel::QueryResult<()> {
    conn.batch_execute(SETUP)?;
    into_wal(conn)?;
    conn.batch_execute(extra)?;
    // SQLite's own folds only ASCII; PostgreSQL's folds Unicode.
    super::types::lower_utils::register_impl(conn, |text: String| text.to_lowercase())
}
