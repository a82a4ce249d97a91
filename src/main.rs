//! Runs copebook: exit code 0 when all is well, 1 when problems were told, 2 for wrong usage or a failing disk,
//! 70 for a mistake in copebook itself.

use std::io::Write as _;
use std::process::ExitCode;

use clap::Parser as _;
use copebook::cli::Cli;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let cli = Cli::parse();
    match copebook::commands::caught(|| copebook::commands::run(&cli)) {
        Ok(code) => code,
        // Whoever reads our output has stopped reading: a polite end.
        Err(error) if error.downcast_ref::<std::io::Error>().is_some_and(|e| e.kind() == std::io::ErrorKind::BrokenPipe) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "copebook: {}", copebook::report::visible(&copebook::report::faults::told(&error)));
            ExitCode::from(2)
        }
    }
}
