//! What comes first: whom to call, what the group promises, and what to do when someone is not safe.

use super::found::{Differs, First};
use super::words::{Eyes, Piece, differences, differs, sentences};
use crate::audience::{Audience, Facilitator, MayRead, Prose};
use crate::model::{CrisisLine, Curriculum};

/// What the agreements are called among what comes first.
pub const AGREEMENTS: &str = "Agreements";
/// What confidentiality is called there.
pub const CONFIDENTIALITY: &str = "Confidentiality";

/// A crisis line as it is printed. The day on which it was last tried is not.
pub fn line(line: &CrisisLine) -> (String, String) {
    let part = |what: &str, value: Option<&str>| value.map(|value| format!("{what} {value}"));
    let value = |text: &'_ Option<crate::source::Spanned<String>>| text.as_ref().map(|text| text.value.clone());
    let parts = [part("call", value(&line.call).as_deref()), part("text", value(&line.text).as_deref()), value(&line.web), value(&line.hours)];
    (line.name.value.clone(), parts.into_iter().flatten().collect::<Vec<_>>().join(", "))
}

/// What comes before all other changes.
pub fn first(eyes: &Eyes, was: &Curriculum, now: &Curriculum) -> Vec<First> {
    let mut first = Vec::new();
    let mut add = |what: String, changes: Vec<Differs>| {
        if !changes.is_empty() {
            first.push(First { what, changes });
        }
    };
    add("Crisis lines".to_owned(), lines(&was.crisis, &now.crisis));
    for group in &now.groups {
        let before = was.groups.iter().find(|before| before.name == group.name).map_or(&[][..], |before| &before.crisis);
        add(format!("Crisis lines of the group {}", group.name), lines(before, &group.crisis));
    }
    let agreements = |course: &Curriculum| eyes.all(&course.agreements).into_iter().map(Piece::of).collect::<Vec<_>>();
    add(AGREEMENTS.to_owned(), differences(&agreements(was), &agreements(now)));
    add(CONFIDENTIALITY.to_owned(), text(eyes, was.confidentiality.as_ref(), now.confidentiality.as_ref()));
    add("What you do when someone is not safe".to_owned(), text(eyes, was.distress_protocol.as_ref(), now.distress_protocol.as_ref()));
    first
}

fn text<A: Audience>(eyes: &Eyes, was: Option<&Prose<A>>, now: Option<&Prose<A>>) -> Vec<Differs>
where
    Facilitator: MayRead<A>,
{
    let pieces = |text: Option<&Prose<A>>| text.map(|text| sentences(&eyes.words(text))).unwrap_or_default().into_iter().map(Piece::of).collect::<Vec<_>>();
    differences(&pieces(was), &pieces(now))
}

/// Lines by their names; where only their order differs, that is told.
fn lines(was: &[CrisisLine], now: &[CrisisLine]) -> Vec<Differs> {
    let (was, now): (Vec<_>, Vec<_>) = (was.iter().map(line).collect(), now.iter().map(line).collect());
    let whole = |(name, rest): &(String, String)| format!("{name}: {rest}");
    let mut changes = Vec::new();
    for before in was.iter().filter(|before| !now.contains(before)) {
        let after = now.iter().find(|after| after.0 == before.0);
        // A number is told whole, however long the line is.
        changes.push(match after {
            Some(after) => Differs { was: Some(whole(before)), now: Some(whole(after)) },
            None => differs(&whole(before), ""),
        });
    }
    changes.extend(now.iter().filter(|after| !was.iter().any(|before| before.0 == after.0)).map(|after| differs("", &whole(after))));
    if changes.is_empty() && was != now {
        let names = |lines: &[(String, String)]| Some(lines.iter().map(|line| line.0.as_str()).collect::<Vec<_>>().join(", "));
        changes.push(Differs { was: names(&was), now: names(&now) });
    }
    changes
}
