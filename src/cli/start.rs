//! The flags of the commands that make something new for an author, and for her editor and her shell.

use std::path::PathBuf;

use clap::{Args, Subcommand};

/// Make a new curriculum, or a new session, module or handout in one.
#[derive(Args, Debug)]
#[command(args_conflicts_with_subcommands = true, after_help = NEW_EXAMPLES)]
pub struct New {
    /// A part of a curriculum that is there
    #[command(subcommand)]
    pub part: Option<NewPart>,
    /// A new curriculum
    #[command(flatten)]
    pub course: NewCourse,
}

const NEW_EXAMPLES: &str = "\
Examples:
  copebook new my-group                 a new curriculum in the folder my-group; asks six questions
  copebook new session my-group         the next session of that curriculum
  copebook new ./session                a new curriculum in a folder that is called session

What you give with a flag is not asked. Nothing is asked where no one can answer, and nothing is ever written over.";

/// A new curriculum.
#[derive(Args, Debug)]
pub struct NewCourse {
    /// The folder to make; it may be there if it is empty
    #[arg(value_name = "DIR")]
    pub folder: Option<PathBuf>,
    /// Its name
    #[arg(long)]
    pub title: Option<String>,
    /// The code of its language, such as `en` or `es`
    #[arg(long, value_name = "CODE")]
    pub language: Option<String>,
    /// How long a session takes
    #[arg(long, value_name = "MINUTES")]
    pub session_minutes: Option<String>,
    /// Whom it is for, in a few words
    #[arg(long = "for", value_name = "WORDS")]
    pub for_whom: Option<String>,
    /// The crisis line that your members can call
    #[arg(long, value_name = "NAME")]
    pub crisis_name: Option<String>,
    /// The number of the crisis line
    #[arg(long, value_name = "NUMBER", allow_hyphen_values = true)]
    pub crisis_call: Option<String>,
    /// When someone answers there, such as `day and night`
    #[arg(long, value_name = "WORDS")]
    pub crisis_hours: Option<String>,
}

/// A new part of a curriculum.
#[derive(Subcommand, Debug)]
pub enum NewPart {
    /// The next session
    Session(NewSession),
    /// A module with its first handout
    Module(NewModule),
    /// A handout in a module
    Handout(NewHandout),
}

/// The next session.
#[derive(Args, Debug)]
#[command(after_help = "\
Example:
  copebook new session my-group --title \"Sleep\" --minutes 60

The number is the next one that is free. The file is then yours to change.")]
pub struct NewSession {
    /// The curriculum [default: the one that you are in]
    #[arg(value_name = "PATH")]
    pub path: Option<PathBuf>,
    /// Its name
    #[arg(long)]
    pub title: Option<String>,
    /// How long its own agenda takes, without what opens and closes every session
    #[arg(long)]
    pub minutes: Option<String>,
    /// What it is about, in a sentence that members read
    #[arg(long, value_name = "WORDS")]
    pub summary: Option<String>,
    /// The handout that it gives out, such as `grounding/five-senses`
    #[arg(long, value_name = "MODULE/HANDOUT")]
    pub handout: Option<String>,
    /// What members do until next time
    #[arg(long, value_name = "WORDS")]
    pub practice: Option<String>,
}

/// A module with its first handout.
#[derive(Args, Debug)]
#[command(after_help = "\
Example:
  copebook new module my-group --title \"Sleep\" --handout-title \"Better nights\"

It is added to the list `modules` in curriculum.yml.")]
pub struct NewModule {
    /// The curriculum [default: the one that you are in]
    #[arg(value_name = "PATH")]
    pub path: Option<PathBuf>,
    /// Its name
    #[arg(long)]
    pub title: Option<String>,
    /// What it teaches, in a sentence that members read
    #[arg(long, value_name = "WORDS")]
    pub summary: Option<String>,
    /// What it is for, for facilitators
    #[arg(long, value_name = "WORDS")]
    pub purpose: Option<String>,
    /// The name of its first handout
    #[arg(long, value_name = "TITLE")]
    pub handout_title: Option<String>,
}

/// A handout in a module.
#[derive(Args, Debug)]
#[command(after_help = "\
Example:
  copebook new handout my-group --module settling --title \"Cold water\" --worksheet no

It is added to the list `handouts` in the module.yml of its module.")]
pub struct NewHandout {
    /// The curriculum [default: the one that you are in]
    #[arg(value_name = "PATH")]
    pub path: Option<PathBuf>,
    /// Its name
    #[arg(long)]
    pub title: Option<String>,
    /// The module that it belongs to: the name of its folder
    #[arg(long, value_name = "NAME")]
    pub module: Option<String>,
    /// What it is, in a sentence that members read
    #[arg(long, value_name = "WORDS")]
    pub summary: Option<String>,
    /// How many minutes it takes
    #[arg(long)]
    pub minutes: Option<String>,
    /// Whether it has a worksheet
    #[arg(long, value_name = "yes|no")]
    pub worksheet: Option<String>,
}

/// Help an editor to know the source format.
#[derive(Args, Debug)]
#[command(after_help = "\
Example:
  copebook schema my-group      then open the folder my-group in VS Code

VS Code with the extension YAML (redhat.vscode-yaml) then offers the keys, says what each is for, and underlines slips.
Your own settings are never written over: where there are some, you are shown what to add.")]
pub struct Schema {
    /// The folder that you open in your editor
    #[arg(value_name = "DIR", default_value = ".")]
    pub folder: PathBuf,
}

/// Print what a shell needs to complete commands.
#[derive(Args, Debug)]
#[command(after_help = "\
Example:
  copebook completions bash > ~/.local/share/bash-completion/completions/copebook")]
pub struct Completions {
    /// The shell
    #[arg(value_name = "SHELL")]
    pub shell: clap_complete::Shell,
}

/// Print the manual page, or write a page for each command.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  copebook man > copebook.1                  the page of copebook itself
  copebook man ~/.local/share/man/man1       that and a page for each command")]
pub struct Man {
    /// The folder for the pages
    #[arg(value_name = "DIR")]
    pub folder: Option<PathBuf>,
}
