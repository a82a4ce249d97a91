//! `copebook completions` and `copebook man`: for those who install copebook.

use std::process::ExitCode;

use anyhow::{Context as _, bail};
use clap::CommandFactory as _;

use crate::cli::{Cli, Completions, Man};

/// Prints what a shell needs to complete commands.
pub(super) fn completions(options: &Completions) -> anyhow::Result<ExitCode> {
    let mut text = Vec::new();
    clap_complete::generate(options.shell, &mut Cli::command(), "copebook", &mut text);
    print(&text)
}

/// Prints the manual page, or writes a page for each command into a folder.
pub(super) fn man(options: &Man) -> anyhow::Result<ExitCode> {
    let Some(folder) = &options.folder else {
        let mut page = Vec::new();
        clap_mangen::Man::new(Cli::command()).render(&mut page)?;
        return print(&page);
    };
    if !folder.is_dir() {
        bail!("there is no folder {}", folder.display());
    }
    clap_mangen::generate_to(Cli::command(), folder).with_context(|| format!("cannot write into the folder {}", folder.display()))?;
    Ok(ExitCode::SUCCESS)
}

fn print(text: &[u8]) -> anyhow::Result<ExitCode> {
    std::io::Write::write_all(&mut std::io::stdout().lock(), text)?;
    Ok(ExitCode::SUCCESS)
}
