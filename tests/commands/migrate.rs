//! `concordat migrate`.

use crate::places::Place;
use crate::support::{NOWHERE, done, run};

#[tokio::test]
async fn it_goes_up_and_down_and_tells_where_it_is() {
    for place in Place::empty_on_each_backend().await {
        let url = place.address();

        let before = done(&url, &["migrate", "status"]);
        let up = done(&url, &["migrate"]);
        let again = done(&url, &["migrate", "up"]);
        let down = done(&url, &["migrate", "down", "--steps", "2"]);
        let after = done(&url, &["migrate", "status"]);

        let steps: Vec<&str> = up
            .lines()
            .map(|line| line.strip_prefix("applied ").unwrap())
            .collect();
        let [kept @ .., last_but_one, last] = &steps[..] else {
            panic!("too few migrations: {up}");
        };
        assert_eq!(before, up.replace("applied", "missing"));
        assert_eq!(again, "nothing to apply\n");
        assert_eq!(down, format!("reverted {last}\nreverted {last_but_one}\n"));
        assert!(
            kept.iter()
                .all(|step| after.contains(&format!("applied {step}\n")))
        );
        assert!(after.ends_with(&format!("missing {last_but_one}\nmissing {last}\n")));
    }
}

#[test]
fn a_database_out_of_reach_is_named_without_its_password() {
    for arguments in [&["migrate"][..], &["key", "list"], &["seed"]] {
        let ran = run(NOWHERE, arguments);

        assert_eq!(ran.code, Some(1));
        assert!(
            ran.err.contains("127.0.0.1/shop") && ran.err.contains("refused"),
            "{}",
            ran.err
        );
        assert!(!ran.err.contains("hunter2"), "{}", ran.err);
    }
}

#[test]
fn an_address_that_is_none_is_refused_as_the_setting_that_it_is() {
    for url in [
        "postgres://me:hun@ter2:x@h/d",
        "postgres://me:hunter2@h/d?sslmode=require",
        "mysql://hunter2",
    ] {
        let ran = run(url, &["migrate"]);

        assert_eq!(ran.code, Some(1));
        assert!(ran.err.contains("DATABASE_URL is unusable"), "{}", ran.err);
        assert!(!ran.err.contains("ter2"), "{}", ran.err);
    }
}
