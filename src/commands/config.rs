//! `concordat config`: what the process would run with.

use std::io::{Write, stdout};

use crate::config::Settings;

/// Prints every setting, secrets redacted.
pub fn run(settings: &Settings) -> anyhow::Result<()> {
    Ok(write!(stdout().lock(), "{settings}")?)
}
