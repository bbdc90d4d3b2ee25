//! `concordat key`.

use std::collections::HashSet;
use std::sync::RwLock;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use crate::places::Place;
use crate::shop::UNLIMITED;
use crate::support::{Serving, done, run};

#[tokio::test]
async fn a_key_opens_the_service_until_it_is_revoked() {
    for place in Place::empty_on_each_backend().await {
        let url = place.address();
        let serving = Serving::start(&url, &[], &[]);
        serving.wait_until_ready();
        let made = run(&url, &["key", "new", "--partner", "Acme", "--role", "user"]);
        let key = made.out.trim();
        let (before, _) = serving.get("/v1/products", key);
        let (forbidden, _) = serving.get("/v1/users", key);

        done(&url, &["key", "revoke", &key[..12]]);
        let revoked = Instant::now();
        while serving.get("/v1/products", key).0 != 401 {
            assert!(revoked.elapsed() < Duration::from_secs(5), "still open");
            std::thread::sleep(Duration::from_millis(50));
        }

        assert_eq!((before, forbidden), (200, 403), "{made:?}");
        assert!(!made.err.contains(key), "{}", made.err);
    }
}

#[tokio::test]
async fn a_rotated_key_and_its_successor_are_both_valid_for_the_overlap() {
    for place in Place::empty_on_each_backend().await {
        let url = place.address();
        let serving = Serving::start(&url, &[], &[]);
        serving.wait_until_ready();
        let new = ["key", "new", "--partner", "Acme", "--role", "user"];
        let first = done(&url, &new).trim().to_owned();

        let second = done(&url, &["key", "rotate", &first, "--overlap", "1h"]);
        let third = done(&url, &["key", "rotate", second.trim(), "--overlap", "0s"]);
        let again = run(&url, &["key", "rotate", second.trim()]);

        let status = |key: &str| serving.get("/v1/products", key.trim()).0;
        assert_eq!(
            (status(&first), status(&second), status(&third)),
            (200, 401, 200)
        );
        assert_eq!(
            serving.get("/v1/users", third.trim()).0,
            403,
            "the role stays"
        );
        assert_eq!(again.code, Some(1), "{again:?}");
        let listed = done(&url, &["key", "list", "--partner", "Acme"]);
        assert_eq!(listed.matches("expires ").count(), 1, "{listed}");
    }
}

#[tokio::test]
async fn keys_change_under_load_and_no_call_with_a_valid_one_is_refused() {
    for place in Place::empty_on_each_backend().await {
        let url = place.address();
        let serving = Serving::start(&url, &[], UNLIMITED);
        serving.wait_until_ready();
        let new = ["key", "new", "--partner", "Acme", "--role", "user"];
        let first = done(&url, &new).trim().to_owned();
        let current = RwLock::new(first.clone());
        let is_over = AtomicBool::new(false);

        let statuses: HashSet<u16> = thread::scope(|scope| {
            let call = || {
                let mut seen = HashSet::new();
                while !is_over.load(Ordering::Relaxed) {
                    let key = current.read().unwrap().clone();
                    seen.insert(serving.get("/v1/products", &key).0);
                }
                seen
            };
            let clients: Vec<_> = (0..4).map(|_| scope.spawn(call)).collect();
            for _ in 0..3 {
                let old = current.read().unwrap().clone();
                let next = done(&url, &["key", "rotate", &old, "--overlap", "1h"]);
                next.trim().clone_into(&mut current.write().unwrap());
            }
            is_over.store(true, Ordering::Relaxed);
            let seen = clients.into_iter().map(|client| client.join().unwrap());
            seen.flatten().collect()
        });

        assert_eq!(statuses, HashSet::from([200]), "on {}", place.backend());
        assert_eq!(serving.get("/v1/products", &first).0, 200, "the overlap");
    }
}

#[tokio::test]
async fn keys_are_listed_without_what_is_secret() {
    for place in Place::empty_on_each_backend().await {
        let url = place.address();
        done(&url, &["migrate"]);
        let new = |role: &str, extra: &[&str]| {
            let arguments = ["key", "new", "--partner", "Acme", "--role", role];
            done(&url, &[&arguments, extra].concat()).trim().to_owned()
        };
        let [old, fresh] = [new("user", &[]), new("admin", &["--expires-in", "2"])];
        done(&url, &["key", "revoke", &old]);

        let listed = done(&url, &["key", "list", "--partner", "Acme"]);
        let all = done(&url, &["key", "list"]);

        let lines: Vec<&str> = listed.lines().collect();
        assert_eq!((lines.len(), &all), (2, &listed), "one partner: {all}");
        assert!(lines[0].contains(&fresh[..12]) && lines[0].contains("expires "));
        assert!(lines[1].contains(&old[..12]) && lines[1].contains("revoked "));
        assert!(!listed.contains(&old) && !listed.contains(&fresh));
    }
}

#[tokio::test]
async fn what_does_not_exist_fails_and_says_so() {
    for place in Place::empty_on_each_backend().await {
        let url = place.address();
        let before = run(&url, &["key", "list"]);
        done(&url, &["migrate"]);
        let id = uuid::Uuid::now_v7().to_string();

        for arguments in [
            &["key", "revoke", &id][..],
            &["key", "revoke", "sk_live_none"],
            &["key", "list", "--partner", "nobody"],
            &["key", "new", "--partner", &id],
            &["key", "new", "--partner", " "],
        ] {
            let ran = run(&url, arguments);

            assert_eq!(ran.code, Some(1), "{arguments:?}: {ran:?}");
        }
        assert_eq!(before.code, Some(1));
        assert!(
            before.err.contains("concordat migrate up"),
            "{}",
            before.err
        );
    }
}

#[test]
fn a_role_is_one_of_the_contract() {
    let ran = run(
        "unused.sqlite",
        &["key", "new", "--partner", "Acme", "--role", "boss"],
    );

    assert_eq!(ran.code, Some(2));
    for role in contract::ROLES {
        assert!(ran.err.contains(role.name), "{}", ran.err);
    }
}

#[tokio::test]
async fn a_test_key_reaches_the_sandbox_of_its_partner_and_nothing_else() {
    for place in Place::empty_on_each_backend().await {
        let url = place.address();
        let serving = Serving::start(&url, &[], &[]);
        serving.wait_until_ready();
        let make = |extra: &[&str]| {
            let arguments = ["key", "create", "--partner", "Acme", "--role", "admin"];
            done(&url, &[&arguments, extra].concat()).trim().to_owned()
        };
        let [live, test, another] = [make(&[]), make(&["--test"]), make(&["--test"])];
        let rotated = done(&url, &["key", "rotate", &test]).trim().to_owned();
        let of_sandbox = run(&url, &["key", "new", "--partner", "Acme (sandbox)"]);

        let clock = |key: &str| serving.get("/v1/sandbox/clock", key).0;
        let category = r#"{"name": "Tea", "slug": "tea"}"#;
        let field = format!("Authorization: Bearer {test}");
        let fields = [field.as_str(), "Content-Type: application/json"];
        let (made, _) = serving.send("POST", "/v1/categories", &fields, category);
        let count = |key: &str| {
            let (_, page) = serving.get("/v1/categories", key);
            page["items"].as_array().unwrap().len()
        };

        assert!(live.starts_with("sk_live_") && rotated.starts_with("sk_test_"));
        assert_eq!(
            (clock(&live), clock(&test), clock(&rotated)),
            (403, 200, 200)
        );
        assert_eq!((made, count(&another), count(&live)), (201, 1, 0));
        assert_eq!(of_sandbox.code, Some(1));
        assert!(of_sandbox.err.contains("--test"), "{}", of_sandbox.err);
    }
}
