//! The service through HTTP on both databases, every answer checked against the contract.

#[path = "../support/cluster.rs"]
mod cluster;
#[path = "../support/places.rs"]
mod places;
#[path = "../support/postgres.rs"]
mod postgres;
mod support;

mod abuse;
mod access;
mod admin;
mod audit;
mod boundary;
mod categories;
mod conditional;
mod conformance;
mod contents;
mod coverage;
mod examples;
mod faults;
mod health;
mod housekeeping;
mod idempotency;
mod identity;
mod isolation;
mod layers;
mod limits;
mod orders;
mod pages;
mod posts;
mod problems;
mod products;
mod queries;
mod races;
mod replay;
mod requests;
mod sandbox;
mod search;
mod sparse;
mod tokens;
mod upstream;
mod users;
