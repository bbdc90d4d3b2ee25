//! `concordat token`: an access token of the local issuer, for trying out.

use std::io::{Write, stderr, stdout};

use anyhow::{Context, ensure};
use chrono::{TimeDelta, Utc};
use secrecy::ExposeSecret;
use serde_json::{Map, Value, json};

use crate::cli::Token;
use crate::config::Settings;
use crate::db::{Conn, migrate};
use crate::ids::PartnerId;
use crate::repository::page::Slice;
use crate::repository::role::Role;
use crate::repository::users::{self, User, UserFilter};
use crate::tokens::local::{self, LocalKey};

/// Prints the token alone on standard output, so that a script can take it, and the rest beside.
pub fn run(settings: &Settings, arguments: &Token) -> anyhow::Result<()> {
    let url = settings.database_url.url();
    let (partner, user) = super::wait_for(async {
        migrate::check(url).await.with_context(|| url.to_string())?;
        let db = super::open(url).await?;
        let mut conn = db.checkout().await?;
        let known_as = &arguments.partner;
        let partner = super::find_partner(&mut conn, known_as).await?;
        let partner = partner.with_context(|| {
            format!("there is no partner {known_as:?}; `concordat seed` makes a demo partner")
        })?;
        let user = find_user(&mut conn, partner.id, arguments.user.as_deref()).await?;
        Ok((partner, user))
    })?;
    let key = LocalKey::new(&match &settings.jwt_local_secret {
        Some(secret) => secret.clone(),
        None => local::DEMO_SECRET.into(),
    })?;
    let token = key.sign(&claims(settings, arguments, partner.id, &user)?)?;
    writeln!(stdout(), "{}", token.expose_secret())?;
    let demo = match settings.jwt_local_secret {
        Some(_) => "",
        None => "; JWT_LOCAL_SECRET is unset, so only `concordat serve --demo` takes it",
    };
    writeln!(
        stderr(),
        "token of user {} ({}) of partner {:?}, role {}, for {}{demo}",
        user.username,
        user.id,
        partner.name,
        user.role,
        humantime::format_duration(arguments.expires_in),
    )?;
    Ok(())
}

async fn find_user(
    conn: &mut Conn<'_>,
    partner: PartnerId,
    known_as: Option<&str>,
) -> anyhow::Result<User> {
    let Some(known_as) = known_as else {
        let admins = UserFilter {
            role: Some(Role::Admin),
            q: None,
        };
        let found = users::list(conn, partner, &admins, &Slice::first(1)).await?;
        let mut found = found.items.into_iter();
        return found
            .next()
            .context("the partner has no admin: name a user with --user");
    };
    let found = match known_as.parse() {
        Ok(id) => users::find(conn, partner, id).await?,
        Err(_) => users::find_by_username(conn, partner, known_as).await?,
    };
    found.with_context(|| format!("the partner has no user {known_as:?}"))
}

fn claims(
    settings: &Settings,
    arguments: &Token,
    partner: PartnerId,
    user: &User,
) -> anyhow::Result<Map<String, Value>> {
    let now = Utc::now();
    let lasts =
        TimeDelta::from_std(arguments.expires_in).context("the token would last too long")?;
    ensure!(
        lasts <= TimeDelta::days(366),
        "a token lasts a year at most"
    );
    let mut claims = Map::new();
    let mut say = |name: &str, value: Value| claims.insert(name.to_owned(), value);
    say("iss", json!(local::ISSUER));
    say("aud", json!(settings.jwt_audience));
    say("iat", json!(now.timestamp()));
    say("exp", json!((now + lasts).timestamp()));
    say(&settings.jwt_user_claim, json!(user.id));
    say(&settings.jwt_partner_claim, json!(partner));
    if let Some(scope) = &arguments.scope {
        say("scope", json!(scope));
    }
    Ok(claims)
}
