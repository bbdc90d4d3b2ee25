//! Handlers: one file for each tag of the contract. They convert, call and answer.

mod categories;
mod health;
mod orders;
mod products;
mod users;

use axum::Router;

use crate::app::App;

/// A call, as handlers get it.
type Context = contract::Context<crate::boundary::Principal>;

/// Everything that is served: the contract's operations and their documentation.
pub fn router(app: &App) -> Router {
    contract::router(app.clone()).merge(crate::docs::router(
        contract::DOCUMENT_JSON,
        contract::DOCUMENT_TEXT,
    ))
}
