//! The service through HTTP on both databases, every answer checked against the contract.

#[path = "../support/places.rs"]
mod places;
#[path = "../support/postgres.rs"]
mod postgres;
mod support;

mod access;
mod audit;
mod boundary;
mod categories;
mod contents;
mod coverage;
mod examples;
mod health;
mod idempotency;
mod isolation;
mod layers;
mod limits;
mod orders;
mod pages;
mod posts;
mod products;
mod races;
mod search;
mod users;
