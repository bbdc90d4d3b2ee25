//! Settings: their defaults, their faults, and what is shown of them.

use concordat::config::{Settings, Switch};

use crate::support::settings;

#[test]
fn nothing_needs_to_be_set() {
    let settings = Settings::read(|_| None).unwrap();

    assert_eq!(
        (settings.host.to_string().as_str(), settings.port),
        ("127.0.0.1", 8000)
    );
    assert_eq!(settings.database_url.to_string(), "concordat.sqlite");
    assert_eq!(settings.rate_limit, Switch::On);
}

#[test]
fn every_wrong_setting_is_named_at_once() {
    let wrong = [
        ("PORT", "70000"),
        ("RATE_LIMIT", "yes"),
        ("KEEP_ALIVE", "60"),
        ("CORS_ORIGINS", "*"),
        ("LOG_LEVEL", "x"),
    ];

    let faults =
        Settings::read(|name| Some(wrong.iter().find(|(known, _)| *known == name)?.1.into()))
            .unwrap_err();

    let named: Vec<_> = faults.0.iter().map(|fault| fault.name).collect();
    assert_eq!(
        named,
        [
            "PORT",
            "RATE_LIMIT",
            "LOG_LEVEL",
            "CORS_ORIGINS",
            "KEEP_ALIVE"
        ]
    );
    assert!(
        faults
            .to_string()
            .contains("PORT is \"70000\": it must be a whole number from 0 to 65535")
    );
}

#[test]
fn settings_that_contradict_each_other_are_refused() {
    let faults = Settings::read(|name| (name == "DRAIN_TIMEOUT").then(|| "5m".into())).unwrap_err();

    assert_eq!(faults.0[0].name, "EXIT_DEADLINE");
}

#[test]
fn an_issuer_is_trusted_as_a_whole_and_over_tls_or_not_at_all() {
    let named = |values: &[(&str, &str)]| {
        let values = values.to_vec();
        let read = Settings::read(move |name| {
            let found = values.iter().find(|(known, _)| *known == name)?;
            Some(found.1.to_owned())
        });
        read.err().map(|faults| faults.0[0].name)
    };
    let issuer = ("JWT_ISSUER", "https://id.example.com");
    let at = |url: &'static str| [issuer, ("JWT_JWKS_URL", url)];

    assert_eq!(named(&[issuer]), Some("JWT_ISSUER"));
    assert_eq!(named(&at("https://id.example.com/keys")), None);
    assert_eq!(named(&at("http://127.0.0.1:8080/keys")), None);
    assert_eq!(named(&at("http://[::1]:8080/keys")), None);
    for url in [
        "http://id.example.com/keys",
        "http://127.0.0.1.example.com/keys",
        "https://me:secret@id.example.com/keys",
        "file:///etc/keys",
        "keys",
    ] {
        assert_eq!(named(&at(url)), Some("JWT_JWKS_URL"), "{url}");
    }
    for algorithms in ["HS256", "none", "EdDSA,HS256", "eddsa", ","] {
        let wrong = named(&[("JWT_ALGORITHMS", algorithms)]);
        assert_eq!(wrong, Some("JWT_ALGORITHMS"), "{algorithms}");
    }
}

#[test]
fn no_secret_is_shown() {
    let secret = "hunter2hunter2hunter2hunter2hunter2";
    let settings = settings(&[
        ("SECRET_KEY", secret),
        ("JWT_LOCAL_SECRET", secret),
        ("DATABASE_URL", &format!("postgres://me:{secret}@db/x")),
    ]);

    for shown in [settings.to_string(), format!("{settings:?}")] {
        assert!(!shown.contains("hunter2"), "{shown}");
    }
    assert!(
        settings
            .to_string()
            .contains("DATABASE_URL=postgres://me:***@db/x\n")
    );
}

#[test]
fn a_wrong_secret_is_not_repeated() {
    let faults = Settings::read(|name| {
        matches!(name, "SECRET_KEY" | "DATABASE_URL").then(|| "ftp://hunter2".into())
    });

    let text = faults.unwrap_err().to_string();
    assert!(
        text.contains("SECRET_KEY") && text.contains("DATABASE_URL") && !text.contains("hunter2"),
        "{text}"
    );
}
