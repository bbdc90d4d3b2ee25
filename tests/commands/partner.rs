//! `concordat partner`.

use std::time::{Duration, Instant};

use crate::places::Place;
use crate::support::{Serving, done, run};

/// Waits until a key has this status; it must come within 5 seconds.
fn wait_for(serving: &Serving, key: &str, status: u16) {
    let begun = Instant::now();
    while serving.get("/v1/products", key).0 != status {
        assert!(begun.elapsed() < Duration::from_secs(5), "not {status}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

#[tokio::test]
async fn a_partner_that_is_disabled_is_kept_out_until_it_is_enabled() {
    for place in Place::empty_on_each_backend().await {
        let url = place.address();
        let serving = Serving::start(&url, &[], &[]);
        serving.wait_until_ready();
        let new = |partner: &str| {
            let made = done(
                &url,
                &["key", "new", "--partner", partner, "--role", "admin"],
            );
            made.trim().to_owned()
        };
        let (key, other) = (new("Acme"), new("Other"));
        wait_for(&serving, &key, 200);

        done(&url, &["partner", "disable", "Acme"]);
        wait_for(&serving, &key, 401);
        let listed = done(&url, &["partner", "list"]);
        let (status, _) = serving.get("/v1/products", &other);
        done(&url, &["partner", "enable", "Acme"]);
        wait_for(&serving, &key, 200);

        assert_eq!(status, 200);
        let [acme, others] = listed.lines().collect::<Vec<_>>()[..] else {
            panic!("two partners: {listed}");
        };
        assert!(
            acme.contains("disabled ") && acme.ends_with("Acme"),
            "{acme}"
        );
        assert!(others.contains("enabled "), "{others}");
        let (_, audit) = serving.get("/v1/audit?resource_type=partner", &key);
        let items = audit["items"].as_array().unwrap();
        let actions: Vec<_> = items.iter().map(|entry| &entry["action"]).collect();
        assert_eq!(actions, ["enabled", "disabled"]);
        assert_eq!(items[0]["actor"], "operator");
    }
}

#[tokio::test]
async fn a_partner_that_does_not_exist_is_named() {
    for place in Place::empty_on_each_backend().await {
        let url = place.address();
        done(&url, &["migrate"]);

        let ran = run(&url, &["partner", "disable", "Nobody"]);

        assert_eq!(ran.code, Some(1));
        assert!(
            ran.err.contains("there is no partner \"Nobody\""),
            "{}",
            ran.err
        );
    }
}
