//! Finds what a name means: handouts, and the names of files that become addresses.

use super::fields::Problems;
use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::model::{HandoutId, Module, Slug};
use crate::source::{SourcePath, Span, Spanned};

/// The handouts that a curriculum has, by name.
pub struct HandoutNames<'a> {
    names: Vec<(String, &'a HandoutId)>,
    unread: &'a [SourcePath],
}

impl<'a> HandoutNames<'a> {
    /// The handouts of these modules. `unread` are the files of those that could not be read: they have been told already.
    pub fn of(modules: &'a [Module], unread: &'a [SourcePath]) -> Self {
        let names = modules.iter().flat_map(|module| &module.handouts).map(|handout| (handout.id.to_string(), &handout.id)).collect();
        Self { names, unread }
    }

    /// The handout that a name means: `grounding/five-senses`, or `five-senses` where only one module has it.
    pub fn find(&self, name: &Spanned<String>, problems: &mut Problems) -> Option<Spanned<HandoutId>> {
        let wanted = name.value.strip_suffix(".md").unwrap_or(&name.value);
        let found = |id: &HandoutId| Some(Spanned { value: id.clone(), span: name.span.clone() });
        if let Some((_, id)) = self.names.iter().find(|(known, _)| known == wanted) {
            return found(id);
        }
        if self.unread.iter().any(|file| wanted == format!("{}/{}", file.parent().name(), file.stem())) {
            return None;
        }
        let problem = Diagnostic::new(Code::UnknownHandout, name.span.clone(), format!("there is no handout `{}`", name.value));
        let alone: Vec<_> = self.names.iter().filter(|(_, id)| id.handout.as_str() == wanted).collect();
        let near = match alone.as_slice() {
            [(known, _), ..] => Some(known.as_str()),
            [] => nearest(wanted, self.names.iter().map(|(known, _)| known.as_str())),
        };
        problems.push(problem.help(match near {
            Some(near) => format!("did you mean `{near}`?"),
            None => {
                "write the module and the file without `.md`, such as `grounding/five-senses`; both must be listed (in curriculum.yml and module.yml)".into()
            }
        }));
        None
    }
}

/// A name as an address; one that cannot be one is told.
pub fn slug(name: &str, what: &str, span: Span, problems: &mut Problems) -> Option<Slug> {
    let slug = Slug::new(name);
    if slug.is_none() {
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
        problems.push(
            Diagnostic::new(Code::FileName, span, format!("the file `{}` does not begin with the number of its session", file.name()))
                .help(format!("call it `01-{}`, with its place in the course; a session that can stand anywhere has `elective: true`", file.name())),
        );
    }
    Some((slug, Some(number?)))
}
