//! `copebook pack`.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context as _;
use rayon::prelude::*;

use super::gather::{Gathered, Known, gather};
use super::progress::Progress;
use super::sites::{Asked, Sites};
use super::terminal::{exit, say, tell};
use super::themes::Themes;
use crate::audience::{Audience as _, Facilitator, Member};
use crate::cli::{Format, Pack};
use crate::diagnostic::Diagnostic;
use crate::model::Curriculum;
use crate::render::Output;
use crate::scan::{Leak, Scanner};
use crate::write::Writing;
use crate::{pack, render, site};

/// From how many bytes on a handout is too large for some portals and mailboxes.
const LARGE: usize = 2 * 1024 * 1024;

/// Checks, tells all problems, and packs each curriculum by itself where no error stops it.
pub(super) fn pack(options: &Pack) -> anyhow::Result<ExitCode> {
    let format = options.check.format;
    let mut progress = Progress::new(format, 3);
    let gathered = progress.step("reading and checking", || gather(&options.check))?;
    tell(&gathered.told, &gathered.scope.sources, format)?;
    if gathered.stop() {
        say("Nothing was packed: mend the errors first. What was packed before is as it was.")?;
        return Ok(exit(true));
    }
    let known = Known::default();
    let make = |curriculum| Packed::make(&gathered, curriculum, options.theme.as_deref(), &known);
    let made = progress.step("making the pages and packing them", || gathered.curricula.iter().map(make).collect::<anyhow::Result<Vec<_>>>())?;
    let (mut packs, mut leaks) = (Vec::new(), Vec::new());
    for made in made {
        match made {
            Ok(packed) => packs.push(packed),
            Err(found) => leaks.extend(found),
        }
    }
    if !leaks.is_empty() {
        tell(&leaks, &gathered.scope.sources, format)?;
        return Ok(exit(true));
    }
    let mut files: BTreeMap<String, &[u8]> = BTreeMap::new();
    for packed in &packs {
        files.extend(packed.files());
    }
    let folders: Vec<PathBuf> = gathered.scope.sources.curricula.iter().map(|folder| PathBuf::from(folder.to_string())).collect();
    let written = progress.step("writing", || {
        let writing = Writing::begin(&options.out, &folders)?;
        files.par_iter().try_for_each(|(file, bytes)| writing.put(file, bytes))?;
        writing.finish(None)
    })?;
    for packed in &packs {
        packed.describe()?;
    }
    say(&format!("{} files written, {} as they were, {} removed.", written.written, written.unchanged, written.removed))?;
    if format == Format::Text {
        let out = options.out.display();
        let mut stdout = std::io::stdout().lock();
        for packed in &packs {
            let handouts = (!packed.handouts.files().is_empty()).then(|| format!("{}/", packed.handouts_path()));
            for path in [packed.members_path(), packed.guide_path()].into_iter().chain(handouts) {
                writeln!(stdout, "{out}/{path}")?;
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// All that is handed over of a curriculum.
struct Packed {
    title: String,
    /// What the facilitators' files are called.
    name: String,
    /// What the members' files are called.
    members_name: String,
    members: Vec<u8>,
    guide: Vec<u8>,
    handouts: Output<Member>,
}

impl Packed {
    /// Makes and packs a curriculum. Gives the leaks instead when a text for facilitators is found in what is for members.
    fn make(gathered: &Gathered, curriculum: &Curriculum, theme: Option<&str>, known: &Known) -> anyhow::Result<Result<Self, Vec<Diagnostic>>> {
        let alone = std::slice::from_ref(curriculum);
        let asked = Asked { curricula: alone, listed: false, ..Asked::of(gathered, theme, known) };
        let sites = match Sites::of(&asked)? {
            Ok(sites) => sites,
            Err(leaks) => return Ok(Err(leaks)),
        };
        let handouts = match handouts(gathered, curriculum, theme, known)? {
            Ok(handouts) => handouts,
            Err(leaks) => return Ok(Err(leaks)),
        };
        let context = || format!("cannot pack {}", curriculum.title.value);
        let group = curriculum.running_group().map(|group| format!("-{}", group.name)).unwrap_or_default();
        Ok(Ok(Self {
            title: curriculum.title.value.clone(),
            name: format!("{}{group}", curriculum.slug),
            members_name: format!("{}{}", site::members_folder(curriculum), if curriculum.discreet { "" } else { &group }),
            members: pack::archive(&sites.members).with_context(context)?,
            guide: pack::archive(&sites.guide).with_context(context)?,
            handouts,
        }))
    }

    fn members_path(&self) -> String {
        format!("{0}/{1}-{0}.zip", Member::NAME, self.members_name)
    }

    fn guide_path(&self) -> String {
        format!("{0}/{1}-{0}.zip", Facilitator::NAME, self.name)
    }

    fn handouts_path(&self) -> String {
        format!("{}/{}-handouts", Member::NAME, self.members_name)
    }

    /// The files, by their ways from the folder of packs: a folder an audience, so that nobody hands over both by mistake.
    fn files(&self) -> Vec<(String, &[u8])> {
        let folder = self.handouts_path();
        let handouts = self.handouts.files().iter().map(|(name, bytes)| (format!("{folder}/{name}"), bytes.as_slice()));
        [(self.members_path(), self.members.as_slice()), (self.guide_path(), self.guide.as_slice())].into_iter().chain(handouts).collect()
    }

    /// Says what is what.
    fn describe(&self) -> anyhow::Result<()> {
        let handouts = self.handouts.files();
        say(&format!("{}: the members' site, the guide, handouts in a file each: {}.", self.title, handouts.len()))?;
        for (name, bytes) in handouts.iter().filter(|(_, bytes)| bytes.len() > LARGE) {
            let size = bytes.len() / 1024 / 1024;
            say(&format!(
                "{}/{name} has {size} MB, because its pictures are in it. Some portals take no file of that size: make the pictures smaller.",
                self.handouts_path()
            ))?;
        }
        Ok(())
    }
}

/// The handouts that are a file each, proved apart like the site itself.
fn handouts(gathered: &Gathered, curriculum: &Curriculum, theme: Option<&str>, known: &Known) -> anyhow::Result<Result<Output<Member>, Vec<Diagnostic>>> {
    let sources = &gathered.scope.sources;
    let alone = std::slice::from_ref(curriculum);
    let themes = Themes::read(theme, alone)?.value;
    // The site of this curriculum has been made with the same ones.
    let dressed = known.wardrobe.for_members(&themes, alone)?;
    // Pictures stand in these pages as letters and digits that no scan can read: only those are taken that the member site
    // has as files, whose bytes have been scanned.
    let urls = site::picture_urls(sources);
    let mut words = BTreeSet::new();
    let editions = curriculum.editions();
    let handouts = Output::<Member>::of(|take| {
        for (edition, theme) in [curriculum].into_iter().chain(&editions).zip(dressed.each.iter().flatten()) {
            let held = site::held_pictures(&site::members(edition, &urls, false, &std::sync::Arc::default()).pictures(), sources);
            let pages = site::single_handouts(edition, &held);
            render::pages_alone(&pages.pages, theme, take)?;
            words.extend(theme.words().map(str::to_owned));
        }
        Ok(())
    })?;
    let scanner = Scanner::new(alone, editions.iter(), words.iter().map(String::as_str), &known.passages);
    handouts.files().par_iter().for_each(|(name, bytes)| scanner.look(name, bytes));
    let scan = scanner.done();
    Ok(if scan.leaks.is_empty() { Ok(handouts) } else { Err(scan.leaks.iter().map(Leak::diagnostic).collect()) })
}
