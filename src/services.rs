//! Rules and transactions, where there are some to hold.

pub mod audit;
pub mod categories;
pub mod health;
pub mod housekeeping;
pub mod idempotency;
pub mod money;
pub mod orders;
pub mod pages;
pub mod posts;
pub mod problems;
pub mod products;
pub mod requests;
pub mod sandbox;
pub mod upstream;
pub mod users;
pub mod uses;
