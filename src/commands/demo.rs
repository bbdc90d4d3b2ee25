//! `concordat serve --demo`: a partner to try things out with, and a first request that works.

use std::io::{Write, stdout};
use std::net::SocketAddr;

use anyhow::Context;

use super::seed::{self, DEMO_SEED, Seeded};
use crate::cli::Seed;
use crate::config::Settings;
use crate::tokens::local;

/// How many products the demo partner has, and how many pieces of each.
const PRODUCTS: u32 = 200;
const STOCK: u32 = 1_000;

/// Migrates the database and sees to it that the demo partner is there. Has tokens taken that
/// `concordat token` makes without a secret.
pub(super) async fn partner(settings: &mut Settings) -> anyhow::Result<Seeded> {
    let secret = &mut settings.jwt_local_secret;
    secret.get_or_insert_with(|| local::DEMO_SECRET.into());
    let arguments = Seed {
        partners: 1,
        products: PRODUCTS,
        stock: STOCK,
        seed: DEMO_SEED,
        json: false,
    };
    seed::fill(settings.database_url.url(), &arguments)
        .await?
        .pop()
        .context("there is no demo partner")
}

/// Prints what to do with it. The service is at `address`.
pub(super) fn print(address: SocketAddr, partner: &Seeded) -> anyhow::Result<()> {
    let url = format!("http://{}", super::reachable(address));
    let mut out = stdout().lock();
    writeln!(
        out,
        "\nDocumentation, to try every operation in: {url}/docs"
    )?;
    writeln!(
        out,
        "\nAPI keys of {} (public: for trying out only)",
        partner.name
    )?;
    for (role, key) in partner.exposed() {
        writeln!(out, "  {role:<9}  {key}")?;
    }
    let test_key = partner.test_key.expose();
    writeln!(out, "  {:<9}  {test_key}", "sandbox")?;
    if let (Some((_, key)), Some(product)) = (partner.exposed().next(), partner.product) {
        writeln!(
            out,
            "\nA first request, and an order that is placed once however often it is sent:\n  \
             curl -H 'Authorization: Bearer {key}' '{url}/v1/products?limit=3'\n  \
             curl -H 'Authorization: Bearer {key}' -H 'Content-Type: application/json' \
             -H 'Idempotency-Key: first-order' \
             -d '{{\"lines\":[{{\"product_id\":\"{product}\",\"quantity\":1}}]}}' '{url}/v1/orders'\n"
        )?;
    }
    writeln!(
        out,
        "The same as a user, with a token:\n  \
         curl -H \"Authorization: Bearer $(concordat token)\" '{url}/v1/products?limit=3'\n"
    )?;
    Ok(out.flush()?)
}
