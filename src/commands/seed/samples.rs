//! The data of one seeded partner: every id, key and value follows from two numbers.

use std::ops::Range;

use anyhow::Context;
use contract::ROLES;
use sha2::{Digest, Sha256};
use uuid::{Builder, Uuid};

use super::DEMO_SEED;
use crate::db::types::{Json, Time};
use crate::ids::{ApiKeyId, CategoryId, PartnerId, ProductId, UserId};
use crate::keys::{KeyText, Mode};
use crate::repository::api_keys::ApiKey;
use crate::repository::partners::Partner;
use crate::repository::role::{KeyRole, Role};
use crate::repository::seed::{CategoryRow, ProductRow, UserRow};

/// When everything was made, in milliseconds: 1 January 2025. Things of one kind follow each
/// other by a second.
const EPOCH: u64 = 1_735_689_600_000;

/// The first and the second word of a partner's name.
const PARTNERS: (&[&str], &[&str]) = (
    &[
        "Harbour",
        "Northern",
        "Blue Door",
        "Riverside",
        "Old Mill",
        "Summit",
        "Lantern",
        "Juniper",
        "Copper",
        "Meadow",
        "Corner",
        "Granite",
    ],
    &[
        "Traders",
        "Goods",
        "Market",
        "Supply",
        "Outfitters",
        "& Daughters",
        "Stores",
    ],
);

/// Name, slug, what its things are called, what they cost at least and at most in minor units.
type Category = (
    &'static str,
    &'static str,
    &'static [&'static str],
    u64,
    u64,
);

const CATEGORIES: &[Category] = &[
    (
        "Books",
        "books",
        &["Novel", "Cookbook", "Atlas", "Picture Book", "Travel Guide"],
        690,
        4_900,
    ),
    (
        "Coffee & Tea",
        "coffee-tea",
        &[
            "Espresso Beans",
            "Green Tea",
            "Teapot",
            "Hand Grinder",
            "Filter Set",
        ],
        450,
        8_900,
    ),
    (
        "Electronics",
        "electronics",
        &["Headphones", "Keyboard", "Power Bank", "Webcam", "Speaker"],
        1_490,
        39_900,
    ),
    (
        "Garden",
        "garden",
        &[
            "Watering Can",
            "Planter",
            "Pruning Shears",
            "Bird Feeder",
            "Rake",
        ],
        590,
        12_900,
    ),
    (
        "Home",
        "home",
        &[
            "Desk Lamp",
            "Wool Blanket",
            "Wall Clock",
            "Cushion",
            "Storage Box",
        ],
        890,
        18_900,
    ),
    (
        "Kitchen",
        "kitchen",
        &[
            "Chef's Knife",
            "Cutting Board",
            "Saucepan",
            "Mixing Bowl",
            "Scale",
        ],
        790,
        15_900,
    ),
    (
        "Office",
        "office",
        &[
            "Notebook",
            "Fountain Pen",
            "Desk Organiser",
            "Planner",
            "Stapler",
        ],
        290,
        6_900,
    ),
    (
        "Outdoor",
        "outdoor",
        &[
            "Rucksack",
            "Sleeping Bag",
            "Camping Stove",
            "Head Torch",
            "Flask",
        ],
        1_290,
        29_900,
    ),
    (
        "Sport",
        "sport",
        &[
            "Yoga Mat",
            "Skipping Rope",
            "Football",
            "Dumbbell",
            "Water Bottle",
        ],
        590,
        9_900,
    ),
    (
        "Toys",
        "toys",
        &[
            "Wooden Train",
            "Jigsaw Puzzle",
            "Kite",
            "Building Blocks",
            "Card Game",
        ],
        490,
        7_900,
    ),
];

const STYLES: &[&str] = &[
    "Classic", "Compact", "Large", "Small", "Recycled", "Handmade", "Everyday", "Folding", "Light",
    "Sturdy", "Vintage", "Modern", "Blue", "Green", "Red", "Black", "White", "Natural", "Travel",
    "Family",
];

/// Name, age, role.
const USERS: &[(&str, i32, Role)] = &[
    ("Ada Martin", 41, Role::Admin),
    ("Bruno Keller", 36, Role::Moderator),
    ("Chiara Rossi", 29, Role::User),
    ("Dmitri Novak", 52, Role::User),
    ("Emeka Obi", 33, Role::User),
];

/// The data of one partner.
pub(super) struct Samples {
    seed: u64,
    number: u32,
    partner: PartnerId,
}

impl Samples {
    /// That of partner `number`, counted from 0, of a seed.
    pub(super) fn new(seed: u64, number: u32) -> Self {
        let mut samples = Self {
            seed,
            number,
            partner: Uuid::nil().into(),
        };
        samples.partner = samples.id("partner", number).into();
        samples
    }

    pub(super) fn partner(&self) -> Partner {
        let (first, second) = PARTNERS;
        let bits = self.bits("partner name", self.number);
        let name = if (self.seed, self.number) == (DEMO_SEED, 0) {
            "Demo partner".to_owned()
        } else {
            let number = u64::from(self.number) + 1;
            format!(
                "{} {} {number}",
                pick(first, bits),
                pick(second, bits >> 16)
            )
        };
        Partner {
            id: self.partner,
            name,
            created_at: moment(self.number),
            disabled_at: None,
        }
    }

    /// An admin's key for the sandbox.
    pub(super) fn test_key(&self) -> KeyText {
        KeyText::of(Mode::Test, &self.hash("test key", 0))
    }

    /// Its row; whose it is is known once there is a sandbox.
    pub(super) fn test_key_row(&self, sandbox: PartnerId) -> ApiKey {
        let text = self.test_key();
        ApiKey {
            id: self.id("test key", 0).into(),
            partner_id: sandbox,
            role: KeyRole::Admin,
            prefix: text.prefix(),
            hash: text.hash().to_vec(),
            created_at: moment(self.number),
            expires_at: None,
            revoked_at: None,
        }
    }

    /// The sandbox's id, if it is new.
    pub(super) fn sandbox_id(&self) -> PartnerId {
        self.id("sandbox", 0).into()
    }

    /// A key for every role of the contract. The key of a role stays the same whatever other
    /// roles there are.
    pub(super) fn keys(&self) -> Vec<(&'static str, KeyText)> {
        ROLES
            .iter()
            .map(|role| {
                let bits = self.hash(&format!("key of {}", role.name), 0);
                (role.name, KeyText::of(Mode::Live, &bits))
            })
            .collect()
    }

    pub(super) fn key_rows(&self) -> anyhow::Result<Vec<ApiKey>> {
        let row = |(number, (role, text)): (u32, (&'static str, KeyText))| {
            Ok(ApiKey {
                id: ApiKeyId::from(self.id(&format!("id of the key of {role}"), 0)),
                partner_id: self.partner,
                role: role.parse().with_context(|| {
                    format!("the contract's role {role} is none that the database can hold yet")
                })?,
                prefix: text.prefix(),
                hash: text.hash().to_vec(),
                created_at: moment(number),
                expires_at: None,
                revoked_at: None,
            })
        };
        (0..).zip(self.keys()).map(row).collect()
    }

    pub(super) fn users(&self) -> Vec<UserRow> {
        let row = |(number, (name, age, role)): (u32, &(&str, i32, Role))| {
            let username = name.to_lowercase().replace(' ', ".");
            UserRow {
                id: UserId::from(self.id("user", number)),
                partner_id: self.partner,
                email: format!("{username}@example.com"),
                username,
                age: Some(*age),
                role: *role,
                name: Some((*name).to_owned()),
                tags: Json(vec!["sample".to_owned()]),
                created_at: moment(number),
                updated_at: moment(number),
            }
        };
        (0..).zip(USERS).map(row).collect()
    }

    pub(super) fn categories(&self) -> Vec<CategoryRow> {
        let row = |(number, (name, slug, ..)): (u32, &Category)| CategoryRow {
            id: self.category_id(number),
            partner_id: self.partner,
            name: (*name).to_owned(),
            slug: (*slug).to_owned(),
            created_at: moment(number),
            updated_at: moment(number),
        };
        (0..).zip(CATEGORIES).map(row).collect()
    }

    /// The products of these numbers whose category is among `categories`.
    pub(super) fn products(
        &self,
        numbers: Range<u32>,
        stock: u32,
        categories: &[CategoryId],
    ) -> anyhow::Result<Vec<ProductRow>> {
        let stock = i32::try_from(stock).context("the stock is too large")?;
        let rows = numbers.filter_map(|number| self.product(number, stock));
        Ok(rows
            .filter(|row| categories.contains(&row.category_id))
            .collect())
    }

    pub(super) fn product_id(&self, number: u32) -> ProductId {
        self.id("product", number).into()
    }

    fn product(&self, number: u32, stock: i32) -> Option<ProductRow> {
        let bits = self.bits("product", number);
        let kinds = u32::try_from(CATEGORIES.len()).ok()?;
        let category = number.checked_rem(kinds)?;
        let (_, _, things, least, most) = CATEGORIES.get(usize::try_from(category).ok()?)?;
        // To ten cents, so that a price looks like one.
        let price = least + (bits >> 32).checked_rem(most - least)? / 10 * 10;
        let (style, thing) = (pick(STYLES, bits), pick(things, bits >> 16));
        Some(ProductRow {
            id: self.product_id(number),
            partner_id: self.partner,
            category_id: self.category_id(category),
            name: format!("{style} {thing} {}", u64::from(number) + 1),
            price_minor: i64::try_from(price).ok()?,
            stock,
            created_at: moment(number),
            updated_at: moment(number),
        })
    }

    fn category_id(&self, number: u32) -> CategoryId {
        self.id("category", number).into()
    }

    /// A version 7 UUID (RFC 9562, section 5.7) whose random bits are not random.
    fn id(&self, kind: &str, number: u32) -> Uuid {
        let millis = EPOCH + u64::from(number) * 1_000;
        let [a, b, c, d, e, f, g, h, i, j, ..] = self.hash(kind, number);
        Builder::from_unix_timestamp_millis(millis, &[a, b, c, d, e, f, g, h, i, j]).into_uuid()
    }

    /// Numbers to pick values by.
    fn bits(&self, kind: &str, number: u32) -> u64 {
        let [.., a, b, c, d, e, f, g, h] = self.hash(kind, number);
        u64::from_be_bytes([a, b, c, d, e, f, g, h])
    }

    fn hash(&self, kind: &str, number: u32) -> [u8; 32] {
        Sha256::new()
            .chain_update("concordat seed")
            .chain_update(self.seed.to_be_bytes())
            .chain_update(self.number.to_be_bytes())
            .chain_update(number.to_be_bytes())
            .chain_update(kind)
            .finalize()
            .into()
    }
}

/// When thing `number` of its kind was made.
fn moment(number: u32) -> Time {
    let micros = i64::try_from(EPOCH).unwrap_or_default() * 1_000 + i64::from(number) * 1_000_000;
    Time::from_micros(micros).unwrap_or_else(|| chrono::DateTime::UNIX_EPOCH.into())
}

/// One of the words.
fn pick<'a>(words: &[&'a str], bits: u64) -> &'a str {
    let index = usize::try_from(bits & 0xffff)
        .ok()
        .and_then(|bits| bits.checked_rem(words.len()));
    index
        .and_then(|index| words.get(index))
        .copied()
        .unwrap_or_default()
}
