//! Access tokens: which are taken, which are refused, and where the keys come from.

use std::future::IntoFuture;

use chrono::Duration;
use concordat::app::Clock;
use concordat::repository::users::User;
use futures_util::future::join_all;
use jsonwebtoken::{Algorithm, EncodingKey, crypto};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::issuer::{ISSUER, Issuer, Manner, SigningKey, unsigned};
use crate::support::{Answer, TestApp};

/// What a token of the issuer says for a user of the own partner.
fn claims(app: &TestApp, user: &User) -> Value {
    let mut claims = app.claims(&app.own, user.id);
    claims["iss"] = json!(ISSUER);
    claims
}

/// The claims with another value for one; null takes it away.
fn with(claims: &Value, name: &str, value: impl Into<Value>) -> Value {
    let mut claims = claims.clone();
    match value.into() {
        Value::Null => _ = claims.as_object_mut().unwrap().remove(name),
        value => claims[name] = value,
    }
    claims
}

async fn products(app: &TestApp, token: &str) -> Answer {
    app.with_key(token).get("/v1/products").await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_signed_with_any_key_of_the_issuer_is_taken() {
    let keys = [
        SigningKey::ed25519("ed"),
        SigningKey::es256("es"),
        SigningKey::rs256("rs"),
    ];
    let issuer = Issuer::start(Manner::keys(&keys.each_ref())).await;
    for app in TestApp::with_settings(&issuer.settings()).await {
        let user = app.user().create().await;
        let claims = claims(&app, &user);
        for key in &keys {
            let without_kid = json!({"alg": format!("{:?}", key.algorithm)}).to_string();

            for token in [
                key.token(&claims),
                key.sign(&without_kid, &claims.to_string()),
            ] {
                products(&app, &token).await.assert_status(200);
            }
        }
    }
    assert_eq!(issuer.asked(), 2, "once for each service");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_token_may_say_besides_is_passed_over() {
    let key = SigningKey::es256("es");
    let issuer = Issuer::start(Manner::keys(&[&key])).await;
    let elsewhere = Issuer::start(Manner::Hangs).await;
    for app in TestApp::with_settings(&issuer.settings()).await {
        let user = app.user().create().await;
        let claims = claims(&app, &user);
        let now = app.clock.now().timestamp();
        for claims in [
            with(&claims, "exp", now - 25),
            with(&claims, "nbf", now + 25),
            with(&claims, "exp", now as f64 + 0.5),
            with(&claims, "aud", json!(["other", "concordat"])),
            with(&claims, "roles", json!(["admin"])),
            with(&claims, "role", "admin"),
        ] {
            let answer = products(&app, &key.token(&claims)).await;
            answer.assert_status(200);
            let forbidden = app.with_key(&key.token(&claims)).get("/v1/users").await;
            forbidden.assert_problem(403, "forbidden");
        }
        for (name, value) in [
            ("typ", json!("at+jwt")),
            ("typ", json!("application/AT+JWT")),
            ("typ", Value::Null),
            ("jku", json!(elsewhere.url)),
            ("x5u", json!(elsewhere.url)),
            ("jwk", SigningKey::es256("es").jwk()),
        ] {
            let header = with(&key.header(), name, value);
            let token = key.sign(&header.to_string(), &claims.to_string());
            products(&app, &token).await.assert_status(200);
        }
    }
    assert_eq!(elsewhere.asked(), 0, "nobody looks where a token says");
}

/// Claims that no token may have.
fn wrong_claims(app: &TestApp, good: &Value, foreign: &User) -> Vec<Value> {
    let now = app.clock.now().timestamp();
    let wrong = |name: &str, value: Value| with(good, name, value);
    let mut all = vec![
        wrong("exp", json!(now - 31)),
        wrong("exp", json!("9999999999")),
        wrong("exp", json!(-1)),
        wrong("exp", json!(8_210_266_876_799_i64)),
        wrong("exp", json!(1e300)),
        wrong("exp", Value::Null),
        wrong("nbf", json!(now + 32)),
        wrong("nbf", json!("now")),
        wrong("iss", json!("https://issuer.test/")),
        wrong("iss", json!([ISSUER])),
        wrong("iss", Value::Null),
        wrong("aud", json!("other")),
        wrong("aud", json!(["other"])),
        wrong("aud", json!(["concordat", 1])),
        wrong("aud", json!({"concordat": true})),
        wrong("aud", Value::Null),
        wrong("scope", json!(["catalogue:read"])),
    ];
    for id in ["partner", "sub"] {
        for value in [
            Value::Null,
            json!(""),
            json!("1"),
            json!([good[id]]),
            json!(Uuid::now_v7()),
            json!(Uuid::nil()),
        ] {
            all.push(wrong(id, value));
        }
    }
    all.push(wrong("partner", json!(app.other.id)));
    all.push(wrong("sub", json!(foreign.id)));
    all
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_with_wrong_claims_is_refused() {
    let key = SigningKey::ed25519("ed");
    let issuer = Issuer::start(Manner::keys(&[&key])).await;
    for app in TestApp::with_settings(&issuer.settings()).await {
        let user = app.user().create().await;
        let foreign = app.user().of(&app.other).create().await;
        let good = claims(&app, &user);
        products(&app, &key.token(&good)).await.assert_status(200);

        for claims in wrong_claims(&app, &good, &foreign) {
            let answer = products(&app, &key.token(&claims)).await;

            assert_eq!(answer.status, 401, "{claims}");
            answer.assert_problem(401, "unauthorized");
        }
        let text = good.to_string();
        for twice in [
            text.replacen('{', &format!("{{\"sub\":\"{}\",", foreign.id), 1),
            text.replacen('{', "{\"x\":1,\"x\":1,", 1),
            format!("[{text}]"),
            format!("{text} {text}"),
            "null".to_owned(),
            String::new(),
        ] {
            let token = key.sign(&key.header().to_string(), &twice);
            products(&app, &token)
                .await
                .assert_problem(401, "unauthorized");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_nobody_signed_as_it_should_be_is_refused() {
    let (ed, rs) = (SigningKey::ed25519("ed"), SigningKey::rs256("rs"));
    let (stranger, unlisted) = (SigningKey::ed25519("ed"), SigningKey::es256("es"));
    let issuer = Issuer::start(Manner::keys(&[&ed, &rs])).await;
    let elsewhere = Issuer::start(Manner::keys(&[&stranger])).await;
    for app in TestApp::with_settings(&issuer.settings()).await {
        let user = app.user().create().await;
        let claims = claims(&app, &user).to_string();
        let header = |name: &str, value: Value| with(&ed.header(), name, value).to_string();
        let good = ed.sign(&ed.header().to_string(), &claims);
        let (start, signature) = good.rsplit_once('.').unwrap();
        let other = unsigned(&ed.header().to_string(), &claims.replace("exp", "nbf"));
        let mut forged = vec![
            stranger.sign(&ed.header().to_string(), &claims),
            unlisted.sign(&unlisted.header().to_string(), &claims),
            format!("{}.", unsigned(&header("alg", json!("none")), &claims)),
            format!(
                "{}.{signature}",
                unsigned(&header("alg", json!("none")), &claims)
            ),
            format!("{start}."),
            format!("{start}.{}", &signature[..signature.len() - 4]),
            format!("{other}.{signature}"),
            format!("{good}.{signature}"),
            format!("{good}="),
            start.to_owned(),
            "..".to_owned(),
            ed.sign(&header("alg", json!("RS256")), &claims),
            ed.sign(&header("alg", json!("eddsa")), &claims),
            ed.sign(&header("alg", json!(["EdDSA"])), &claims),
            ed.sign(&header("alg", Value::Null), &claims),
            ed.sign(&header("kid", json!("rs")), &claims),
            ed.sign(&header("kid", json!("../../../dev/null")), &claims),
            ed.sign(&header("kid", json!("' OR 1=1 --")), &claims),
            ed.sign(&header("kid", json!("k".repeat(300))), &claims),
            ed.sign(&header("kid", json!(1)), &claims),
            ed.sign(&header("crit", json!(["exp"])), &claims),
            ed.sign(&header("crit", json!([])), &claims),
            ed.sign(&header("typ", json!("dpop+jwt")), &claims),
            ed.sign(&header("typ", json!("logout+jwt")), &claims),
            ed.sign(&header("typ", json!(1)), &claims),
            ed.sign(
                &ed.header()
                    .to_string()
                    .replacen('{', "{\"alg\":\"none\",", 1),
                &claims,
            ),
            ed.sign(&header("x", json!("x".repeat(8_000))), &claims),
        ];
        for name in ["jku", "x5u"] {
            forged.push(stranger.sign(&header(name, json!(elsewhere.url)), &claims));
        }
        forged.push(stranger.sign(&header("jwk", stranger.jwk()), &claims));
        for key in [&ed, &rs] {
            forged.extend(signed_with_public_key(key, &claims));
        }

        for token in forged {
            let answer = products(&app, &token).await;

            answer.assert_problem(401, "unauthorized");
            let text = String::from_utf8(answer.body).unwrap();
            assert!(!text.contains(&token) || token == "..", "{text}");
        }
        products(&app, &good).await.assert_status(200);
    }
    assert_eq!(elsewhere.asked(), 0);
}

/// Tokens whose secret is what everybody knows: the old confusion of the two kinds of keys.
fn signed_with_public_key(key: &SigningKey, claims: &str) -> Vec<String> {
    let jwk = key.jwk();
    let public = jwk.get("x").or_else(|| jwk.get("n")).unwrap();
    let header = with(&key.header(), "alg", "HS256");
    let message = unsigned(&header.to_string(), claims);
    let secrets = [public.as_str().unwrap().to_owned(), jwk.to_string()];
    let sign = |secret: &String| {
        let secret = EncodingKey::from_secret(secret.as_bytes()).unwrap();
        let signature = crypto::sign(message.as_bytes(), &secret, Algorithm::HS256).unwrap();
        format!("{message}.{signature}")
    };
    secrets.iter().map(sign).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_algorithm_that_is_not_allowed_is_refused_whatever_keys_there_are() {
    let (ed, rs) = (SigningKey::ed25519("ed"), SigningKey::rs256("rs"));
    let mut odd = SigningKey::es256("odd").jwk();
    odd["use"] = json!("enc");
    let keys =
        json!({"keys": [ed.jwk(), rs.jwk(), odd, {"kty": "oct", "k": "c2VjcmV0"}, {"kty": 1}]});
    let issuer = Issuer::start(Manner::set(&keys)).await;
    let mut settings = issuer.settings().to_vec();
    settings.push(("JWT_ALGORITHMS", "EdDSA"));
    for app in TestApp::with_settings(&settings).await {
        let user = app.user().create().await;
        let claims = claims(&app, &user);

        products(&app, &ed.token(&claims)).await.assert_status(200);
        let refused = products(&app, &rs.token(&claims)).await;

        refused.assert_problem(401, "unauthorized");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_key_of_the_issuer_is_learned_and_an_old_one_forgotten_without_a_restart() {
    let (old, new) = (SigningKey::ed25519("old"), SigningKey::ed25519("new"));
    let issuer = Issuer::start(Manner::keys(&[&old])).await;
    for app in TestApp::with_settings(&issuer.settings()).await {
        issuer.change(Manner::keys(&[&old]));
        let user = app.user().create().await;
        let claims = claims(&app, &user);
        products(&app, &old.token(&claims)).await.assert_status(200);
        issuer.change(Manner::keys(&[&new]));

        let early = products(&app, &new.token(&claims)).await;
        app.clock.advance(Duration::seconds(30));
        let learned = products(&app, &new.token(&claims)).await;
        let forgotten = products(&app, &old.token(&claims)).await;

        early.assert_problem(401, "unauthorized");
        learned.assert_status(200);
        forgotten.assert_problem(401, "unauthorized");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn unknown_keys_make_the_service_ask_every_thirty_seconds_at_most() {
    let key = SigningKey::ed25519("ed");
    let issuer = Issuer::start(Manner::keys(&[&key])).await;
    for app in TestApp::with_settings(&issuer.settings()).await {
        let user = app.user().create().await;
        let claims = claims(&app, &user).to_string();
        let before = issuer.asked();
        let unknown = |number: usize| {
            let header = with(&key.header(), "kid", format!("unknown-{number}"));
            let token = key.sign(&header.to_string(), &claims);
            app.with_key(&token).get("/v1/products").into_future()
        };

        let at_once = join_all((0..20).map(unknown)).await;
        let first = issuer.asked() - before;
        app.clock.advance(Duration::seconds(30));
        let later = join_all((20..40).map(unknown)).await;

        for answer in at_once.into_iter().chain(later) {
            answer.assert_problem(401, "unauthorized");
        }
        assert_eq!((first, issuer.asked() - before), (1, 2));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_keys_of_an_issuer_that_is_down_are_used_for_a_day() {
    let key = SigningKey::ed25519("ed");
    let issuer = Issuer::start(Manner::keys(&[&key])).await;
    for app in TestApp::with_settings(&issuer.settings()).await {
        issuer.change(Manner::keys(&[&key]));
        let user = app.user().create().await;
        let token = key.token(&with(&claims(&app, &user), "exp", 4_102_444_800_i64));
        products(&app, &token).await.assert_status(200);
        let fetched = issuer.asked();
        app.clock.advance(Duration::minutes(9));
        products(&app, &token).await.assert_status(200);
        assert_eq!(issuer.asked(), fetched, "still fresh");

        issuer.change(Manner::Says(500, "", Vec::new()));
        app.clock.advance(Duration::hours(23));
        products(&app, &token).await.assert_status(200);
        assert_eq!(issuer.asked(), fetched + 1, "asked, in vain");
        app.clock.advance(Duration::hours(1));
        let too_old = products(&app, &token).await;
        let with_key = app.partner().get("/v1/products").await;
        issuer.change(Manner::keys(&[&key]));
        let cooling = products(&app, &token).await;
        app.clock.advance(Duration::seconds(30));
        let back = products(&app, &token).await;

        for unknown in [too_old, cooling] {
            unknown.assert_problem(503, "issuer-unavailable");
            assert_eq!(unknown.header("retry-after"), "30");
        }
        with_key.assert_status(200);
        back.assert_status(200);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_is_no_set_of_keys_is_not_believed() {
    let key = SigningKey::ed25519("ed");
    let set = json!({"keys": [key.jwk()]}).to_string();
    let elsewhere = Issuer::start(Manner::keys(&[&key])).await;
    let location = format!("location: {}\r\n", elsewhere.url);
    let fields: &'static str = Box::leak(location.into_boxed_str());
    let manners = [
        Manner::Says(302, fields, Vec::new()),
        Manner::Says(203, "", set.clone().into()),
        Manner::Says(200, "", format!("{set}{}", " ".repeat(256 * 1024)).into()),
        Manner::Says(200, "", "<html>".into()),
        Manner::Says(200, "", r#"{"keys": []}"#.into()),
        Manner::Says(
            200,
            "",
            r#"{"keys": [{"kty": "oct", "k": "c2VjcmV0"}]}"#.into(),
        ),
    ];
    let issuer = Issuer::start(Manner::Hangs).await;
    for app in TestApp::with_settings(&issuer.settings()).await {
        let user = app.user().create().await;
        let token = key.token(&with(&claims(&app, &user), "exp", 4_102_444_800_i64));
        for manner in &manners {
            issuer.change(manner.clone());
            app.clock.advance(Duration::seconds(31));

            let answer = products(&app, &token).await;

            answer.assert_problem(503, "issuer-unavailable");
        }
    }
    assert_eq!(elsewhere.asked(), 0, "a redirect is not followed");
}

/// The only test that waits as long as the service does: five seconds.
#[tokio::test(flavor = "multi_thread")]
async fn an_issuer_that_does_not_answer_is_given_up_in_time() {
    let key = SigningKey::ed25519("ed");
    let issuer = Issuer::start(Manner::Hangs).await;
    let apps = TestApp::with_settings(&issuer.settings()).await;
    let key = &key;
    let waiting = apps.iter().map(|app| async move {
        let user = app.user().create().await;
        let token = key.token(&claims(app, &user));
        let first = products(app, &token).await;
        let second = products(app, &token).await;
        [first, second]
    });

    for answers in join_all(waiting).await {
        for answer in answers {
            answer.assert_problem(503, "issuer-unavailable");
        }
    }
    assert_eq!(issuer.asked(), 2, "once for each service");
}
