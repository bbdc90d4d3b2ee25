//! What goes into a row comes out again, and versions grow.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use concordat::db::types::{Json, Time};
use concordat::ids::{ApiKeyId, UserId};
use concordat::repository::api_keys::{self, ApiKey};
use concordat::repository::categories;
use concordat::repository::page::Slice;
use concordat::repository::role::{KeyRole, Role};
use concordat::repository::secrets;
use concordat::repository::users::{self, UserChanges};

use crate::backends::TestDb;
use crate::factories::{
    category, commit, later, now, partner, product, product_named, user, user_named,
};

#[tokio::test(flavor = "multi_thread")]
async fn a_user_is_read_as_it_was_written() {
    for TestDb { db, .. } in &TestDb::on_each_backend().await {
        let partner = partner(db).await;
        let mut new = user_named("alice");
        new.role = Role::Admin;
        new.name = Some("Alïce \u{1F600}".to_owned());
        new.tags = Json(vec!["a\"b".to_owned(), "ü".to_owned()]);
        let note = BTreeMap::from([("k".to_owned(), "v\\".to_owned())]);
        new.metadata = Some(Json(note));

        let written = user(db, partner, &new, now()).await;
        let mut conn = db.read().await.unwrap();
        let read = users::find(&mut conn, partner, written.id).await.unwrap();

        assert_eq!(read.as_ref(), Some(&written));
        assert_eq!(written.created_at, now());
        assert_eq!((written.role, written.version), (Role::Admin, 1));
        assert_eq!((written.tags, written.metadata), (new.tags, new.metadata));
        assert_eq!(written.name, new.name);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_update_changes_what_it_names_and_meets_only_the_expected_version() {
    for TestDb { db, .. } in &TestDb::on_each_backend().await {
        let partner = partner(db).await;
        let alice = user(db, partner, &user_named("alice"), now()).await;
        let changes = &UserChanges {
            age: Some(None),
            name: Some(Some("Alice".to_owned())),
            ..UserChanges::default()
        };

        let [changed, stale, touched] = commit(db, |conn| {
            let id = alice.id;
            Box::pin(async move {
                let at = later(5);
                let none = &UserChanges::default();
                Ok([
                    users::update(conn, partner, id, changes, Some(1), at).await?,
                    users::update(conn, partner, id, changes, Some(1), at).await?,
                    users::update(conn, partner, id, none, None, at).await?,
                ])
            })
        })
        .await;

        let changed = changed.unwrap();
        assert_eq!((changed.age, changed.version), (None, 2));
        assert_eq!(changed.name.as_deref(), Some("Alice"));
        assert_eq!((changed.created_at, changed.updated_at), (now(), later(5)));
        assert_eq!((&changed.email, &changed.tags), (&alice.email, &alice.tags));
        assert_eq!(stale, None);
        assert_eq!(touched.unwrap().version, 3);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn statistics_count_and_average() {
    for TestDb { db, backend, .. } in &TestDb::on_each_backend().await {
        let partner = partner(db).await;
        let tools = category(db, partner, "Tools").await;
        category(db, partner, "Empty").await;
        for (price, is_active) in [(100, true), (101, true), (101, false)] {
            let mut new = product_named(tools, "Tool");
            new.price_minor = price;
            new.is_active = is_active;
            product(db, partner, &new, now()).await;
        }
        let mut conn = db.checkout().await.unwrap();

        let stats = categories::stats(&mut conn, partner, &Slice::first(10))
            .await
            .unwrap()
            .items;
        let tools = categories::find(&mut conn, partner, tools).await.unwrap();

        let numbers: Vec<_> = stats
            .iter()
            .map(|s| {
                let counts = (s.product_count, s.active_count);
                (s.name.as_str(), counts, s.average_price_minor)
            })
            .collect();
        let wanted = [("Empty", (0, 0), None), ("Tools", (3, 2), Some(101))];
        assert_eq!(numbers, wanted, "{backend}");
        assert_eq!(tools.unwrap().product_count, 3);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_is_found_by_its_hash_until_it_expires_or_is_revoked() {
    for TestDb { db, .. } in &TestDb::on_each_backend().await {
        let partner = partner(db).await;
        let key = &ApiKey {
            id: ApiKeyId::new(now()),
            partner_id: partner,
            role: KeyRole::Moderator,
            prefix: "sk_live_abcd".to_owned(),
            hash: vec![9; 32],
            created_at: now(),
            expires_at: Some(later(10)),
            revoked_at: None,
        };
        commit(db, |conn| {
            Box::pin(async move { Ok(api_keys::insert(conn, key).await?) })
        })
        .await;

        let mut conn = db.read().await.unwrap();
        let found = api_keys::find_by_hash(&mut conn, &key.hash).await.unwrap();
        let unknown = api_keys::find_by_hash(&mut conn, &[8; 32]).await.unwrap();
        drop(conn);
        let revoked = commit(db, |conn| {
            Box::pin(async move {
                let first = api_keys::revoke(conn, partner, key.id, later(1)).await?;
                let second = api_keys::revoke(conn, partner, key.id, later(2)).await?;
                let keys = api_keys::list(conn, partner).await?;
                Ok((first, second, keys[0].is_valid(later(1))))
            })
        })
        .await;

        let found = found.unwrap();
        assert_eq!(&found, key);
        assert!(unknown.is_none());
        assert!(found.is_valid(later(9)) && !found.is_valid(later(10)));
        assert_eq!(revoked, (true, false, false));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_candidate_for_a_secret_stays() {
    for TestDb { db, .. } in &TestDb::on_each_backend().await {
        let [first, second] = commit(db, |conn| {
            Box::pin(async move {
                Ok([
                    secrets::find_or_insert(conn, "cursor", &[1; 32]).await?,
                    secrets::find_or_insert(conn, "cursor", &[2; 32]).await?,
                ])
            })
        })
        .await;

        assert_eq!((first, second), (vec![1; 32], vec![1; 32]));
    }
}

#[test]
fn a_time_is_cut_to_microseconds() {
    let exact: DateTime<Utc> = "2025-06-15T10:00:00.123456789Z".parse().unwrap();

    let time = Time::from(exact);

    let text = serde_json::to_string(&time).unwrap();
    assert_eq!(text, r#""2025-06-15T10:00:00.123456Z""#);
}

#[test]
fn only_the_hyphenated_form_is_an_id() {
    let id = UserId::new(now());

    assert_eq!(id.to_string().parse(), Ok(id));
    assert_eq!(id.uuid().get_version_num(), 7);
    assert!(id.uuid().simple().to_string().parse::<UserId>().is_err());
    assert!(format!("{{{id}}}").parse::<UserId>().is_err());
    assert!("".parse::<UserId>().is_err());
}
