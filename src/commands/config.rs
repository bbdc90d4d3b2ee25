//! `concordat config`: what the process would run with.

use super::print;
use crate::config::Settings;

/// Prints every setting, secrets redacted.
pub fn run(settings: &Settings) -> anyhow::Result<()> {
    print(|out| write!(out, "{settings}"))
}
