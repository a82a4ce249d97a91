//! Links and pictures: they lead somewhere that the readers of the text may go.

use std::collections::{BTreeMap, BTreeSet};

use crate::audience::{Facilitator, Reader};
use crate::diagnostic::{Code, nearest, nearest_path};
use crate::link::{Destination, decoded, where_to};
use crate::markdown::{Found, HeadingNames, look};
use crate::model::{Block, Curriculum};
use crate::source::{SourcePath, Sources, Text};
use crate::texts::each_block_text;

/// A kind of problem, what is wrong, and what to do.
pub type Told = (Code, String, String);

/// What is wrong with a picture.
pub fn picture_problem(address: &str, words: &str, text: &Text, sources: &Sources) -> Option<Told> {
    let folder = text.span.file.parent();
    match where_to(address) {
        Destination::Elsewhere => Some((
            Code::RemotePicture,
            "this picture would be loaded from another website, which would learn who reads the page".into(),
            "save the picture in the folder `assets`, and link to it there: `![what it shows](assets/picture.png)`".into(),
        )),
        Destination::Refused if address.is_empty() => {
            Some((Code::LinkAddress, "this picture has no address".into(), "write the way to it from this file: `../assets/picture.png`".into()))
        }
        Destination::Refused if address.contains('\\') && !address.contains(':') => Some((
            Code::LinkAddress,
            format!("`{address}` has a backslash, which means something else on the web"),
            format!("write a slash instead: `{}`", address.replace('\\', "/")),
        )),
        Destination::Refused | Destination::Here(_) => {
            Some((Code::LinkAddress, format!("`{address}` is not the way to a picture"), "write the way to it from this file: `../assets/picture.png`".into()))
        }
        Destination::File(..) => {
            let path = folder.join(&decoded(address));
            // One that could not be read has been told.
            if sources.unread.contains(&path) {
                return None;
            }
            if !sources.pictures.contains_key(&path) {
                let near = nearest_path(&path, sources.pictures.keys());
                let help = near.map_or_else(
                    || "put it there, or mend the way to it; it is a png, jpg, webp, gif or svg".to_owned(),
                    |near| format!("did you mean `{}`?", folder.way_to(near)),
                );
                return Some((Code::MissingPicture, format!("there is no picture {path}"), help));
            }
            words.trim().is_empty().then(|| {
                (
                    Code::PictureWithoutText,
                    "this picture has no words for those who cannot see it".into(),
                    format!("say what it shows between the square brackets: `![Hands around a warm cup]({address})`"),
                )
            })
        }
    }
}

/// What is wrong with an address that copebook does not allow in a link.
fn refused(address: &str) -> Told {
    if address.trim().is_empty() {
        return (Code::LinkAddress, "this link has no address".into(), "write it between the round brackets: `[words](five-senses.md)`".into());
    }
    if let Some(rest) = address.strip_prefix("//") {
        return (Code::LinkAddress, format!("`{address}` is not a whole address"), format!("write it whole: `https://{rest}`"));
    }
    if address.contains('\\') && !address.contains(':') {
        return (
            Code::LinkAddress,
            format!("`{address}` has a backslash, which means something else on the web"),
            format!("write a slash instead: `{}`", address.replace('\\', "/")),
        );
    }
    let help = "use an address that begins with https:, http:, mailto:, tel: or sms:, or the way from this file to a handout: `../grounding/five-senses.md`";
    (Code::LinkAddress, format!("`{address}` is not an address that copebook allows in a link"), help.into())
}

/// Whether an address without `https:` was most likely meant for the web: `www.example.org`, `example.org/help`.
fn is_like_web(address: &str) -> bool {
    let host = address.split('/').next().unwrap_or_default();
    let last = host.rsplit('.').next().unwrap_or_default();
    host.starts_with("www.") || host.contains('.') && matches!(last, "org" | "com" | "net" | "edu" | "gov" | "info" | "uk" | "ca" | "de" | "eu" | "io" | "int")
}

/// The pages that a text may link to, and the headings on them.
pub struct Pages<'c> {
    curriculum: &'c Curriculum,
    for_members: BTreeMap<&'c SourcePath, &'c [Block]>,
    for_facilitators: BTreeSet<SourcePath>,
    /// The headings of those pages to which a link with `#` leads: few links have one, so they are read when one is met.
    headings: BTreeMap<SourcePath, BTreeSet<String>>,
}

impl<'c> Pages<'c> {
    /// The pages of a curriculum.
    pub fn of(curriculum: &'c Curriculum) -> Self {
        let handouts = curriculum.handouts().map(|(_, handout)| (&handout.file, handout.blocks.as_slice()));
        let pages = curriculum.pages.iter().map(|page| (&page.file, page.blocks.as_slice()));
        let guide = curriculum.guide.iter().map(|page| page.file.clone());
        let sessions = curriculum.sessions.iter().map(|session| session.file.clone());
        let modules = curriculum.modules.iter().map(|module| module.folder.join("module.yml"));
        Self {
            curriculum,
            for_members: handouts.chain(pages).collect(),
            for_facilitators: guide.chain(sessions).chain(modules).collect(),
            headings: BTreeMap::new(),
        }
    }

    /// What is wrong with a link in a text.
    pub fn link_problem(&mut self, address: &str, text: &Text, for_members: bool, sources: &Sources) -> Option<Told> {
        // The headings of a page are kept under the file that its translations translate.
        let own = &text.span.file.original();
        match where_to(address) {
            Destination::Elsewhere => None,
            Destination::Refused => Some(refused(address)),
            Destination::Here(anchor) => self.anchor_problem(own, &anchor),
            Destination::File(path, anchor) => {
                let target = own.parent().join(&path);
                // What stands in a file that could not be read is unknown; its own problems have been told.
                if self.curriculum.unread.contains(&target) {
                    return None;
                }
                if let Some(module) = other_module(&target, sources).filter(|_| !self.for_members.contains_key(&target)) {
                    return Some((
                        Code::LinkLeftOut,
                        format!("this link leads to a handout that {} does not use, so readers see its words without the link", self.curriculum.title.value),
                        format!("add the module {module} to `modules` in curriculum.yml, or leave it so"),
                    ));
                }
                if self.for_members.contains_key(&target) || (!for_members && self.for_facilitators.contains(&target)) {
                    return anchor.and_then(|anchor| self.anchor_problem(&target, &anchor));
                }
                if self.for_facilitators.contains(&target) {
                    return Some((
                        Code::BrokenLink,
                        format!("members cannot open {target}: it is for facilitators"),
                        "link to a handout, or take the link away".into(),
                    ));
                }
                let known = self.for_members.keys().copied().chain(self.for_facilitators.iter().filter(|_| !for_members));
                let help = match nearest_path(&target, known) {
                    _ if address.contains('@') => format!("an address of e-mail begins with mailto: `mailto:{address}`"),
                    _ if is_like_web(address) => format!("an address of the web begins with https: `https://{address}`"),
                    Some(near) => format!("did you mean `{}`?", own.parent().way_to(near)),
                    None => "write the way from this file to the `.md` file of a handout that this curriculum uses: `../grounding/five-senses.md`".into(),
                };
                Some((Code::BrokenLink, format!("this link leads to {target}, which is not a page of this curriculum"), help))
            }
        }
    }

    fn anchor_problem(&mut self, file: &SourcePath, anchor: &str) -> Option<Told> {
        if !self.headings.contains_key(file) {
            self.headings.insert(file.clone(), self.headings_of(file));
        }
        let headings = self.headings.get(file)?;
        if headings.contains(&format!("s-{anchor}")) {
            return None;
        }
        let names: Vec<&str> = headings.iter().filter_map(|name| name.strip_prefix("s-")).collect();
        // To compare with thousands takes long, and a page of so many headings is no page.
        let help = match nearest(anchor, names.iter().copied().take(500)) {
            Some(near) => format!("did you mean `#{near}`?"),
            None if names.is_empty() => "link to the page without what stands after `#`".into(),
            None => format!("its headings are {}", names.iter().take(12).map(|name| format!("`#{name}`")).collect::<Vec<_>>().join(", ")),
        };
        Some((Code::BrokenAnchor, format!("there is no heading `#{anchor}` in {file}"), help))
    }

    /// The names of the headings on a page.
    fn headings_of(&self, file: &SourcePath) -> BTreeSet<String> {
        let reader = Reader::<Facilitator>::new();
        let mut texts: Vec<&str> = Vec::new();
        if let Some(page) = self.curriculum.guide.iter().find(|page| page.file == *file) {
            texts.push(&reader.open(&page.body).value);
        } else if let Some(blocks) = self.for_members.get(file) {
            each_block_text(blocks, &mut |prose| texts.push(&reader.open(prose).value));
        }
        let mut names = HeadingNames::default();
        let headings = texts.into_iter().flat_map(look).filter_map(|(found, _)| match found {
            Found::Heading(_, text) => Some(names.next(&text)),
            _ => None,
        });
        headings.collect()
    }
}

/// The folder of the module that a handout belongs to, when the file is one.
fn other_module(file: &SourcePath, sources: &Sources) -> Option<SourcePath> {
    let folder = file.parent();
    let is_handout = file.ending() == "md" && sources.text(file).is_some() && sources.text(&folder.join("module.yml")).is_some();
    is_handout.then_some(folder)
}
