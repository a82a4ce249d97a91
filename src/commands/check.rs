//! `copebook check`.

use std::process::ExitCode;

use super::gather::gather;
use super::terminal::{exit, tell};
use crate::cli::Check;

/// Checks, and tells all problems.
pub(super) fn check(options: &Check) -> anyhow::Result<ExitCode> {
    let gathered = gather(options)?;
    tell(&gathered.told, &gathered.scope.sources, options.format)?;
    Ok(exit(gathered.stop()))
}
