//! Crisis lines: someone answers, it is said when, and it was checked not long ago. (That nobody has checked one at all is told
//! where it is read: a day that is written in another way is no missing one.)

use super::lists::Lists;
use super::placeholders::{in_text, is_placeholder};
use super::subject::Subject;
use super::texts::MOST;
use crate::audience::{Facilitator, Reader};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{CrisisLine, Curriculum, Date};
use crate::source::Text;

/// How many days after it was checked a crisis line should be checked again.
const A_YEAR: i64 = 365;

/// The lines of the course and of its groups.
fn lines(curriculum: &Curriculum) -> impl Iterator<Item = &CrisisLine> {
    curriculum.crisis.iter().chain(curriculum.groups.iter().flat_map(|group| &group.crisis))
}

/// A crisis line was checked within the last year. Depends on the day, so it is told on the terminal and stands on no page.
pub fn crisis_lines_checked(curriculum: &Curriculum, today: Date) -> Vec<Diagnostic> {
    let old = lines(curriculum).filter_map(|line| {
        let checked = line.checked.filter(|day| day.plus_days(A_YEAR) < today && !line.is_for_emergencies())?;
        let message = format!("`{}` was last checked on {checked}, more than a year ago", line.name.value);
        Some(
            Diagnostic::new(Code::CrisisLineOld, line.name.span.clone(), message)
                .help("call or text it and see that someone answers, or look it up where its owners publish it; then write today's date after `checked:`"),
        )
    });
    old.collect()
}

/// Each line has a number of somebody, and says when someone answers.
pub fn crisis_lines(&Subject { curriculum, .. }: &Subject<'_>) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    for line in lines(curriculum) {
        let name = &line.name;
        let numbers = line.call.iter().map(|call| (call, call.value.as_str()));
        let texts = line.text.iter().map(|text| (text, CrisisLine::word_and_number(&text.value).1));
        let nobody = numbers.chain(texts).find(|(_, number)| is_placeholder(number, &curriculum.language));
        if let Some((written, number)) = nobody {
            let message = format!("`{number}` of `{}` is a number that belongs to nobody", name.value);
            problems.push(
                Diagnostic::new(Code::PlaceholderNumber, written.span.clone(), message)
                    .help("write the real number, and try it; until you know it, take the line away and keep one that works"),
            );
            continue;
        }
        // A website is there day and night, and so are ambulance and police.
        if line.hours.is_none() && !line.is_for_emergencies() && (line.call.is_some() || line.text.is_some()) {
            problems.push(
                Diagnostic::new(Code::CrisisLineHours, name.span.clone(), format!("`{}` does not say when someone answers", name.value))
                    .help("add it: `hours: day and night`, or the days and times, `hours: Mon to Fri 9 to 17`"),
            );
        }
    }
    problems
}

/// No text has a number of nobody, or a gap where a number was to be filled in.
pub fn numbers_in_texts(Subject { curriculum, texts, .. }: &Subject<'_>) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    let mut see = |text: &Text| {
        let mut places = text.places();
        for (written, at) in in_text(&text.value, &curriculum.language).into_iter().take(MOST) {
            let gap = Lists::of(&curriculum.language).is_some() && !written.contains(|c: char| c.is_ascii_digit());
            let message =
                if gap { format!("`{written}` stands where a number was to be filled in") } else { format!("`{written}` is a number that belongs to nobody") };
            problems.push(
                Diagnostic::new(Code::PlaceholderInText, places.at(at, written.len()), message)
                    .help("write the real number; if each place has its own, leave a line to fill in on paper: `________`"),
            );
        }
    };
    texts.iter().for_each(|looked| see(looked.text));
    let reader = Reader::<Facilitator>::new();
    for text in curriculum.groups.iter().flat_map(|group| group.contact.iter().chain(&group.place)) {
        see(reader.open(text));
    }
    problems
}
