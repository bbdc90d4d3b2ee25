//! An open database of its own for each test, on each backend.

use concordat::db::{Db, Options};

use crate::places::Place;

/// An open, migrated database without rows; it goes away with this value.
pub struct TestDb {
    /// What the test works on.
    pub db: Db,
    /// `sqlite` or `postgres`, for messages.
    pub backend: &'static str,
    #[expect(dead_code, reason = "held until the test ends")]
    place: Place,
}

impl TestDb {
    /// One on each backend, opened as the service does.
    pub async fn on_each_backend() -> Vec<Self> {
        Self::opened_on_each_backend(|_| {}).await
    }

    /// One on each backend, opened with other options.
    pub async fn opened_on_each_backend(adjust: impl Fn(&mut Options)) -> Vec<Self> {
        let mut opened = Vec::new();
        for place in Place::migrated_on_each_backend().await {
            let mut options = Options::new(place.url());
            adjust(&mut options);
            opened.push(Self {
                db: Db::open(options).await.unwrap(),
                backend: place.backend(),
                place,
            });
        }
        opened
    }
}
