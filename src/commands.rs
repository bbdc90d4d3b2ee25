//! One file for each command of the program.

pub mod config;
pub mod healthcheck;
pub mod serve;
