//! `copebook check`.

use std::process::ExitCode;

use super::gather::gather;
use super::progress::Progress;
use super::terminal::{exit, tell};
use crate::cli::Check;

/// Checks, and tells all problems.
pub(super) fn check(options: &Check) -> anyhow::Result<ExitCode> {
    let gathered = Progress::new(options.format, 1).step("reading and checking", || gather(options))?;
    tell(&gathered.told, &gathered.scope.sources, options.format)?;
    Ok(exit(gathered.stop()))
}
