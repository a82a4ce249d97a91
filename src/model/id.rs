//! Names that become web addresses.

use std::fmt;
use std::sync::Arc;

/// A name that is safe in an address on every system: small letters, digits, `-` and `_`, at most 64, not starting with a mark.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Slug(Arc<str>);

impl Slug {
    /// Takes a name, when it is a safe one.
    pub fn new(name: &str) -> Option<Self> {
        let safe = name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'-' | b'_'));
        let reserved = matches!(name, "con" | "prn" | "aux" | "nul" | "index")
            || (name.len() == 4 && (name.starts_with("com") || name.starts_with("lpt")) && name.ends_with(|c: char| c.is_ascii_digit()));
        let starts = name.bytes().next().is_some_and(|b| b.is_ascii_alphanumeric());
        (safe && starts && !reserved && name.len() <= 64).then(|| Self(name.into()))
    }

    /// A safe name near to one that is not: `Five Senses` → `five-senses`.
    pub fn suggest(name: &str) -> String {
        let mut slug = String::new();
        for c in name.to_lowercase().chars() {
            match c {
                'a'..='z' | '0'..='9' | '_' => slug.push(c),
                'ä' | 'á' | 'à' | 'â' | 'ã' | 'å' => slug.push('a'),
                'é' | 'è' | 'ê' | 'ë' => slug.push('e'),
                'í' | 'ì' | 'î' | 'ï' => slug.push('i'),
                'ö' | 'ó' | 'ò' | 'ô' | 'õ' => slug.push('o'),
                'ü' | 'ú' | 'ù' | 'û' => slug.push('u'),
                'ñ' => slug.push('n'),
                'ç' => slug.push('c'),
                'ß' => slug.push_str("ss"),
                _ if !slug.ends_with('-') => slug.push('-'),
                _ => {}
            }
        }
        let slug: String = slug.trim_matches(['-', '_']).chars().take(64).collect();
        if Self::new(&slug).is_some() { slug } else { format!("my-{slug}").trim_end_matches('-').to_owned() }
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A handout's name in its curriculum: `grounding/five-senses`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct HandoutId {
    /// The module it is in.
    pub module: Slug,
    /// Its own name.
    pub handout: Slug,
}

impl fmt::Display for HandoutId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.module, self.handout)
    }
}

#[cfg(test)]
mod tests {
    use super::Slug;

    #[test]
    fn safe_names() {
        for good in ["five-senses", "01-welcome", "a", "urge_log"] {
            assert!(Slug::new(good).is_some(), "{good}");
        }
        let long = "x".repeat(65);
        for bad in ["", "..", "Five", "a b", "a/b", "-a", "con", "com1", "index", "café", "<script>", &long] {
            assert!(Slug::new(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn suggestions_are_safe_names() {
        assert_eq!(Slug::suggest("Five Senses!"), "five-senses");
        assert_eq!(Slug::suggest("Café Ängste"), "cafe-angste");
        assert_eq!(Slug::suggest("index"), "my-index");
        assert!(Slug::new(&Slug::suggest("怒り")).is_some());
    }
}
