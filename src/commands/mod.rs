//! What each command does: the only place where the steps are put together.

mod build;
mod changes;
mod check;
mod gather;
mod net;
mod pack;
mod progress;
mod serve;
mod sites;
mod terminal;
mod theme;
mod themes;

pub use net::caught;

use std::process::ExitCode;

use crate::cli::{Cli, Command};

/// Runs a command. Gives 0 when all is well and 1 when problems were told; an error is for wrong usage or a failing disk.
pub fn run(cli: &Cli) -> anyhow::Result<ExitCode> {
    match &cli.command {
        Command::Build(options) => build::build(options),
        Command::Check(options) => check::check(options),
        Command::Pack(options) => pack::pack(options),
        Command::Changes(options) => changes::changes(options),
        Command::Serve(options) => serve::serve(options),
        Command::Theme(options) => theme::theme(options),
    }
}
