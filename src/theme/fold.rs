//! What a template says on every page alike is put into it once, before any page is made: words, and small components, such as an icon,
//! where they are used. A page has dozens of them, and to call one takes longer than what it does.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::words::{Forms, Words};

/// A component that only shows, or leaves out, what it is given.
struct Small<'t> {
    /// The names of what it is given, each with what it is where it is not given.
    names: Vec<(&'t str, Option<Given<'t>>)>,
    text: String,
}

/// The small components of some templates, by their names.
#[derive(Default)]
pub struct Components<'t>(BTreeMap<&'t str, Small<'t>>);

impl<'t> Components<'t> {
    /// Finds the small components.
    pub fn of(templates: impl Iterator<Item = &'t str>, words: &Words) -> Self {
        let pieces = templates.flat_map(|template| template.split("{%- component ").skip(1));
        Self(pieces.filter_map(|piece| small(piece, words)).collect())
    }
}

/// A component from behind the word that begins it: `icon(name: string) -%} … {%- endcomponent icon -%}`.
fn small<'t>(piece: &'t str, words: &Words) -> Option<(&'t str, Small<'t>)> {
    let (head, rest) = piece.split_once(" -%}")?;
    let (name, given) = head.strip_suffix(')')?.split_once('(')?;
    let names = given.split_terminator(", ").map(|given| {
        let (declared, other) = given.split_once(" = ").map_or((given, None), |(declared, other)| (declared, Some(other)));
        let name = declared.split(": ").next().unwrap_or(declared);
        let other = match other {
            Some(other) => Some(other.strip_prefix('"').map_or_else(|| Given::value(other), |word| Given::word(word.trim_end_matches('"')))?),
            None => None,
        };
        Some((name, other))
    });
    let names = names.collect::<Option<_>>()?;
    let (text, _) = rest.split_once(&format!("{{%- endcomponent {name}"))?;
    let mut text = fold(text.trim(), words, &Components::default()).into_owned();
    // Around a call, a component takes no space away.
    if text.starts_with("{%-") {
        text.replace_range(2..3, "");
    }
    if text.ends_with("-%}") {
        text.remove(text.len() - 3);
    }
    // Loops, names of its own and calls could mean something else where it is used.
    let is_small = pieces(&text).all(|piece| match piece {
        Piece::Text(text) => !text.contains('{'),
        Piece::Tag(tag) if tag.starts_with("{{") => !tag.contains('<'),
        Piece::Tag(tag) => matches!(tag.trim_matches(['{', '%', '-', '}', ' ']).split(' ').next(), Some("if" | "elif" | "else" | "endif")),
    });
    is_small.then_some((name, Small { names, text }))
}

/// A piece of a template.
enum Piece<'t> {
    Text(&'t str),
    /// `{{ … }}` or `{% … %}`, whole.
    Tag(&'t str),
}

/// The pieces of a template, in order.
fn pieces(template: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = template;
    std::iter::from_fn(move || {
        let next = ["{{", "{%"].into_iter().filter_map(|start| rest.find(start)).min().unwrap_or(rest.len());
        let (piece, after) = if next > 0 {
            let (text, after) = rest.split_at_checked(next)?;
            (Piece::Text(text), after)
        } else {
            let end = rest.find(if rest.starts_with("{{") { "}}" } else { "%}" })?;
            let (tag, after) = rest.split_at_checked(end + 2)?;
            (Piece::Tag(tag), after)
        };
        let is_left = !rest.is_empty();
        rest = after;
        is_left.then_some(piece)
    })
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

/// What `t(key="…", name=a.path) }}` says, and what comes after it.
fn word<'t>(piece: &'t str, words: &Words) -> Option<(String, &'t str)> {
    let (key, rest) = piece.strip_prefix("t(key=\"")?.split_once('"')?;
    let (given, rest) = rest.split_once(") }}")?;
    let Some(Forms::One(pattern)) = words.get(key) else { return None };
    let given: Vec<(&str, &str)> = match given.strip_prefix(", ") {
        Some(given) => given.split(", ").map(|given| given.split_once('=').filter(|(_, value)| is_path(value))).collect::<Option<_>>()?,
        None => given.is_empty().then(Vec::new)?,
    };
    if pattern.trim() != pattern {
        return None;
    }
    let mut pieces = pattern.split('{');
    let mut text = escaped(pieces.next()?)?;
    for piece in pieces {
        let (name, after) = piece.split_once('}')?;
        let (_, value) = given.iter().find(|(known, _)| *known == name)?;
        text.extend(["{{ ", value, " }}", &escaped(after)?]);
    }
    Some((text, rest))
}

/// Whether this is where a value stands, such as `handout.title`.
fn is_path(value: &str) -> bool {
    value.starts_with(|c: char| c.is_ascii_alphabetic()) && is_bare(value)
}

/// Whether a value needs no brackets: a path or a number.
fn is_bare(value: &str) -> bool {
    value.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '.'))
}

/// What stands for `<name one="word" other={a.path}/> }}`, and what comes after it.
fn component<'t>(piece: &'t str, components: &Components<'_>) -> Option<(String, &'t str)> {
    let (call, rest) = piece.strip_prefix('<')?.split_once("/> }}")?;
    let (name, words) = call.split_once(' ').unwrap_or((call, ""));
    let component = components.0.get(name)?;
    let mut given = given(words)?;
    for (name, other) in &component.names {
        if !given.iter().any(|(known, _)| known == name) {
            given.push((name, other.clone()?));
        }
    }
    let mut text = String::new();
    for piece in (given.len() == component.names.len()).then(|| pieces(&component.text))? {
        match piece {
            Piece::Text(piece) => text.push_str(piece),
            Piece::Tag(tag) => match given.iter().find(|(name, _)| tag.trim_matches(['{', '}', ' ']) == *name) {
                Some((_, Given::Word(word))) => text.push_str(&escaped(word).filter(|_| word.trim() == *word)?),
                _ => set(tag, &given, &mut text),
            },
        }
    }
    Some((text, rest))
}

/// What a component is given under a name.
#[derive(Clone)]
enum Given<'t> {
    /// Always the same.
    Word(&'t str),
    /// What is known when the page is made: a path, such as `handout.title`, or something longer, in brackets.
    Value(Cow<'t, str>),
}

impl<'t> Given<'t> {
    fn word(word: &'t str) -> Option<Self> {
        (!word.contains(['{', '\\'])).then_some(Self::Word(word))
    }

    fn value(value: &'t str) -> Option<Self> {
        // What `{` begins, and what is made of other calls, is read in another way.
        let is_plain = !value.is_empty() && !value.contains(['{', '<', '\\', '\'']);
        is_plain.then(|| Self::Value(if is_bare(value) { value.into() } else { format!("({value})").into() }))
    }
}

/// What stands in a call behind the name of the component; nothing for what is written in another way.
fn given(words: &str) -> Option<Vec<(&str, Given<'_>)>> {
    let mut all = Vec::new();
    let mut rest = words;
    while !rest.is_empty() {
        let (name, after) = rest.split_once('=')?;
        let (value, after) = match (after.strip_prefix('"'), after.strip_prefix('{')) {
            (Some(after), _) => after.split_once('"').map(|(word, after)| (Given::word(word), after))?,
            (_, Some(after)) => after.split_once('}').map(|(value, after)| (Given::value(value), after))?,
            _ => return None,
        };
        all.push((name, value?));
        rest = after.trim_start_matches(' ');
    }
    Some(all)
}

/// Writes a tag of a component with what it is given in place of its names.
fn set(tag: &str, given: &[(&str, Given<'_>)], text: &mut String) {
    for (n, piece) in tag.split('"').enumerate() {
        if n > 0 {
            text.push('"');
        }
        // Every other piece stands between quotation marks.
        if n % 2 == 1 {
            text.push_str(piece);
            continue;
        }
        let mut rest = piece;
        while let Some(start) = rest.find(|c: char| c.is_ascii_alphabetic() || c == '_') {
            let (before, after) = rest.split_at(start);
            let (name, after) = after.split_at(after.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(after.len()));
            // The last part of a path, or the name under which a function is given something.
            let is_other = before.ends_with('.') || after.starts_with('=') && !after.starts_with("==");
            text.push_str(before);
            match given.iter().find(|(word, _)| *word == name && !is_other) {
                Some((_, Given::Word(word))) => text.extend(["\"", word, "\""]),
                Some((_, Given::Value(value))) => text.push_str(value),
                None => text.push_str(name),
            }
            rest = after;
        }
        text.push_str(rest);
    }
}

/// A text as a page shows it; nothing for one that the template would read in another way.
fn escaped(text: &str) -> Option<String> {
    if text.contains(['{', '}', '\n']) {
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

    const COMPONENTS: &str = "{#- a note -#}{%- component icon(name: string) -%}\n<i>{{ name }}</i>\n{%- endcomponent icon -%}\
        {%- component dot() -%}.{%- endcomponent dot -%}\
        {%- component of(a, b: map) -%}{%- if a -%} {{ a.a }}{{ t(key=\"a\", a=a, b=b.c) }}{% else %}{{ t(key=\"skip\") }}{%- endif -%}{%- endcomponent of -%}\
        {%- component all(of) -%}{% for a in of %}x{% endfor %}{%- endcomponent all -%}\
        {%- component more(of: string, n: integer = 1, css: string = \"\") -%}<{{ of }} {{ n }}{% if css %} {{ css }}{% endif %}>{%- endcomponent more -%}";

    fn folded(template: &str) -> String {
        let words = Words::of(&ThemeFiles::built_in(DEFAULT).unwrap(), "en");
        fold(template, &words, &Components::of([COMPONENTS].into_iter(), &words)).into_owned()
    }

    #[test]
    fn what_never_changes_is_said_once() {
        assert_eq!(folded("<p>{{ t(key=\"skip\") }}</p>{{ <icon name=\"a&b\"/> }}{{ <dot/> }}!"), "<p>Skip to the page</p><i>a&amp;b</i>.!");
        assert_eq!(folded("{{ <icon name={b.c}/> }}"), "<i>{{ b.c }}</i>");
        let filled = "{{ t(key=\"session_of\", n=s.number, of=of) }}, {{ t(key=\"written_for\", course=c.title) }}";
        assert_eq!(folded(filled), "Session {{ s.number }} of {{ of }}, Written for {{ c.title }}.");
    }

    #[test]
    fn a_small_component_stands_where_it_is_called() {
        assert_eq!(folded("{{ <more of={a ~ \"b\"} css=\"c\"/> }}"), "<{{ (a ~ \"b\") }} {{ 1 }}{% if \"c\" %} c{% endif %}>");
        assert_eq!(folded("{{ <more of={a} n={2}/> }}"), "<{{ a }} {{ 2 }}{% if \"\" %} {% endif %}>");
        let expected = "\n{% if x.a -%} {{ x.a.a }}{{ t(key=\"a\", a=x.a, b=\"y\".c) }}{% else %}Skip to the page{%- endif %}\n";
        assert_eq!(folded("\n{{ <of a={x.a} b=\"y\"/> }}\n"), expected);
    }

    #[test]
    fn what_may_change_is_left_to_the_page() {
        for template in [
            "{{ t(key=\"session_n\", n=1) }}",
            "{{ t(key=\"session_n\") }}",
            "{{ t(key=\"session_n\", m=s.number) }}",
            "{{ t(key=\"session_n\", n=s.number | int) }}",
            "{{ t(key=\"session_n\", n=s.number) | upper }}",
            "{{ t(key=\"minutes\", n=m.high, text=m.text) }}",
            "{{ t(key=\"no_such_word\") }}",
            "{{ t(key=\"month_\" ~ n) }}",
            "{{- t(key=\"skip\") }}",
            "{{ <icon name={b | default(value='c')}/> }}",
            "{{ <icon name={[\"b\", {}]}/> }}",
            "{{ <icon name=\"a\" size=\"b\"/> }}",
            "{{ <icon/> }}",
            "{{ <all of={b}/> }}",
            "{{ <more n={1}/> }}",
            "{% raw %}{{ t(key=\"skip\") }}{% endraw %}",
            "{{ name }} {{ ",
        ] {
            assert_eq!(folded(template), template);
        }
    }
}
