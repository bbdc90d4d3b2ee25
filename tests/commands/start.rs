//! `concordat serve` and a database that is not there, or not as it should be.

use crate::places::Place;
use crate::support::{NOWHERE, Serving, done};

#[test]
fn without_its_database_it_lives_and_says_why_it_is_not_ready() {
    let serving = Serving::start(NOWHERE, &[], &[]);

    let (ready, problem) = serving.get("/health/ready", "");
    let (live, _) = serving.get("/health/live", "");

    assert_eq!((ready, live), (503, 200));
    let text = problem.to_string();
    assert!(
        text.contains("database") && !text.contains("hunter2"),
        "{text}"
    );
}

#[test]
fn it_gets_ready_once_the_database_is_there() {
    let folder = tempfile::tempdir().unwrap();
    let later = folder.path().join("later");
    let url = later.join("a.sqlite");
    let serving = Serving::start(url.to_str().unwrap(), &[], &[]);
    assert_eq!(serving.get("/health/ready", "").0, 503);

    std::fs::create_dir(&later).unwrap();

    serving.wait_until_ready();
}

#[tokio::test]
async fn it_leaves_migrations_to_others_if_told_so() {
    for place in Place::empty_on_each_backend().await {
        let url = place.address();
        let serving = Serving::start(&url, &[], &[("MIGRATE_ON_START", "off")]);
        let (ready, problem) = serving.get("/health/ready", "");
        assert_eq!(ready, 503);
        assert!(problem.to_string().contains("migrate up"), "{problem}");

        done(&url, &["migrate"]);

        serving.wait_until_ready();
    }
}
