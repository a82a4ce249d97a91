//! What every page of a curriculum is given, on both sites.

use serde::Serialize;

use super::calendar;
use crate::audience::{Audience, MayRead, Member};
use crate::model::{Block, CrisisLine, Curriculum, Date, RunningGroup, Standing, holds};

use super::view::{PageWriter, Tongue, direction};

/// What every page is given.
#[derive(Serialize)]
pub struct Common {
    root: String,
    /// The way to the files that all languages of a site share: styles, scripts, pictures.
    shared: String,
    lang: String,
    dir: &'static str,
    /// The languages in which this page stands; none where there is one only.
    languages: Vec<LanguageView>,
    course: CourseView,
    page: PageView,
    crisis: Vec<CrisisView>,
}

#[derive(Serialize)]
struct LanguageView {
    lang: String,
    dir: &'static str,
    href: String,
    /// Whether it is that of this page.
    here: bool,
    /// Whether it is that of the main files.
    main: bool,
}

#[derive(Serialize)]
struct CourseView {
    title: String,
    tongue: Option<Tongue>,
    summary_html: Option<String>,
    root_href: Option<String>,
    discreet: bool,
    group: Option<GroupView>,
}

/// The group that a site is made for: what both audiences may know of it.
#[derive(Serialize)]
struct GroupView {
    name: String,
    from: Option<String>,
    to: Option<String>,
    place_html: Option<String>,
    contact_html: Option<String>,
    facilitators: Vec<String>,
    /// The address of its calendar, from the root of the site.
    calendar: Option<&'static str>,
}

impl GroupView {
    fn of<V: Audience + MayRead<Member>>(writer: &mut PageWriter<'_, V>, group: &RunningGroup) -> Self {
        Self {
            name: group.name.to_string(),
            from: group.time.map(|time| clock(time.from)),
            to: group.time.and_then(|time| time.to).map(clock),
            place_html: group.place.as_ref().map(|place| writer.inline(place)),
            contact_html: group.contact.as_ref().map(|contact| writer.inline(contact)),
            facilitators: group.facilitators.clone(),
            calendar: group.day(0).map(|_| calendar::URL),
        }
    }
}

/// A day, for templates to say in words.
#[derive(Serialize)]
pub struct DayView {
    date: String,
    /// 0 for Monday.
    weekday: u32,
}

impl From<Date> for DayView {
    fn from(date: Date) -> Self {
        Self { date: date.to_string(), weekday: date.weekday() }
    }
}

/// Minutes as `1:05`: since midnight, or since the start of a session.
pub fn clock(minutes: u32) -> String {
    format!("{}:{:02}", minutes / 60, minutes % 60)
}

#[derive(Serialize)]
struct PageView {
    kind: &'static str,
    title: String,
    full_title: String,
    /// Where its text is not there in the readers' language, or is from an earlier text: `missing`, `outdated`.
    standing: Option<&'static str>,
    /// Whether something on the page can be filled in.
    has_worksheet: bool,
    /// Whether a breath can be followed on the page.
    has_breath: bool,
}

#[derive(Serialize, PartialEq)]
struct CrisisView {
    name: String,
    call: Option<String>,
    call_href: Option<String>,
    text: Option<String>,
    /// The word to send, for a line that answers to one.
    text_word: Option<String>,
    text_href: Option<String>,
    web: Option<String>,
    hours: Option<String>,
    /// The language of its words, where that is not the page's.
    tongue: Option<Tongue>,
}

impl CrisisView {
    fn of(line: &CrisisLine, tongue: Option<Tongue>) -> Self {
        let dial = |scheme: &str, number: &str| {
            format!("{scheme}:{}", number.chars().filter(|c| c.is_ascii_digit() || matches!(c, '+' | '*' | '#')).collect::<String>())
        };
        let value = |text: &Option<crate::source::Spanned<String>>| text.as_ref().map(|text| text.value.clone());
        let (word, text) = line.text.as_ref().map(|text| CrisisLine::word_and_number(&text.value)).unzip();
        let word = word.flatten();
        Self {
            name: line.name.value.clone(),
            call_href: line.call.as_ref().map(|number| dial("tel", &number.value)),
            call: value(&line.call),
            text_href: text.map(|number| match word {
                Some(word) => format!("{}?body={word}", dial("sms", number)),
                None => dial("sms", number),
            }),
            text: text.map(str::to_owned),
            text_word: word.map(str::to_owned),
            web: value(&line.web),
            hours: value(&line.hours),
            tongue,
        }
    }
}

/// What the page of a kind and title is given. `listed` says that the site has a list of curricula above this one.
pub fn common<V: Audience + MayRead<Member>>(writer: &mut PageWriter<'_, V>, curriculum: &Curriculum, kind: &'static str, title: &str, listed: bool) -> Common {
    let course = &curriculum.title.value;
    let full_title = if title == course { title.to_owned() } else { format!("{title} – {course}") };
    let crisis = curriculum.crisis_lines().map(|line| CrisisView::of(line, writer.tongue(&line.hours.as_ref().unwrap_or(&line.name).span.file))).collect();
    let languages = writer.languages().into_iter().map(|(language, href, here)| LanguageView {
        lang: language.to_owned(),
        dir: direction(language),
        href,
        here,
        main: language == curriculum.main_language(),
    });
    Common {
        languages: languages.collect(),
        root: writer.root().to_owned(),
        shared: writer.shared(),
        dir: direction(&curriculum.language),
        lang: curriculum.language.clone(),
        course: CourseView {
            title: course.clone(),
            tongue: writer.tongue(&curriculum.title.span.file),
            summary_html: curriculum.summary.as_ref().map(|summary| writer.inline(summary)),
            root_href: listed.then(|| format!("{}../index.html", writer.shared())),
            discreet: curriculum.discreet,
            group: curriculum.running_group().map(|group| GroupView::of(writer, group)),
        },
        page: PageView { kind, title: title.to_owned(), full_title, standing: None, has_worksheet: false, has_breath: false },
        crisis,
    }
}

/// How a page stands in its readers' language, as templates are told it.
pub fn standing(standing: Option<Standing>) -> Option<&'static str> {
    standing.map(|standing| match standing {
        Standing::Missing => "missing",
        Standing::Outdated => "outdated",
    })
}

impl Common {
    /// Says how the page stands in its readers' language.
    #[must_use]
    pub fn standing(mut self, stands: Option<Standing>) -> Self {
        self.page.standing = standing(stands);
        self
    }

    /// Says what is on the page that needs a script of its own.
    #[must_use]
    pub fn with(mut self, blocks: &[Block]) -> Self {
        self.page.has_worksheet |= holds(blocks, &|block| matches!(block, Block::Worksheet(_)));
        self.page.has_breath |= holds(blocks, &|block| matches!(block, Block::Breathe { .. }));
        self
    }
}

/// What the page that lists the curricula is given: the crisis lines are those of all of them, each once.
pub fn common_of_list(language: &str, curricula: &[Curriculum]) -> Common {
    let mut crisis: Vec<CrisisView> = Vec::new();
    for line in curricula.iter().flat_map(Curriculum::crisis_lines).map(|line| CrisisView::of(line, None)) {
        if !crisis.contains(&line) {
            crisis.push(line);
        }
    }
    Common {
        crisis,
        root: String::new(),
        shared: String::new(),
        languages: Vec::new(),
        lang: language.to_owned(),
        dir: direction(language),
        course: CourseView {
            title: String::new(),
            tongue: None,
            summary_html: None,
            root_href: None,
            discreet: curricula.iter().any(|curriculum| curriculum.discreet),
            group: None,
        },
        page: PageView { kind: "root", title: String::new(), full_title: String::new(), standing: None, has_worksheet: false, has_breath: false },
    }
}

/// The context of a page: what every page is given, and its own.
pub fn context<T: Serialize>(common: &Common, own: &T) -> tera::Context {
    // Both are structs with plain names for keys, so turning them into a context cannot fail.
    let mut context = tera::Context::from_serialize(common).unwrap_or_default();
    context.extend(tera::Context::from_serialize(own).unwrap_or_default());
    context
}
