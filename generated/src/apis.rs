//! One module for each tag.

pub mod admin;
pub mod audit;
pub mod categories;
pub mod conformance;
pub mod health;
pub mod orders;
pub mod posts;
pub mod problems;
pub mod products;
pub mod requests;
pub mod sandbox;
pub mod upstream;
pub mod users;

pub use admin::*;
pub use audit::*;
pub use categories::*;
pub use conformance::*;
pub use health::*;
pub use orders::*;
pub use posts::*;
pub use problems::*;
pub use products::*;
pub use requests::*;
pub use sandbox::*;
pub use upstream::*;
pub use users::*;
