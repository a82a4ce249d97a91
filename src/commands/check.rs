//! `copebook check`.

use std::io::Write as _;
use std::process::ExitCode;

use anyhow::anyhow;

use super::gather::gather;
use super::progress::Progress;
use super::terminal::{exit, tell};
use crate::cli::CheckOnly;
use crate::explain;

/// Checks, and tells all problems; or tells of the rules themselves.
pub(super) fn check(options: &CheckOnly) -> anyhow::Result<ExitCode> {
    if let Some(rule) = &options.explain {
        let text = if rule.is_empty() { explain::all() } else { explain::one(rule).map_err(|message| anyhow!(message))? };
        std::io::stdout().lock().write_all(text.as_bytes())?;
        return Ok(ExitCode::SUCCESS);
    }
    let options = &options.check;
    let gathered = Progress::new(options.format, 1).step("reading and checking", || gather(options))?;
    tell(&gathered.told, &gathered.scope.sources, options.format)?;
    Ok(exit(gathered.stop()))
}
