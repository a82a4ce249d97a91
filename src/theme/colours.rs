//! The colours that a theme may change by name, and the style that they become.
//!
//! A colour is given for light pages; its partner for dark ones, and the tints that go with it, have its hue at the
//! lightness that `themes/calm/static/shared/tokens.css` found readable. So one colour is enough, and all is in OKLCH
//! (Björn Ottosson, 2020): equal lightness there looks equally light.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use csscolorparser::Color;

use crate::audience::Audience;
use crate::diagnostic::{Code, Diagnostic};
use crate::load::fields::{Keys, Problems, scalar};
use crate::load::yaml::{Node, Value};
use crate::source::Span;

/// Lightness and chroma in OKLCH.
type Tone = (f32, f32);

/// What a colour is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Part {
    /// One property of members' pages, or of both sites.
    Members(&'static str),
    /// One property of the guide.
    Guide(&'static str),
    /// A module's colour, or that of all modules, with its tints.
    Thread(Option<&'static str>),
    /// The guide's own colour, with its tints.
    Heather,
}

/// A colour that a theme may change.
struct Role {
    name: &'static str,
    part: Part,
    /// The tone by night of a colour that is given for the day only.
    night: Tone,
}

const fn role(name: &'static str, part: Part, night: Tone) -> Role {
    Role { name, part, night }
}

const THREAD: Tone = (0.80, 0.08);

/// Every colour by name. A thread that is named goes before the accent for all of them.
const ROLES: [Role; 21] = [
    role("accent", Part::Thread(None), THREAD),
    role("moss", Part::Thread(Some("moss")), THREAD),
    role("fjord", Part::Thread(Some("fjord")), THREAD),
    role("iris", Part::Thread(Some("iris")), THREAD),
    role("heather", Part::Thread(Some("heather")), THREAD),
    role("clay", Part::Thread(Some("clay")), THREAD),
    role("gorse", Part::Thread(Some("gorse")), THREAD),
    role("paper", Part::Members("--paper"), (0.205, 0.014)),
    role("sheet", Part::Members("--sheet"), (0.248, 0.016)),
    role("ink", Part::Members("--ink"), (0.915, 0.012)),
    role("soft_ink", Part::Members("--ink-2"), (0.77, 0.014)),
    role("edge", Part::Members("--edge"), (0.60, 0.02)),
    role("rule", Part::Members("--rule"), (0.355, 0.018)),
    role("focus", Part::Members("--focus"), (0.86, 0.165)),
    role("guide_accent", Part::Heather, (0.79, 0.062)),
    role("guide_paper", Part::Guide("--paper"), (0.205, 0.016)),
    role("guide_sheet", Part::Guide("--sheet"), (0.25, 0.018)),
    role("guide_ink", Part::Guide("--ink"), (0.915, 0.01)),
    role("guide_soft_ink", Part::Guide("--ink-2"), (0.775, 0.014)),
    role("guide_edge", Part::Guide("--edge"), (0.61, 0.022)),
    role("guide_rule", Part::Guide("--rule"), (0.36, 0.02)),
];

/// What a module's colour is worn by, and in a member page also what belongs to no module.
const EVERY_THREAD: &str = "[data-thread=moss], [data-thread=fjord], [data-thread=iris], [data-thread=heather], [data-thread=clay], [data-thread=gorse]";
const EVERY_THREAD_AND_PAGE: &str =
    ":root, [data-thread=moss], [data-thread=fjord], [data-thread=iris], [data-thread=heather], [data-thread=clay], [data-thread=gorse]";

/// A colour by day and by night.
#[derive(Clone, PartialEq, Debug)]
struct Pair {
    day: Color,
    night: Color,
}

/// The colours that a theme gives, by role.
#[derive(Clone, Default, Debug)]
pub struct Colours(BTreeMap<&'static str, Pair>);

impl Colours {
    /// The style of a site with these colours; empty where there are none for it.
    pub fn style<V: Audience>(&self) -> String {
        let guide = V::TEMPLATES == "guide";
        let mut rules: Vec<(String, String)> = Vec::new();
        for role in &ROLES {
            let Some(pair) = self.0.get(role.name) else { continue };
            let (selector, properties) = match role.part {
                // Focus is the same on every paper.
                Part::Members("--focus") => (":root", one("--focus", pair)),
                // Members' sheets lie within the guide's pages.
                Part::Members(property) => (if guide { ".member" } else { ":root" }, one(property, pair)),
                Part::Guide(property) if guide => (":root", one(property, pair)),
                Part::Heather if guide => (":root", tints("--heather", pair)),
                Part::Thread(None) => (if guide { EVERY_THREAD } else { EVERY_THREAD_AND_PAGE }, threads(pair)),
                Part::Thread(Some(name)) => {
                    let root = if name == "moss" && !guide { ":root:not([data-thread]), " } else { "" };
                    rules.push((format!("{root}[data-thread={name}]"), threads(pair)));
                    continue;
                }
                Part::Guide(_) | Part::Heather => continue,
            };
            rules.push((selector.to_owned(), properties));
        }
        if rules.is_empty() {
            return String::new();
        }
        let mut style = String::from("@layer tokens {\n");
        for (selector, properties) in rules {
            let _ = writeln!(style, "{selector} {{ {properties} }}");
        }
        style.push_str("}\n");
        style
    }
}

/// Reads the key `colors`.
pub fn read(node: &Node, problems: &mut Problems) -> Colours {
    let names = ROLES.each_ref().map(|role| role.name);
    let mut colours = Colours::default();
    let Some(keys) = Keys::of(node, "`colors`", &names, |_| None, problems) else { return colours };
    for role in &ROLES {
        if keys.place(role.name).is_some_and(|place| tell_lost(role.name, place, problems)) {
            continue;
        }
        let Some(node) = keys.get(role.name, problems) else { continue };
        let pair = if matches!(node.value, Value::Keys(_)) {
            let Some(keys) = Keys::of(node, "a colour", &["light", "dark"], |_| None, problems) else { continue };
            let mut colour = |key| keys.need(key, "\"#1d6a72\"", problems).and_then(|node| colour(node, problems));
            let (day, night) = (colour("light"), colour("dark"));
            day.zip(night).map(|(day, night)| Pair { day, night })
        } else {
            colour(node, problems).map(|day| Pair { night: toned(&day, role.night), day })
        };
        if let Some(pair) = pair {
            colours.0.insert(role.name, pair);
        }
    }
    colours
}

/// Whether a colour without quotes was taken as a note by YAML. What was told of that is told in words that fit a colour.
fn tell_lost(name: &str, place: &Span, problems: &mut Problems) -> bool {
    let is_lost = |known: &Diagnostic| known.code == Code::LostText && known.span.file == place.file && known.span.line == place.line;
    let Some(lost) = problems.iter().find(|known| is_lost(known)).cloned() else { return false };
    problems.retain(|known| !is_lost(known));
    let written = lost.message.split('`').nth(1).unwrap_or("#1d6a72").to_owned();
    problems.push(
        Diagnostic::new(Code::LostText, lost.span, format!("YAML takes `{written}` as a note to yourself, since it begins with `#`"))
            .help(format!("put the colour in double quotes: `{name}: \"{written}\"`")),
    );
    true
}

fn colour(node: &Node, problems: &mut Problems) -> Option<Color> {
    let written = scalar(node).unwrap_or("a list");
    let read = csscolorparser::parse(written).ok().filter(|colour| colour.a >= 1.0);
    if read.is_none() {
        problems.push(
            Diagnostic::new(Code::WrongValue, node.span.clone(), format!("`{written}` is not a colour"))
                .help("write it as `\"#1d6a72\"`, in double quotes, or as a word that browsers know, such as `teal`"),
        );
    }
    read
}

/// The colour of the same hue in another tone, no more vivid than it was.
fn toned(colour: &Color, (lightness, chroma): Tone) -> Color {
    let [_, own, hue, _] = colour.to_oklcha();
    let mut chroma = chroma.min(own);
    // What a screen cannot show is made paler until it can.
    loop {
        let toned = Color::from_oklcha(lightness, chroma, hue, 1.0);
        let shown = [toned.r, toned.g, toned.b].iter().all(|part| (-0.001..=1.001).contains(part));
        if shown || chroma < 0.002 {
            return toned.clamp();
        }
        chroma -= 0.002;
    }
}

fn one(property: &str, pair: &Pair) -> String {
    format!("{property}: var(--day, {}) var(--night, {});", pair.day.to_css_hex(), pair.night.to_css_hex())
}

/// A colour with its tints: for ornament, and as a ground.
fn tints(property: &str, pair: &Pair) -> String {
    let tint = |name: &str, day: Tone, night: Tone| one(&format!("{property}-{name}"), &Pair { day: toned(&pair.day, day), night: toned(&pair.night, night) });
    format!("{} {} {}", one(property, pair), tint("mid", (0.80, 0.07), (0.52, 0.055)), tint("soft", (0.93, 0.028), (0.29, 0.038)))
}

/// A thread: a colour with its tints, and the land of the hill.
fn threads(pair: &Pair) -> String {
    let land = Pair { day: toned(&pair.day, (0.80, 0.07)), night: toned(&pair.night, (0.415, 0.055)) };
    format!("{} {}", tints("--thread", pair), one("--land", &land))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dark_partner_has_the_hue_and_the_lightness_of_the_tokens() {
        // The tokens of the thread `fjord`, from tokens.css: hue 228, found by hand.
        let colour = |hex: &str| csscolorparser::parse(hex).unwrap();
        let fjord = colour("#105871");
        let near = |found: &Color, wanted: &str| found.to_rgba8().iter().zip(colour(wanted).to_rgba8()).all(|(found, wanted)| found.abs_diff(wanted) < 4);
        for (tone, wanted) in [(THREAD, "#85c8e6"), ((0.93, 0.028), "#d6ecf7"), ((0.415, 0.055), "#285263")] {
            let found = toned(&fjord, tone);
            assert!(near(&found, wanted), "{} is not {wanted}", found.to_css_hex());
        }
    }

    #[test]
    fn a_grey_stays_grey_and_what_no_screen_shows_is_made_paler() {
        let colour = |hex: &str| csscolorparser::parse(hex).unwrap();
        assert_eq!(toned(&colour("#555"), THREAD).to_css_hex().to_string(), "#bebebe");
        for hue in 0..36 {
            let vivid = Color::from_oklcha(0.5, 0.3, f32::from(hue as u8) / 36.0 * std::f32::consts::TAU, 1.0);
            let found = toned(&vivid, (0.93, 0.3));
            assert!((found.to_oklcha()[0] - 0.93).abs() < 0.02, "{}", found.to_css_hex());
        }
    }
}
