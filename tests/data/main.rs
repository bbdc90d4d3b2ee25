//! The data layer on both databases.

#[path = "../support/backends.rs"]
mod backends;
#[expect(dead_code, reason = "these tests leave the server as it is")]
#[path = "../support/cluster.rs"]
mod cluster;
#[path = "../support/places.rs"]
mod places;
#[path = "../support/postgres.rs"]
mod postgres;

mod constraints;
mod factories;
mod idempotency;
mod isolation;
mod migrations;
mod pages;
mod rows;
mod sessions;
mod stock;
mod transactions;
mod urls;
