//! One module for each tag.

pub mod categories;
pub mod health;
pub mod orders;
pub mod problems;
pub mod products;
pub mod users;

pub use categories::*;
pub use health::*;
pub use orders::*;
pub use problems::*;
pub use products::*;
pub use users::*;
