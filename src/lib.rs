//! The reference service of Concordat.

pub mod db;
pub mod ids;
pub mod repository;
pub mod schema;
