//! What an author says of the rules: which of them do not fit her course, and why.

use super::Curriculum;
use crate::audience::{Facilitator, Prose};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::source::SourcePath;

/// How a rule is set.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum RuleIs {
    /// What it finds is not told.
    Off,
    /// What it finds is told, and is a warning under `--strict` too.
    Warn,
}

impl RuleIs {
    /// Each word in authors' files with its meaning.
    pub const WORDS: &'static [(&'static str, RuleIs)] = &[("off", Self::Off), ("warn", Self::Warn)];

    /// The word in authors' files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Warn => "warn",
        }
    }
}

/// One rule as the author sets it.
#[derive(Clone, Debug)]
pub struct RuleSetting {
    /// The rule.
    pub rule: Code,
    /// How it is set.
    pub is: RuleIs,
    /// The files that are meant; all of them where there are none.
    pub files: Vec<SourcePath>,
    /// Why: a supervisor reads it on the guide's health page.
    pub because: Prose<Facilitator>,
}

impl Curriculum {
    /// The problems of this curriculum as its own settings grade them.
    pub fn heed(&self, problems: Vec<Diagnostic>) -> Vec<Diagnostic> {
        problems.into_iter().filter_map(|problem| self.heeded(problem)).collect()
    }

    fn heeded(&self, mut problem: Diagnostic) -> Option<Diagnostic> {
        let is_meant = |setting: &&RuleSetting| setting.rule == problem.code && (setting.files.is_empty() || setting.files.contains(&problem.span.file));
        match self.checks.iter().find(is_meant).map(|setting| setting.is) {
            // Settings for such rules are refused when they are read; this is the second lock.
            Some(_) if problem.severity == Severity::Error || problem.code.stays_on_because().is_some() => {}
            Some(RuleIs::Off) => return None,
            Some(RuleIs::Warn) => problem.stays_warning = true,
            None => {}
        }
        Some(problem)
    }
}
