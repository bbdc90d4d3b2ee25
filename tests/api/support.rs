//! What the tests stand on: the application, a client that checks every answer, factories.

mod answer;
mod app;
mod call;
pub mod cases;
mod clock;
pub mod contract;
mod factories;
pub mod issuer;
mod partner;
pub mod queries;
mod token;
mod upstream;

pub use answer::Answer;
pub use app::{TestApp, UnpreparedApp};
pub use call::{Call, Client};
pub use factories::{order_of, order_of_each};
pub use upstream::{OK, Reaction, Upstream};
