//! How many syllables a French word has as it is spoken: groups of vowels, without the silent ends.

/// Words whose `-ent` is spoken; in verbs (`ils parlent`) it is silent, and in all other words on `-ment` it is spoken.
const SPOKEN_ENT: &[&str] = &[
    "absent",
    "accident",
    "agent",
    "argent",
    "cent",
    "client",
    "content",
    "différent",
    "dent",
    "évident",
    "excellent",
    "fréquent",
    "innocent",
    "lent",
    "parent",
    "patient",
    "permanent",
    "présent",
    "prudent",
    "récent",
    "sent",
    "souvent",
    "talent",
    "tient",
    "urgent",
    "vent",
    "vient",
    "violent",
    "conscient",
];

/// Counts the syllables of a French word; at least one.
pub fn syllables(word: &str) -> u32 {
    // An elided word belongs to what follows: l'amour, qu'il.
    let word = word.to_lowercase();
    if word.starts_with("aujourd") {
        return 3;
    }
    let word = word.rsplit(['\'', '’']).next().unwrap_or_default();
    let letters: Vec<char> = spoken(word).chars().collect();
    let mut count = 0;
    let mut inside = false;
    for (n, c) in letters.iter().enumerate() {
        let before = |far: usize| n.checked_sub(far).and_then(|n| letters.get(n)).copied().unwrap_or(' ');
        let after = letters.get(n + 1).copied().unwrap_or(' ');
        let glide = *c == 'y' && is_vowel(after) && (inside || n == 0);
        if !is_vowel(*c) || glide {
            inside = false;
            continue;
        }
        let last = before(1);
        // Cli-ent, ou-bli-er: after two consonants, i does not glide.
        let cluster = last == 'i' && matches!(before(2), 'l' | 'r') && matches!(before(3), 'b' | 'c' | 'd' | 'f' | 'g' | 'p' | 't' | 'v');
        // A silent e behind a vowel adds nothing.
        let silent = *c == 'e' && n + 1 == letters.len();
        let apart = match (last, *c) {
            _ if silent => false,
            ('é', _) | (_, 'ï' | 'ë' | 'ü') => true,
            ('u', 'a' | 'é' | 'o') => before(2) != 'o' && before(2) != 'a' || *c == 'é',
            ('u', 'e') => after == 'r' || before(2) != 'o' && matches!(after, 'l' | 't'),
            ('o', 'a' | 'é') => true,
            ('i', _) => cluster,
            _ => false,
        };
        count += u32::from(!inside || apart);
        inside = true;
    }
    count.max(1)
}

/// A word without the letters that are not spoken: the `u` of `qu` and `gu`, and silent ends.
fn spoken(word: &str) -> String {
    let word = word.replace("qu", "q").replace("gue", "ge").replace("gui", "gi").replace("gué", "gé");
    let single = word.strip_suffix('s').unwrap_or(&word);
    if let Some(stem) = word.strip_suffix("ent").filter(|_| !word.ends_with("ment") && !SPOKEN_ENT.contains(&word.as_str())) {
        return stem.to_owned();
    }
    match single.strip_suffix('e') {
        Some(stem) if stem.chars().any(is_vowel) => {
            if stem.ends_with(is_vowel) {
                single.to_owned()
            } else {
                stem.to_owned()
            }
        }
        _ => word,
    }
}

fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'à' | 'â' | 'ä' | 'é' | 'è' | 'ê' | 'ë' | 'î' | 'ï' | 'ô' | 'ö' | 'ù' | 'û' | 'ü' | 'œ' | 'æ')
}

#[cfg(test)]
mod tests {
    use super::syllables;

    const KNOWN: &str = "anxiété:3 peur:1 respiration:4 souffle:1 émotion:3 émotions:3 pensée:2 pensées:2 corps:1 jour:1 joie:1 tristesse:2 situation:4 \
        théâtre:2 créer:2 idéal:3 client:2 oublier:3 crier:2 famille:2 travailler:3 payer:2 voyage:2 que:1 qui:1 quelque:1 guerre:1 langue:1 \
        moment:2 souvent:2 parlent:1 aident:1 peuvent:1 argent:2 nuit:1 nuage:2 tuer:2 jouer:2 oui:1 oiseau:2 beau:1 eau:1 cœur:1 sœur:1 \
        maladie:3 vie:1 amie:2 aider:2 aide:1 semaine:2 semaines:2 groupe:1 confiance:2 patience:2 société:3 bien:1 rien:1 réunion:3 maïs:2 noël:2 \
        l'amour:2 aujourd'hui:3 une:1 le:1 les:1 je:1 calme:1 calmer:2 exercice:3 sommeil:2 dormir:2";

    /// The rules are right for all but these few in a hundred.
    #[test]
    fn known_words() {
        let known: Vec<(&str, &str)> = KNOWN.split_whitespace().filter_map(|pair| pair.split_once(':')).collect();
        let wrong: Vec<_> = known.iter().filter(|(word, count)| syllables(word).to_string() != *count).collect();
        assert!(wrong.len() * 100 <= known.len() * 5, "{wrong:?}");
    }
}
