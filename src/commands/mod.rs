//! What each command does: the only place where the steps are put together.

mod add;
mod ask;
mod build;
mod changes;
mod check;
mod gather;
mod net;
mod new;
mod pack;
mod progress;
mod schema;
mod serve;
mod shell;
mod sites;
mod stamp;
mod terminal;
mod theme;
mod themes;
mod wardrobe;

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
        Command::New(options) => new::new(options),
        Command::Schema(options) => schema::schema(options),
        Command::Completions(options) => shell::completions(options),
        Command::Man(options) => shell::man(options),
    }
}
