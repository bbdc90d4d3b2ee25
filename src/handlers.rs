//! Handlers: one file for each tag of the contract. They convert, call and answer.

mod admin;
mod audit;
mod categories;
mod conformance;
mod health;
mod orders;
mod posts;
mod problems;
mod products;
mod requests;
mod sandbox;
mod upstream;
mod users;

use crate::app::App;
use crate::boundary::{Inner, known_to_contract};
use crate::error::Error;
use crate::repository::idempotency::Request;
use crate::services::audit::Caller;
use crate::services::idempotency::Origin;

/// Turns the contract's word into the database's and back.
macro_rules! same_words {
    ($name:ident: $($word:ident),*) => {
        $crate::handlers::same_words!($name as $name: $($word),*);
    };
    ($name:ident as $told:ident: $($word:ident),*) => {
        impl From<models::$told> for $name {
            fn from(word: models::$told) -> Self {
                match word {
                    $(models::$told::$word => Self::$word,)*
                }
            }
        }

        impl From<$name> for models::$told {
            fn from(word: $name) -> Self {
                match word {
                    $($name::$word => Self::$word,)*
                }
            }
        }
    };
}

use same_words;

/// A call, as handlers get it.
type Context = contract::Context<crate::boundary::Principal>;

/// Everything that is served: the contract's operations and their documentation.
pub fn all(app: &App) -> Inner {
    let docs = crate::docs::router(contract::DOCUMENT_JSON, contract::DOCUMENT_TEXT);
    let service = contract::service(app.clone());
    let answer = move |trace: &_, request| service.answer(known_to_contract(trace), request);
    Inner::new(answer, docs)
}

/// The call under its `Idempotency-Key`, without which the boundary lets no such call through.
fn keyed(ctx: &Context) -> Result<Request<'_>, Error> {
    let key = ctx.idempotency.as_ref().ok_or_else(|| {
        Error::refused(
            contract::problems::MISSING_IDEMPOTENCY_KEY,
            "send an Idempotency-Key",
        )
    })?;
    Ok(Request {
        operation: ctx.operation.id,
        key: &key.key,
        fingerprint: &key.fingerprint,
    })
}

/// The `Idempotency-Replayed` header.
fn replayed(origin: Origin) -> Option<bool> {
    (origin == Origin::Replayed).then_some(true)
}

/// Whoever calls, as the audit log will name them; 401 for anonymous callers.
fn caller(ctx: &Context) -> Result<Caller, Error> {
    Ok(Caller {
        partner: ctx.principal.partner()?,
        actor: ctx.principal.actor(),
        trace_id: Some(ctx.trace_id.to_string()),
        ahead: ctx.principal.ahead(),
    })
}
