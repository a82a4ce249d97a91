//! Finds what a name means: handouts, and the names of files that become addresses.

use std::collections::{BTreeMap, BTreeSet};

use super::fields::Problems;
use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::model::{HandoutId, Module, Slug};
use crate::source::{SourcePath, Sources, Span, Spanned};

/// The handouts that a curriculum has, by name.
pub struct HandoutNames<'a> {
    names: Vec<(String, &'a HandoutId)>,
    /// The same, by the names of module and handout: a large course names thousands.
    by_name: BTreeMap<(&'a str, &'a str), &'a HandoutId>,
    unread: &'a [SourcePath],
    /// Modules that are there and that the curriculum does not name: their names, and the ways to them.
    unnamed: Vec<(String, String)>,
}

impl<'a> HandoutNames<'a> {
    /// The handouts of these modules. `unread` are the files of those that could not be read: they have been told already.
    pub fn of(modules: &'a [Module], unread: &'a [SourcePath]) -> Self {
        let ids = || modules.iter().flat_map(|module| &module.handouts).map(|handout| &handout.id);
        let by_name = ids().map(|id| ((id.module.as_str(), id.handout.as_str()), id)).collect();
        Self { names: ids().map(|id| (id.to_string(), id)).collect(), by_name, unread, unnamed: Vec::new() }
    }

    /// Adds the modules that were read and that the curriculum in `folder` does not name, for better advice.
    pub fn beside(mut self, modules: &[Module], folder: &SourcePath, sources: &Sources) -> Self {
        let folders = sources.texts.keys().filter(|file| file.name() == "module.yml").map(SourcePath::parent);
        let named: BTreeSet<&SourcePath> = modules.iter().map(|module| &module.folder).collect();
        let unnamed = folders.filter(|own| !named.contains(own));
        self.unnamed = unnamed.map(|own| (own.name().to_owned(), folder.way_to(&own))).collect();
        self
    }

    /// The handout that a name means: `grounding/five-senses`, or `five-senses` where only one module has it.
    pub fn find(&self, name: &Spanned<String>, problems: &mut Problems) -> Option<Spanned<HandoutId>> {
        let wanted = name.value.strip_suffix(".md").unwrap_or(&name.value);
        let found = |id: &HandoutId| Some(Spanned { value: id.clone(), span: name.span.clone() });
        if let Some(id) = wanted.split_once('/').and_then(|name| self.by_name.get(&name)) {
            return found(id);
        }
        // A folder stands for all that a module that is not there may hold.
        let is_unread = |file: &SourcePath| {
            if file.ending() == "md" { wanted == format!("{}/{}", file.parent().name(), file.stem()) } else { wanted.split('/').next() == Some(file.name()) }
        };
        if self.unread.iter().any(is_unread) {
            return None;
        }
        let problem = Diagnostic::new(Code::UnknownHandout, name.span.clone(), format!("there is no handout `{}`", name.value));
        // It is told; the one that was most likely meant takes its place, so that it is not told as unused as well.
        let near = self.near(wanted);
        let module = wanted.split_once('/').and_then(|(module, _)| self.unnamed.iter().find(|(name, _)| name == module));
        problems.push(problem.help(match (near, module) {
            (Some(near), _) => format!("did you mean `{near}`?"),
            (None, Some((name, way))) => format!("its module `{name}` is there, but not named: add `{way}` to `modules` in curriculum.yml"),
            (None, None) => {
                "write the module and the file without `.md`, such as `grounding/five-senses`; both must be listed (in curriculum.yml and module.yml)".into()
            }
        }));
        near.and_then(|near| self.names.iter().find(|(known, _)| known == near)).and_then(|(_, id)| found(id))
    }

    /// The handout that was most likely meant: the whole way to a file was written, its title, or the name with a slip.
    fn near(&self, wanted: &str) -> Option<&str> {
        let names = || self.names.iter().map(|(known, _)| known.as_str());
        let whole_way = names().find(|known| wanted.ends_with(&format!("/{known}")));
        whole_way.or_else(|| nearest(wanted, names())).or_else(|| {
            let last = wanted.rsplit('/').next().unwrap_or_default();
            let handout = nearest(last, self.names.iter().map(|(_, id)| id.handout.as_str()))?;
            self.names.iter().find(|(_, id)| id.handout.as_str() == handout).map(|(known, _)| known.as_str())
        })
    }
}

/// Whether a file's name is one that a program gave to a copy: `01-welcome (1)`, `01-welcome - Copy`, a conflict of two computers.
pub fn is_copy(stem: &str) -> bool {
    let stem = stem.to_lowercase();
    let number = stem.strip_suffix(')').and_then(|stem| stem.rsplit_once(" (")).is_some_and(|(_, inside)| inside.chars().all(|c| c.is_ascii_digit()));
    number
        || stem.ends_with(" - copy")
        || stem.ends_with(" copy")
        || ["conflicted copy", "sync-conflict", "case conflict"].iter().any(|mark| stem.contains(mark))
}

/// A name as an address; one that cannot be one is told.
pub fn slug(name: &str, what: &str, span: Span, problems: &mut Problems) -> Option<Slug> {
    let slug = Slug::new(name);
    let plain = name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'-' | b'_'));
    if slug.is_none() && plain && name.len() <= 64 && !name.starts_with(['-', '_']) && !name.is_empty() {
        problems.push(
            Diagnostic::new(Code::FileName, span, format!("{what} cannot be called `{name}`: computers and web servers keep this name for themselves"))
                .help(format!("give it another name, such as `{}`", Slug::suggest(name))),
        );
    } else if slug.is_none() {
        problems.push(
            Diagnostic::new(Code::FileName, span, format!("{what} cannot be called `{}`, since its name becomes a web address", name.escape_debug()))
                .help(format!("use small letters, digits and hyphens: `{}`", Slug::suggest(name))),
        );
    }
    slug
}

/// The address and number of a session, from its file's name.
pub fn session_name(file: &SourcePath, elective: bool, problems: &mut Problems) -> Option<(Slug, Option<u32>)> {
    let span = Span::of_file(file);
    let slug = slug(file.stem(), "a session's file", span.clone(), problems)?;
    if elective {
        return Some((slug, None));
    }
    let digits: String = file.stem().chars().take_while(char::is_ascii_digit).collect();
    let number = digits.parse::<u32>().ok().filter(|_| digits.len() <= 3);
    if number.is_none() {
        let rest = file.name().trim_start_matches(|c: char| c.is_ascii_digit()).trim_start_matches('-');
        let told = if digits.is_empty() { "does not begin with the number of its session" } else { "begins with a number of more than three digits" };
        problems.push(
            Diagnostic::new(Code::FileName, span, format!("the file `{}` {told}", file.name()))
                .help(format!("call it `01-{rest}`, with its place in the course; a session that can stand anywhere has `elective: true`")),
        );
    }
    Some((slug, Some(number?)))
}
