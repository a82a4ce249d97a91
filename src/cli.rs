//! The command line as typed. Decides nothing.

mod start;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

pub use start::{Completions, Man, New, NewCourse, NewHandout, NewModule, NewPart, NewSession, Schema};

/// One folder of YAML and Markdown in, two websites out: a facilitator guide and member handouts
#[derive(Parser, Debug)]
#[command(name = "copebook", version, max_term_width = 100, after_help = EXAMPLES)]
pub struct Cli {
    /// What to do
    #[command(subcommand)]
    pub command: Command,
}

const EXAMPLES: &str = "\
Examples:
  copebook new my-group        make a first curriculum in the folder my-group
  copebook serve my-group      show both sites while you write
  copebook check my-group      look for mistakes, and write nothing
  copebook build my-group      write both sites into the folder site

More on a command: copebook build --help";

const BUILD_EXAMPLES: &str = "\
Examples:
  copebook build                                 every curriculum in the folder curricula
  copebook build my-group --out my-site          one curriculum, into a folder of your own
  copebook build my-group --group first-group    with the dates of a group, my-group/groups/first-group.yml

While there is an error, the sites stay as they were. Keep site/facilitator to yourselves; site/members is for members.";

const CHECK_EXAMPLES: &str = "\
Examples:
  copebook check                      every curriculum in the folder curricula
  copebook check my-group --strict    exit with 1 for a warning too";

const PACK_EXAMPLES: &str = "\
Examples:
  copebook pack my-group                                              both sites as archives, each handout as one file
  copebook pack my-group --group first-group --out packed-first-group  only what that group has been given so far";

const SERVE_EXAMPLES: &str = "\
Example:
  copebook serve my-group --open    opens the browser; Ctrl-C ends it";

const THEME_EXAMPLES: &str = "\
Examples:
  copebook theme                  the themes that there are
  copebook theme calm my-theme    a small theme of your own that begins with calm";

const CHANGES_EXAMPLES: &str = "\
Example:
  copebook changes my-group-in-november my-group    what to print again since that copy was made";

/// What to do.
#[derive(Subcommand, Debug)]
pub enum Command {
    /// Check the curricula and write both sites
    #[command(after_help = BUILD_EXAMPLES)]
    Build(Build),
    /// Check the curricula and write nothing
    #[command(after_help = CHECK_EXAMPLES)]
    Check(CheckOnly),
    /// Pack both sites as archives to hand over, and each handout as one file to attach to a message
    #[command(after_help = PACK_EXAMPLES)]
    Pack(Pack),
    /// Tell what to print again and what to read again since an earlier version
    #[command(after_help = CHANGES_EXAMPLES)]
    Changes(Changes),
    /// Show both sites in a browser, and anew whenever a file is saved; nothing is written
    #[command(after_help = SERVE_EXAMPLES)]
    Serve(Serve),
    /// Make a theme of your own from one of copebook's; without a name, list those
    #[command(after_help = THEME_EXAMPLES)]
    Theme(Theme),
    /// Make a new curriculum, or a new session, module or handout in one
    New(Box<New>),
    /// Help an editor to know the source format
    Schema(Schema),
    /// Print what a shell needs to complete commands
    #[command(hide = true)]
    Completions(Completions),
    /// Print the manual page, or write a page for each command
    #[command(hide = true)]
    Man(Man),
}

/// Check the curricula and write both sites.
#[derive(Args, Debug)]
pub struct Build {
    /// What to check, and how to tell it
    #[command(flatten)]
    pub check: Check,
    /// The folder that the sites are written to
    #[arg(long, value_name = "DIR", default_value = "site")]
    pub out: PathBuf,
    /// The theme that both sites wear, by name or folder, whatever the curricula say
    #[arg(long, value_name = "NAME|DIR")]
    pub theme: Option<String>,
}

/// Pack both sites as archives to hand over, and each handout as one file to attach to a message.
#[derive(Args, Debug)]
pub struct Pack {
    /// What to check, and how to tell it
    #[command(flatten)]
    pub check: Check,
    /// The folder that the archives and files are written to
    #[arg(long, value_name = "DIR", default_value = "packed")]
    pub out: PathBuf,
    /// The theme that everything wears, by name or folder, whatever the curricula say
    #[arg(long, value_name = "NAME|DIR")]
    pub theme: Option<String>,
}

/// Tell what to print again and what to read again since an earlier version.
#[derive(Args, Debug)]
pub struct Changes {
    /// The earlier version: a copy of the folder of a curriculum, or of a folder of them
    pub old: PathBuf,
    /// The version of now
    pub new: PathBuf,
    /// How it is told
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
}

/// Check the curricula and write nothing.
#[derive(Args, Debug)]
pub struct CheckOnly {
    /// What to check, and how to tell it
    #[command(flatten)]
    pub check: Check,
    /// Check nothing, but tell what a rule means, with examples, and how to turn it off; without RULE, list all rules
    #[arg(long, value_name = "RULE", num_args = 0..=1, default_missing_value = "")]
    pub explain: Option<String>,
}

/// What to check, and how to tell it.
#[derive(Args, Debug)]
pub struct Check {
    /// A curriculum, or a folder of them [default: the folder `curricula`, else this folder]
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Take every warning as an error
    #[arg(long)]
    pub strict: bool,
    /// The group that the sites are made for: dates, place, and only what has been released to its members
    #[arg(long, value_name = "NAME")]
    pub group: Option<String>,
    /// How problems are told
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
}

/// Show both sites in a browser, and anew whenever a file is saved.
#[derive(Args, Debug)]
pub struct Serve {
    /// A curriculum, or a folder of them [default: the folder `curricula`, else this folder]
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// The port of the preview; where it is taken, the next free one
    #[arg(long, value_name = "NUMBER", default_value_t = 4321)]
    pub port: u16,
    /// Start the browser
    #[arg(long)]
    pub open: bool,
    /// The group that the sites are made for
    #[arg(long, value_name = "NAME")]
    pub group: Option<String>,
    /// The theme that both sites wear, by name or folder, whatever the curricula say
    #[arg(long, value_name = "NAME|DIR")]
    pub theme: Option<String>,
    /// The program in which "Open the file" opens it, such as "code --goto {file}:{line}" [default: the system's]
    #[arg(long, value_name = "COMMAND")]
    pub editor: Option<String>,
    /// Look for changes every second, for folders on a network drive
    #[arg(long)]
    pub poll: bool,
}

/// Make a theme of your own.
#[derive(Args, Debug)]
pub struct Theme {
    /// The theme to begin with [default: all are listed]
    #[arg(value_name = "NAME")]
    pub name: Option<String>,
    /// The folder to make; one with something in it is left alone
    #[arg(value_name = "DIR")]
    pub folder: Option<PathBuf>,
    /// Copy every file of it, instead of a small theme that extends it
    #[arg(long)]
    pub whole: bool,
}

/// How problems are told.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub enum Format {
    /// For people, with the line of the file
    Text,
    /// For programs
    Json,
}
