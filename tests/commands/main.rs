//! The commands as their users call them; those that work on a database on SQLite and on PostgreSQL.

#[path = "../support/cluster.rs"]
mod cluster;
#[expect(dead_code, reason = "these tests begin without tables")]
#[path = "../support/places.rs"]
mod places;
#[path = "../support/postgres.rs"]
mod postgres;
#[path = "../support/session.rs"]
mod session;

mod check;
mod contract;
mod crash;
mod crowd;
mod demo;
mod drain;
mod fleet;
mod holding;
mod key;
mod leaving;
mod load;
mod migrate;
mod mock;
mod new;
mod partner;
mod patience;
mod proxy;
mod releases;
mod secrets;
mod seed;
mod shop;
mod sqlite;
mod start;
mod support;
mod things;
mod token;
mod upgrade;
mod versions;
