//! `concordat token`.

use std::fs::File;
use std::time::{Duration, Instant};

use crate::places::Place;
use crate::support::{Serving, done, run, run_with};

const SECRET: (&str, &str) = ("JWT_LOCAL_SECRET", "a secret of more than 32 characters");

#[tokio::test]
async fn the_demo_takes_a_token_for_what_its_user_may_do() {
    for place in Place::empty_on_each_backend().await {
        let url = place.address();
        let serving = Serving::start(&url, &["--demo"], &[]);
        serving.wait_until_ready();
        let token = |arguments: &[&str]| {
            let made = done(&url, &[&["token"], arguments].concat());
            made.trim().to_owned()
        };
        let status = |path: &str, token: &str| serving.get(path, token).0;

        let admin = token(&[]);
        let user = token(&["--user", "chiara.rossi", "--expires-in", "5m"]);
        let narrowed = token(&["--scope", "catalogue:read"]);

        assert_eq!(status("/v1/users", &admin), 200);
        assert_eq!(status("/v1/products", &user), 200);
        assert_eq!(status("/v1/users", &user), 403);
        assert_eq!(status("/v1/products", &narrowed), 200);
        assert_eq!(status("/v1/users", &narrowed), 403);
    }
}

#[tokio::test]
async fn a_service_takes_no_local_token_but_of_its_own_secret() {
    for place in Place::empty_on_each_backend().await {
        let url = place.address();
        done(&url, &["seed"]);
        let demo = run(&url, &["token"]);
        let own = run_with(&url, &["token"], &[SECRET]);
        let other = ("JWT_LOCAL_SECRET", "another secret of 32 characters!");
        let other = run_with(&url, &["token"], &[other]);
        let without = Serving::start(&url, &[], &[]);
        let with = Serving::start(&url, &[], &[SECRET]);
        without.wait_until_ready();
        with.wait_until_ready();

        let status = |serving: &Serving, token: &str| serving.get("/v1/users", token.trim()).0;

        let tokens = [&demo.out, &own.out, &other.out];
        assert_eq!(tokens.map(|it| status(&without, it)), [401, 401, 401]);
        assert_eq!(tokens.map(|it| status(&with, it)), [401, 200, 401]);
        assert!(demo.err.contains("JWT_LOCAL_SECRET is unset"), "{demo:?}");
        assert!(!own.err.contains(own.out.trim()), "{own:?}");
    }
}

#[tokio::test]
async fn no_token_is_made_for_nobody() {
    for place in Place::empty_on_each_backend().await {
        let url = place.address();
        done(&url, &["migrate"]);
        let no_partner = run(&url, &["token"]);
        done(&url, &["seed"]);

        assert_eq!(no_partner.code, Some(1));
        assert!(no_partner.err.contains("concordat seed"), "{no_partner:?}");
        for (arguments, told) in [
            (["--user", "nobody"], "no user \"nobody\""),
            (["--partner", "Nobody"], "no partner \"Nobody\""),
            (["--expires-in", "400days"], "a year at most"),
        ] {
            let ran = run(&url, &[&["token"][..], &arguments].concat());

            assert_eq!(ran.code, Some(1), "{ran:?}");
            assert!(ran.err.contains(told) && ran.out.is_empty(), "{ran:?}");
        }
    }
}

#[tokio::test]
async fn no_credentials_reach_the_log() {
    for place in Place::empty_on_each_backend().await {
        let url = place.address();
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("log");
        let log = File::create(&path).unwrap().into();
        let settings = [SECRET, ("LOG_LEVEL", "trace")];
        let serving = Serving::start_logging(&url, &[], &settings, log);
        serving.wait_until_ready();
        let new = ["key", "new", "--partner", "Demo partner", "--role", "admin"];
        let key = done(&url, &new);
        let key = key.trim();
        let user = r#"{"username": "mina", "email": "mina@example.com"}"#;
        let fields = [
            &format!("Authorization: Bearer {key}"),
            "Content-Type: application/json",
        ];
        assert_eq!(serving.send("POST", "/v1/users", &fields, user).0, 201);
        let made = run_with(&url, &["token", "--user", "mina"], &[SECRET]).out;
        let token = made.trim();
        let forged = format!("{token}x");

        let statuses = [key, token, &forged].map(|it| serving.get("/v1/products", it).0);
        let written = || std::fs::read_to_string(&path).unwrap();
        let begun = Instant::now();
        // A line is written a little after the answer.
        while !written().contains("\"status\":401") {
            assert!(begun.elapsed() < Duration::from_secs(10), "{}", written());
            std::thread::sleep(Duration::from_millis(20));
        }
        drop(serving);

        let log = written();
        assert_eq!(statuses, [200, 200, 401]);
        assert!(log.contains("refused a token"), "{log}");
        let parts: Vec<&str> = token.split('.').collect();
        for secret in [key, token, parts[1], parts[2], SECRET.1] {
            assert!(!log.contains(secret), "{log}");
        }
    }
}
