//! `concordat seed`: data for trying things out, the same whenever it is asked for.

mod samples;

use std::collections::BTreeMap;
use std::io::{Write, stderr, stdout};
use std::time::{Duration, Instant};

use anyhow::Context;
use serde::Serialize;

use self::samples::Samples;
use super::Failure;
use crate::cli::Seed;
use crate::config::Settings;
use crate::db::{Conn, Db, Url, migrate};
use crate::ids::{CategoryId, PartnerId, ProductId};
use crate::keys::KeyText;
use crate::repository::partners::Partner;
use crate::repository::{sandboxes, seed};

/// What the data of the demo partner is derived from; also the default of `--seed`.
pub const DEMO_SEED: u64 = 1;

/// How many products go into one transaction.
const BATCH: u32 = 1_000;

/// How long it stays silent, and then tells how far it is.
const PATIENCE: Duration = Duration::from_secs(2);

/// A partner that was seeded, and how to speak for it.
pub struct Seeded {
    /// Its id.
    pub id: PartnerId,
    /// Its name.
    pub name: String,
    /// A key for every role of the contract, in the contract's order.
    pub keys: Vec<(&'static str, KeyText)>,
    /// An admin's key for its sandbox.
    pub test_key: KeyText,
    /// One of its products, if it has any.
    pub product: Option<ProductId>,
}

/// Seeds the database of the settings and prints who can call now, and with which keys.
pub fn run(settings: &Settings, arguments: &Seed) -> anyhow::Result<()> {
    let seeded = super::wait_for(fill(settings.database_url.url(), arguments))?;
    if arguments.json {
        print_json(&seeded)
    } else {
        print_list(&seeded)
    }
}

/// Migrates the database and adds what it lacks of the data.
pub async fn fill(url: &Url, arguments: &Seed) -> anyhow::Result<Vec<Seeded>> {
    migrate::up(url).await.with_context(|| url.to_string())?;
    let db = super::open(url).await?;
    let mut progress = Progress::new(arguments);
    let mut seeded = Vec::new();
    for number in 0..arguments.partners {
        let samples = Samples::new(arguments.seed, number);
        let partner = add(&db, &samples, arguments, &mut progress)
            .await
            .context("the data could not be stored")?;
        seeded.push(partner);
    }
    db.close(PATIENCE).await;
    Ok(seeded)
}

async fn add(
    db: &Db,
    samples: &Samples,
    arguments: &Seed,
    progress: &mut Progress,
) -> anyhow::Result<Seeded> {
    let categories = add_partner(db, samples).await?;
    let mut first = 0;
    while first < arguments.products {
        let end = arguments.products.min(first.saturating_add(BATCH));
        let rows = samples.products(first..end, arguments.stock, &categories)?;
        db.transaction(|conn| {
            let rows = &rows;
            Box::pin(async move { Ok::<_, Failure>(seed::add_products(conn, rows).await?) })
        })
        .await?;
        progress.report(end - first);
        first = end;
    }
    let partner = samples.partner();
    Ok(Seeded {
        id: partner.id,
        name: partner.name,
        keys: samples.keys(),
        test_key: samples.test_key(),
        product: (arguments.products > 0).then(|| samples.product_id(0)),
    })
}

/// Adds all but the products, and gives the categories that there are for them.
async fn add_partner(db: &Db, samples: &Samples) -> anyhow::Result<Vec<CategoryId>> {
    let partner = samples.partner();
    let (keys, users) = (samples.key_rows()?, samples.users());
    let rows = samples.categories();
    let categories = db
        .transaction(|conn| {
            let (partner, keys, users, rows) = (&partner, &keys, &users, &rows);
            Box::pin(async move {
                seed::add_partner(conn, partner, keys, users).await?;
                add_sandbox(conn, samples, partner).await?;
                Ok::<_, Failure>(seed::add_categories(conn, partner.id, rows).await?)
            })
        })
        .await?;
    Ok(categories)
}

async fn add_sandbox(
    conn: &mut Conn<'_>,
    samples: &Samples,
    partner: &Partner,
) -> Result<(), Failure> {
    let (candidate, now) = (samples.sandbox_id(), partner.created_at);
    let sandbox = sandboxes::find_or_insert(conn, partner, candidate, now).await?;
    seed::add_keys(conn, &[samples.test_key_row(sandbox.partner_id)]).await?;
    Ok(())
}

/// Tells on standard error how far it is, once it takes long.
struct Progress {
    done: u64,
    all: u64,
    told: Instant,
}

impl Progress {
    fn new(arguments: &Seed) -> Self {
        Self {
            done: 0,
            all: u64::from(arguments.partners) * u64::from(arguments.products),
            told: Instant::now(),
        }
    }

    fn report(&mut self, products: u32) {
        self.done += u64::from(products);
        if self.told.elapsed() > PATIENCE {
            self.told = Instant::now();
            // Nobody may be there to read it; that is no reason to stop.
            _ = writeln!(stderr(), "{} of {} products", self.done, self.all);
        }
    }
}

#[derive(Serialize)]
struct Shown<'a> {
    id: PartnerId,
    name: &'a str,
    keys: BTreeMap<&'a str, &'a str>,
    test_key: &'a str,
}

fn print_json(seeded: &[Seeded]) -> anyhow::Result<()> {
    let shown: Vec<Shown<'_>> = seeded
        .iter()
        .map(|partner| Shown {
            id: partner.id,
            name: &partner.name,
            keys: partner.exposed().collect(),
            test_key: partner.test_key.expose(),
        })
        .collect();
    writeln!(stdout(), "{}", serde_json::to_string_pretty(&shown)?)?;
    Ok(())
}

fn print_list(seeded: &[Seeded]) -> anyhow::Result<()> {
    let mut out = stdout().lock();
    for partner in seeded {
        writeln!(out, "{}  {}", partner.id, partner.name)?;
        for (role, key) in partner.exposed() {
            writeln!(out, "  {role:<9}  {key}")?;
        }
        writeln!(out, "  {:<9}  {}", "sandbox", partner.test_key.expose())?;
    }
    Ok(())
}

impl Seeded {
    /// Each role and the text of its key.
    pub fn exposed(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.keys.iter().map(|(role, key)| (*role, key.expose()))
    }
}
