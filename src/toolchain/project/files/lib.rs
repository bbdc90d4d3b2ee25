//! {{title}}: what answers the contract in `openapi.yaml`.

pub mod app;
pub mod config;
pub mod handlers;
