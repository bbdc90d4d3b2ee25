//! The commands that work on a database, as programs, on SQLite and on PostgreSQL.

#[path = "../support/cluster.rs"]
mod cluster;
#[expect(dead_code, reason = "these tests begin without tables")]
#[path = "../support/places.rs"]
mod places;
#[path = "../support/postgres.rs"]
mod postgres;

mod contract;
mod crash;
mod demo;
mod key;
mod migrate;
mod partner;
mod seed;
mod start;
mod support;
mod token;
