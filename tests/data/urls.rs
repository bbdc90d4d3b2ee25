//! Addresses of databases: what they mean, and what they never show.

use std::path::PathBuf;
use std::time::Duration;

use concordat::db::{Db, DbError, MalformedUrl, Options, Url};

#[test]
fn a_path_and_a_sqlite_address_name_a_file() {
    for (text, path) in [
        ("sqlite:///var/lib/a.db", "/var/lib/a.db"),
        ("sqlite://a.db", "a.db"),
        ("data/a.db", "data/a.db"),
    ] {
        assert_eq!(text.parse(), Ok(Url::Sqlite(PathBuf::from(path))));
    }
}

#[test]
fn what_is_neither_is_refused_without_being_repeated() {
    for text in ["", "mysql://root:secret@host/db", "sqlite://", ":memory:"] {
        assert_eq!(text.parse::<Url>(), Err(MalformedUrl::Scheme), "{text}");
    }
    let malformed = "postgres://u:secret@host/db?sslmode=secret".parse::<Url>();
    assert!(!format!("{malformed:?}").contains("secret@"));
}

#[test]
fn an_address_that_asks_for_tls_is_refused_clearly() {
    for mode in ["require", "verify-ca", "verify-full"] {
        let error = format!("postgres://u:secret@host/db?sslmode={mode}")
            .parse::<Url>()
            .unwrap_err();

        assert_eq!(error, MalformedUrl::Tls(mode));
        assert!(error.to_string().contains("sslmode=disable"), "{error}");
    }
}

#[test]
fn a_database_on_the_same_machine_is_told_from_others() {
    for (text, is_local) in [
        ("a.db", true),
        ("postgres://localhost/shop", true),
        ("postgres://127.0.0.1:5433/shop", true),
        ("postgres://[::1]/shop", true),
        ("postgres:///shop?host=/var/run/postgresql", true),
        ("postgres://db.example/shop", false),
        ("postgres://10.0.0.7/shop", false),
        ("postgres://localhost,db.example/shop", false),
        ("postgres://localhost/shop?hostaddr=10.0.0.7", false),
    ] {
        assert_eq!(text.parse::<Url>().unwrap().is_local(), is_local, "{text}");
    }
}

#[test]
fn a_password_is_never_shown() {
    let url: Url = "postgres://user:secret@host:5433/shop?sslmode=disable"
        .parse()
        .unwrap();

    assert_eq!(url.to_string(), "postgres://host/shop");
    let options = format!("{:?}", Options::new(url));
    assert!(!options.contains("secret"), "{options}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_cannot_be_reached_is_unavailable() {
    let port = std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port();
    let folder = tempfile::tempdir().unwrap();
    let urls = [
        format!("postgres://postgres@127.0.0.1:{port}/none"),
        folder
            .path()
            .join("no/such/folder/a.db")
            .display()
            .to_string(),
    ];

    for url in urls {
        let mut options = Options::new(url.parse().unwrap());
        options.acquire_timeout = Duration::from_millis(200);
        let opened = Db::open(options).await;

        assert!(
            matches!(opened, Err(DbError::Unavailable(Some(_)))),
            "{url}"
        );
    }
}
