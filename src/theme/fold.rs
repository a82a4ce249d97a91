//! What a template says on every page alike is put into it once, before any page is made: words without holes, and components that only
//! set fixed words into a text, such as an icon. A page has dozens of them.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::words::{Forms, Words};

/// A component that is nothing but a text with holes for what it is given.
struct Plain<'t> {
    given: Vec<&'t str>,
    text: &'t str,
}

/// The plain components of some templates, by their names.
#[derive(Default)]
pub struct Components<'t>(BTreeMap<&'t str, Plain<'t>>);

impl<'t> Components<'t> {
    /// Finds the plain components.
    pub fn of(templates: impl Iterator<Item = &'t str>) -> Self {
        let mut components = Self::default();
        for template in templates {
            for piece in template.split("{%- component ").skip(1) {
                let Some((name, plain)) = plain(piece) else { continue };
                components.0.insert(name, plain);
            }
        }
        components
    }
}

/// A component from behind the word that begins it: `icon(name: string) -%} … {%- endcomponent icon -%}`.
fn plain(piece: &str) -> Option<(&str, Plain<'_>)> {
    let (head, rest) = piece.split_once(" -%}")?;
    let (name, given) = head.strip_suffix(')')?.split_once('(')?;
    let (text, _) = rest.split_once(&format!("{{%- endcomponent {name}"))?;
    let given: Vec<&str> = given.split(", ").filter(|word| !word.is_empty()).map(|word| word.strip_suffix(": string")).collect::<Option<_>>()?;
    let text = text.trim();
    // Nothing but holes for words that it is given.
    let mut left = text.to_owned();
    for word in &given {
        left = left.replace(&format!("{{{{ {word} }}}}"), "");
    }
    (!left.contains('{')).then_some((name, Plain { given, text }))
}

/// A template in which all that is the same on every page has been said.
pub fn fold<'t>(template: &'t str, words: &Words, components: &Components<'_>) -> Cow<'t, str> {
    // There, a template shows what templates look like.
    if template.contains("raw %}") || template.contains("raw -%}") {
        return template.into();
    }
    let mut folded = String::with_capacity(template.len() * 2);
    for (n, piece) in template.split("{{ ").enumerate() {
        if n > 0 {
            if let Some((text, rest)) = word(piece, words).or_else(|| component(piece, components)) {
                folded.push_str(&text);
                folded.push_str(rest);
                continue;
            }
            folded.push_str("{{ ");
        }
        folded.push_str(piece);
    }
    folded.into()
}

/// What `t(key="…") }}` says, and what comes after it.
fn word<'t>(piece: &'t str, words: &Words) -> Option<(String, &'t str)> {
    let (key, rest) = piece.strip_prefix("t(key=\"")?.split_once("\") }}")?;
    let Some(Forms::One(text)) = words.get(key) else { return None };
    Some((escaped(text)?, rest))
}

/// What `<name word="…"/> }}` says, and what comes after it.
fn component<'t>(piece: &'t str, components: &Components<'_>) -> Option<(String, &'t str)> {
    let (call, rest) = piece.strip_prefix('<')?.split_once("/> }}")?;
    let (name, words) = call.split_once(' ').unwrap_or((call, ""));
    let component = components.0.get(name)?;
    let given: Vec<(&str, &str)> = words.split_terminator("\" ").map(|word| word.trim_end_matches('"').split_once("=\"")).collect::<Option<_>>()?;
    let is_all = given.len() == component.given.len() && given.iter().all(|(word, value)| component.given.contains(word) && !value.contains(['"', '{']));
    let mut text = is_all.then(|| component.text.to_owned())?;
    for (word, value) in given {
        text = text.replace(&format!("{{{{ {word} }}}}"), &escaped(value)?);
    }
    Some((text, rest))
}

/// A text as a page shows it; nothing for one that the template would read in another way.
fn escaped(text: &str) -> Option<String> {
    if text.contains(['{', '\n']) || text.trim() != text {
        return None;
    }
    let mut html = Vec::with_capacity(text.len());
    tera::escape_html(text, &mut html).ok()?;
    String::from_utf8(html).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theme::files::{DEFAULT, ThemeFiles};

    const ICONS: &str = "{#- a note -#}{%- component icon(name: string) -%}\n<i>{{ name }}</i>\n{%- endcomponent icon -%}\
        {%- component dot() -%}.{%- endcomponent dot -%}{%- component other(of) -%}{% if of %}x{% endif %}{%- endcomponent other -%}";

    fn folded(template: &str) -> String {
        let words = Words::of(&ThemeFiles::built_in(DEFAULT).unwrap(), "en");
        fold(template, &words, &Components::of([ICONS].into_iter())).into_owned()
    }

    #[test]
    fn what_never_changes_is_said_once() {
        assert_eq!(folded("<p>{{ t(key=\"skip\") }}</p>{{ <icon name=\"a&b\"/> }}{{ <dot/> }}!"), "<p>Skip to the page</p><i>a&amp;b</i>.!");
    }

    #[test]
    fn what_may_change_is_left_to_the_page() {
        for template in [
            "{{ t(key=\"session_n\", n=1) }}",
            "{{ t(key=\"session_n\") }}",
            "{{ t(key=\"no_such_word\") }}",
            "{{ t(key=\"month_\" ~ n) }}",
            "{{- t(key=\"skip\") }}",
            "{{ <icon name={b}/> }}",
            "{{ <icon name=\"a\" size=\"b\"/> }}",
            "{{ <other of=\"a\"/> }}",
            "{% raw %}{{ t(key=\"skip\") }}{% endraw %}",
            "{{ name }} {{ ",
        ] {
            assert_eq!(folded(template), template);
        }
    }
}
