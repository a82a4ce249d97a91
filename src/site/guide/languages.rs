//! What members read in other languages, as the guide shows it: which there are, and each as a page.

use serde::Serialize;

use super::builder::{Builder, Given, Writer, handout_url, session_url};
use crate::model::{Curriculum, Handout, Module, SessionPlan, Standing, Title};
use crate::site::address::{self, Addresses};
use crate::site::blocks::{HandoutView, inline_all, maybe_block};
use crate::site::course::{common, context, standing};
use crate::site::view::Tongue;

/// A language in which members read something.
#[derive(Serialize)]
pub struct InLanguage {
    tongue: Tongue,
    /// Whether the page shows it in this language.
    here: bool,
    /// Where the guide shows it in this language; nothing where it is not translated.
    href: Option<String>,
    standing: Option<&'static str>,
    /// A code for the members' page in this language.
    pub code: Option<address::Code>,
}

/// The address in the guide of what stands at `url` in the curriculum's own language.
pub fn url_in(url: &str, language: &str) -> String {
    format!("{}.{language}.html", url.trim_end_matches(".html"))
}

impl Builder<'_> {
    /// In which languages members read a handout; `here` is the one that the page shows.
    pub fn handout_languages(&self, writer: &Writer<'_>, handout: &Handout, here: &str) -> Vec<InLanguage> {
        let title = |edition: &Curriculum| edition.handout(&handout.id).and_then(|(_, handout)| edition.standing(&handout.title));
        self.languages(writer, title, &handout_url(&handout.id), &Addresses::of(self.curriculum).handout(&handout.id), here)
    }

    /// In which languages members read the page of a session.
    pub fn session_languages(&self, writer: &Writer<'_>, session: &SessionPlan, here: &str) -> Vec<InLanguage> {
        let title = |edition: &Curriculum| edition.sessions.iter().find(|other| other.slug == session.slug).and_then(|other| edition.standing(&other.title));
        self.languages(writer, title, &session_url(session), &Addresses::of(self.curriculum).session(session), here)
    }

    fn languages(&self, writer: &Writer<'_>, stands: impl Fn(&Curriculum) -> Option<Standing>, url: &str, members_url: &str, here: &str) -> Vec<InLanguage> {
        if self.editions.is_empty() {
            return Vec::new();
        }
        let main = self.curriculum.language.as_str();
        let own = InLanguage { tongue: Tongue::of(main), here: main == here, href: Some(writer.href(url)), standing: None, code: None };
        let others = self.editions.iter().map(|edition| {
            let (language, stands) = (edition.language.as_str(), stands(edition));
            let there = stands != Some(Standing::Missing);
            InLanguage {
                tongue: Tongue::of(language),
                here: language == here,
                href: there.then(|| writer.href(&url_in(url, language))),
                standing: standing(stands),
                code: address::code(self.curriculum, &format!("{language}/{members_url}")).filter(|_| there),
            }
        });
        [own].into_iter().chain(others).collect()
    }

    /// A handout in another language, as its readers see it.
    pub fn handout_in(&self, writer: &mut Writer<'_>, edition: &Curriculum, module: &Module, handout: &Handout) -> Given {
        let own = HandoutPage {
            languages: self.handout_languages(writer, handout, &edition.language),
            course_title: self.curriculum.title.value.clone(),
            title: handout.title.value.clone(),
            tongue: Tongue::of(&edition.language),
            handout: Some(self.handout_view(writer, module, handout, 2)),
            session: None,
        };
        self.page_in(writer, &handout.title, &own)
    }

    /// What members read of a session in another language.
    pub fn session_in(&self, writer: &mut Writer<'_>, edition: &Curriculum, session: &SessionPlan) -> Given {
        let members = &session.members;
        let steps = edition.agenda(session).filter_map(|item| item.members.as_ref());
        let own = HandoutPage {
            languages: self.session_languages(writer, session, &edition.language),
            course_title: self.curriculum.title.value.clone(),
            title: session.title.value.clone(),
            tongue: Tongue::of(&edition.language),
            handout: None,
            session: Some(SessionView {
                summary_html: maybe_block(writer, members.summary.as_ref(), 2),
                steps: steps.map(|step| writer.block(step, 3)).collect(),
                goals: inline_all(writer, &members.goals),
                practice_html: maybe_block(writer, members.practice.as_ref(), 3),
            }),
        };
        self.page_in(writer, &session.title, &own)
    }

    fn page_in(&self, writer: &mut Writer<'_>, title: &Title, own: &HandoutPage) -> Given {
        let common = common(writer, self.curriculum, "language", &title.value, self.listed);
        ("guide/language.html", context(&common, own))
    }
}

#[derive(Serialize)]
struct HandoutPage {
    languages: Vec<InLanguage>,
    course_title: String,
    title: String,
    tongue: Tongue,
    handout: Option<HandoutView>,
    session: Option<SessionView>,
}

#[derive(Serialize)]
struct SessionView {
    summary_html: Option<String>,
    steps: Vec<String>,
    goals: Vec<String>,
    practice_html: Option<String>,
}
