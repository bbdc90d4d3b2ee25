//! The commands as their users call them; those that work on a database on SQLite and on PostgreSQL.

#[path = "../support/cluster.rs"]
mod cluster;
#[expect(dead_code, reason = "these tests begin without tables")]
#[path = "../support/places.rs"]
mod places;
#[path = "../support/postgres.rs"]
mod postgres;

mod check;
mod contract;
mod crash;
mod demo;
mod key;
mod migrate;
mod mock;
mod partner;
mod proxy;
mod releases;
mod seed;
mod start;
mod support;
mod things;
mod token;
