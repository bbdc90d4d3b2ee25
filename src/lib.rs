//! The reference service of Concordat.

pub mod db;
pub mod ids;
pub mod repository;
pub mod schema;
pub mod app;
pub mod boundary;
pub mod cli;
pub mod commands;
pub mod config;
pub mod logging;

use axum::Router;

use crate::app::App;

/// The router of the application's operations.
pub fn router(_app: &App) -> Router {
    Router::new()
}
