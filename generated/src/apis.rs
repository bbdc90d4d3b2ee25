//! One module for each tag.

pub mod audit;
pub mod categories;
pub mod health;
pub mod orders;
pub mod posts;
pub mod products;
pub mod users;

pub use audit::*;
pub use categories::*;
pub use health::*;
pub use orders::*;
pub use posts::*;
pub use products::*;
pub use users::*;
