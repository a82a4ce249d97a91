//! Contrast: whether a text can be read on its ground. Knows no theme: it is given colours by name, and the pairs that meet.

use std::collections::BTreeMap;

/// Two colours of a theme that meet on a page, by the names of their custom properties.
pub struct Pair {
    /// The text, or the line.
    pub text: &'static str,
    /// What it stands on.
    pub ground: &'static str,
    /// The least contrast that it needs.
    pub least: f64,
}

/// The least contrast of a text: WCAG 2.2, 1.4.3.
const TEXT: f64 = 4.5;
/// The least contrast of the edge of a box to write in: WCAG 2.2, 1.4.11.
const EDGE: f64 = 3.0;

const fn pair(text: &'static str, ground: &'static str, least: f64) -> Pair {
    Pair { text, ground, least }
}

/// The pairs that the built-in theme's styles put together. A theme that has no such colours is not judged by them.
pub const PAIRS: &[Pair] = &[
    pair("--ink", "--paper", TEXT),
    pair("--ink", "--sheet", TEXT),
    pair("--ink-2", "--paper", TEXT),
    pair("--ink-2", "--sheet", TEXT),
    pair("--edge", "--paper", EDGE),
    pair("--edge", "--sheet", EDGE),
    pair("--thread", "--paper", TEXT),
    pair("--thread", "--sheet", TEXT),
    pair("--thread", "--thread-soft", TEXT),
    pair("--ink", "--thread-soft", TEXT),
    pair("--on-thread", "--thread", TEXT),
    pair("--heather", "--paper", TEXT),
    pair("--heather", "--sheet", TEXT),
    pair("--heather", "--heather-soft", TEXT),
    pair("--ink", "--heather-soft", TEXT),
    pair("--on-heather", "--heather", TEXT),
];

/// A pair whose colours are too near to each other.
#[derive(Debug)]
pub struct Low {
    /// The custom property of the text.
    pub text: &'static str,
    /// The custom property of its ground.
    pub ground: &'static str,
    /// The contrast that they have, from 1 to 21.
    pub contrast: f64,
    /// The contrast that they need.
    pub least: f64,
}

/// The pairs that are too near to each other. `colours` holds colours of CSS by custom property (`--ink`: `#162721`); a pair
/// is left out where one of its colours is not there or is none that can be worked out.
pub fn low(colours: &BTreeMap<String, String>, pairs: &[Pair]) -> Vec<Low> {
    let each = pairs.iter().filter_map(|pair| {
        let contrast = contrast(colours.get(pair.text)?, colours.get(pair.ground)?)?;
        (contrast < pair.least).then_some(Low { text: pair.text, ground: pair.ground, contrast, least: pair.least })
    });
    each.collect()
}

/// The contrast of two colours of CSS, from 1 to 21 (WCAG 2.2, "contrast ratio"). A colour that lets its ground through is
/// laid over it; a ground that does so itself has none.
fn contrast(text: &str, ground: &str) -> Option<f64> {
    let text = csscolorparser::parse(text).ok()?;
    let ground = csscolorparser::parse(ground).ok()?;
    if ground.a < 1.0 {
        return None;
    }
    let over = |text_part: f32, ground_part: f32| f64::from(text_part * text.a + ground_part * (1.0 - text.a)).clamp(0.0, 1.0);
    let text = luminance(over(text.r, ground.r), over(text.g, ground.g), over(text.b, ground.b));
    let ground = luminance(f64::from(ground.r).clamp(0.0, 1.0), f64::from(ground.g).clamp(0.0, 1.0), f64::from(ground.b).clamp(0.0, 1.0));
    Some((text.max(ground) + 0.05) / (text.min(ground) + 0.05))
}

/// How light a colour of sRGB is, from 0 to 1 (WCAG 2.2, "relative luminance").
fn luminance(red: f64, green: f64, blue: f64) -> f64 {
    let linear = |part: f64| if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) };
    0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn colours(list: &[(&str, &str)]) -> BTreeMap<String, String> {
        list.iter().map(|(name, colour)| ((*name).to_owned(), (*colour).to_owned())).collect()
    }

    #[test]
    fn contrasts_that_are_known() {
        let near = |text: &str, ground: &str, wanted: f64| {
            let found = contrast(text, ground).unwrap();
            assert!((found - wanted).abs() < 0.01, "{text} on {ground}: {found}");
        };
        near("#000", "white", 21.0);
        near("#777", "#fff", 4.48);
        near("#767676", "#ffffff", 4.54);
        near("rgb(0 0 0 / 50%)", "#fff", 3.98);
        near("oklch(0 0 0)", "hsl(0 0% 100%)", 21.0);
        assert!(contrast("var(--x)", "#fff").is_none() && contrast("#000", "rgb(0 0 0 / 10%)").is_none());
    }

    #[test]
    fn only_pairs_that_are_too_near_are_found() {
        let names = |list: &[(&str, &str)]| low(&colours(list), PAIRS).iter().map(|low| (low.text, low.ground)).collect::<Vec<_>>();
        assert_eq!(names(&[("--ink", "#777"), ("--ink-2", "#767676"), ("--edge", "#949494"), ("--paper", "#fff")]), [("--ink", "--paper")]);
        assert!(names(&[("--ink", "#777"), ("--mine", "#777")]).is_empty());
    }
}
