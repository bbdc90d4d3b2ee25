//! The commands that work on a database, as programs, on SQLite and on PostgreSQL.

#[path = "../support/cluster.rs"]
mod cluster;
#[expect(dead_code, reason = "these tests begin without tables")]
#[path = "../support/places.rs"]
mod places;
#[path = "../support/postgres.rs"]
mod postgres;
#[path = "../support/session.rs"]
mod session;

mod contract;
mod crash;
mod demo;
mod drain;
mod fleet;
mod holding;
mod key;
mod leaving;
mod load;
mod migrate;
mod new;
mod partner;
mod secrets;
mod seed;
mod shop;
mod sqlite;
mod start;
mod support;
mod token;
mod versions;
