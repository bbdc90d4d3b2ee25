//! The reference service of Concordat.

pub mod app;
pub mod boundary;
pub mod cli;
pub mod commands;
pub mod config;
pub mod db;
pub mod docs;
pub mod error;
pub mod handlers;
pub mod ids;
pub mod keys;
pub mod logging;
pub mod outbound;
pub mod repository;
pub mod request_log;
pub mod schema;
pub mod services;
pub mod startup;
pub mod tokens;
pub mod toolchain;
