//! What works on any OpenAPI document, whoever's contract it is.

pub mod changelog;
pub mod check;
pub mod compare;
pub mod document;
pub mod history;
pub mod html;
pub mod lint;
pub mod mock;
mod part;
pub mod project;
pub mod proxy;
pub mod reference;
pub mod report;
pub mod review;
pub mod traffic;
