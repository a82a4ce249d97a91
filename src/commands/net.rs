//! The last net: should copebook itself be mistaken somewhere, its user is told so in plain words and loses nothing.

use std::io::Write as _;
use std::panic::{self, AssertUnwindSafe};
use std::process::ExitCode;
use std::sync::Once;

use crate::report;

/// The exit code for a mistake in copebook itself.
const MISTAKE: u8 = 70;

/// Does the work of a command. A mistake of copebook's own ends it with exit code 70 and words about it.
pub fn caught(work: impl FnOnce() -> anyhow::Result<ExitCode>) -> anyhow::Result<ExitCode> {
    // Pages are made by several hands at once; the first mistake is told, the others say no more.
    let told = Once::new();
    panic::set_hook(Box::new(move |mistake| told.call_once(|| tell(&mistake.to_string()))));
    let done = panic::catch_unwind(AssertUnwindSafe(work));
    drop(panic::take_hook());
    done.unwrap_or_else(|_| Ok(ExitCode::from(MISTAKE)))
}

fn tell(mistake: &str) {
    let _ = writeln!(
        std::io::stderr(),
        "copebook: this is a mistake in copebook, not in your files. No site is left half written.\n\
         Please report it, with the next lines and, if you can, the file that you changed last:\n{}",
        report::visible(mistake)
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mistake_is_caught_and_work_that_ends_well_is_left_alone() {
        assert_eq!(caught(|| Ok(ExitCode::from(1))).unwrap(), ExitCode::from(1));
        assert!(caught(|| anyhow::bail!("no disk")).is_err());
        let broken: Vec<u8> = Vec::new();
        assert_eq!(caught(|| Ok(ExitCode::from(broken[7]))).unwrap(), ExitCode::from(MISTAKE));
        // Also from the other hands.
        assert_eq!(caught(|| Ok(rayon::join(|| broken[7], || 0)).map(|(code, _)| ExitCode::from(code))).unwrap(), ExitCode::from(MISTAKE));
    }
}
