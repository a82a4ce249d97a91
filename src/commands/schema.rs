//! `copebook schema`.

use crate::cli::Schema;
use std::process::ExitCode;
pub(super) fn schema(_o: &Schema) -> anyhow::Result<ExitCode> {
    Ok(ExitCode::SUCCESS)
}
