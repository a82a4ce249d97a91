//! A theme put together with those that it extends: the styles, scripts and pictures of a site.

use std::collections::BTreeMap;

use super::ThemeError;
use super::files::ThemeFiles;
use super::settings::{self, SINGLE, Settings, Style, is_open_to};
use crate::audience::Audience;
use crate::load::fields::Problems;
use crate::picture::ENDINGS;
use crate::source::Spanned;

/// A theme and those that it extends, with what each says about itself; the one that extends none comes first.
pub struct Whole<'f> {
    files: &'f ThemeFiles,
    layers: Vec<(&'f ThemeFiles, Settings)>,
}

impl<'f> Whole<'f> {
    /// Reads the settings of all layers.
    pub fn of(files: &'f ThemeFiles, problems: &mut Problems) -> Self {
        let mut layers: Vec<_> = files.layers().map(|layer| (layer, settings::read(layer, problems))).collect();
        layers.reverse();
        Self { files, layers }
    }

    /// Where "Leave this page" leads.
    pub fn leave(&self) -> Option<&str> {
        self.last(|settings| settings.leave.as_deref())
    }

    /// Whether members' pages are printed large where nobody chooses otherwise.
    pub fn large_print(&self) -> bool {
        self.last(|settings| settings.large_print).unwrap_or_default()
    }

    /// The logo: its address on a site, its bytes, and its words.
    pub fn logo(&self) -> Option<(String, &'f [u8], &str)> {
        let (layer, (file, text)) = self.layers.iter().rev().find_map(|(layer, settings)| Some((*layer, settings.logo.as_ref()?)))?;
        let ending = file.value.rsplit('.').next().unwrap_or_default().to_lowercase();
        Some((format!("static/logo.{ending}"), layer.files.get(&file.value)?, text))
    }

    fn last<'s, T>(&'s self, get: impl Fn(&'s Settings) -> Option<T>) -> Option<T> {
        self.layers.iter().rev().find_map(|(_, settings)| get(settings))
    }

    /// The text of a file of the folder `static`.
    fn text(&self, file: &str) -> Result<&'f str, ThemeError> {
        let path = format!("static/{file}");
        let bytes = self.files.get(&path).ok_or_else(|| ThemeError(format!("the theme has no file {path}")))?;
        std::str::from_utf8(bytes).map_err(|_| ThemeError(format!("the theme's file {path} is not text in UTF-8")))
    }

    /// The style files of a site, or of a handout in one file, in their order. The last theme to list a file says when it is
    /// worn. A theme that lists none for a handout in one file means those of members' pages.
    fn styles(&self, wanted: &str) -> Vec<(usize, &Style)> {
        let mut styles: Vec<(usize, &Style)> = Vec::new();
        for (n, (_, settings)) in self.layers.iter().enumerate() {
            let lists_it = settings.styles.iter().any(|(list, _)| *list == wanted);
            let list = if wanted == SINGLE && !lists_it { "members" } else { wanted };
            for (_, style) in settings.styles.iter().filter(|(own, _)| *own == list) {
                styles.retain(|(_, known)| known.file.value != style.file.value);
                styles.push((n, style));
            }
        }
        styles
    }

    /// The style of a site.
    pub fn style<V: Audience>(&self) -> Result<String, ThemeError> {
        self.joined::<V>(V::TEMPLATES)
    }

    /// The style of a page in one file of a site.
    pub fn single_style<V: Audience>(&self) -> Result<String, ThemeError> {
        self.joined::<V>(if V::TEMPLATES == "members" { SINGLE } else { V::TEMPLATES })
    }

    /// A list of styles as one. The colours and fonts of a theme come before its own files, and what a reader's device asks for
    /// comes after all of them.
    fn joined<V: Audience>(&self, list: &str) -> Result<String, ThemeError> {
        let styles = self.styles(list);
        let mut joined = String::new();
        for (n, (_, settings)) in self.layers.iter().enumerate() {
            joined.push_str(&settings.colours.style::<V>());
            if !settings.fonts.is_empty() {
                let stacks: Vec<String> = settings.fonts.iter().map(|(property, stack)| format!("{property}: {stack};")).collect();
                joined.push_str(&format!("@layer tokens {{\n:root {{ {} }}\n}}\n", stacks.join(" ")));
            }
            for (_, style) in styles.iter().filter(|(layer, style)| *layer == n && style.media.is_none()) {
                joined.push_str(&without_comments(self.text(&style.file.value)?));
            }
        }
        for (_, style) in &styles {
            if let Some(media) = &style.media {
                joined.push_str(&format!("@media {media} {{\n{}}}\n", without_comments(self.text(&style.file.value)?)));
            }
        }
        Ok(joined)
    }

    /// The scripts of every page of a site, by address.
    pub fn script_urls<V: Audience>(&self) -> Vec<String> {
        let mut urls: Vec<String> = Vec::new();
        for (_, file) in self.layers.iter().flat_map(|(_, settings)| &settings.scripts).filter(|(site, _)| *site == V::TEMPLATES) {
            let url = script_url(&file.value);
            if !urls.contains(&url) {
                urls.push(url);
            }
        }
        urls
    }

    /// All scripts of a site, by address.
    pub fn scripts<V: Audience>(&self) -> Result<BTreeMap<String, Vec<u8>>, ThemeError> {
        let listed = self.listed_scripts(V::TEMPLATES);
        listed.map(|file| Ok((script_url(&file.value), without_comments(self.text(&file.value)?).into_bytes()))).collect()
    }

    fn listed_scripts(&self, site: &str) -> impl Iterator<Item = &Spanned<String>> {
        let listed = self.layers.iter().flat_map(|(_, settings)| settings.scripts.iter().chain(&settings.page_scripts));
        listed.filter(move |(own, _)| *own == site).map(|(_, file)| file)
    }

    /// Scripts that would get the address of another one of the same site: each with that one.
    pub fn clashes(&self) -> Vec<(&Spanned<String>, &str)> {
        let mut clashes = Vec::new();
        for site in settings::SITES {
            let mut known: BTreeMap<String, &str> = BTreeMap::new();
            for file in self.listed_scripts(site) {
                let first = known.entry(script_url(&file.value)).or_insert(&file.value);
                if *first != file.value {
                    clashes.push((file, *first));
                }
            }
        }
        clashes
    }

    /// The pictures of a site by address: those of `static` that a style or a template of this site names.
    pub fn pictures<V: Audience>(&self) -> BTreeMap<String, Vec<u8>> {
        let named: Vec<&str> = self.sources_of(V::TEMPLATES);
        let mut pictures = BTreeMap::new();
        for path in self.files.paths() {
            let Some(file) = path.strip_prefix("static/") else { continue };
            let name = file.rsplit('/').next().unwrap_or(file);
            if is_open_to(V::TEMPLATES, file) && is_picture(name) && named.iter().any(|text| text.contains(name)) {
                pictures.insert(format!("static/{name}"), self.files.get(path).unwrap_or_default().to_vec());
            }
        }
        pictures
    }

    /// The texts of a site that may name a picture: its styles and its templates.
    fn sources_of(&self, site: &str) -> Vec<&'f str> {
        let templates = [format!("templates/{site}/"), "templates/shared/".to_owned()];
        let templates = self.files.paths().filter(|path| templates.iter().any(|folder| path.starts_with(folder))).filter_map(|path| self.files.get(path));
        let styles = self.layers.iter().flat_map(|(_, settings)| &settings.styles).filter(|(own, _)| *own == site);
        let styles = styles.filter_map(|(_, style)| self.files.get(&format!("static/{}", style.file.value)));
        templates.chain(styles).filter_map(|bytes| std::str::from_utf8(bytes).ok()).collect()
    }
}

/// The address of a script, from its way in the folder `static`.
fn script_url(file: &str) -> String {
    format!("static/{}", file.rsplit('/').next().unwrap_or(file))
}

/// Whether a file's name is that of a picture.
pub fn is_picture(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, ending)| ENDINGS.contains(&ending.to_lowercase().as_str()))
}

/// A style or script without the lines that are comments only: they are for who reads the theme, not for a phone.
fn without_comments(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut inside = false;
    for line in text.lines() {
        let bare = line.trim();
        let opens = !inside && bare.starts_with("/*");
        if inside || opens {
            // A comment that ends within a line keeps what follows it; one that only begins there hides it.
            inside = !bare.contains("*/");
            if inside || bare.ends_with("*/") {
                continue;
            }
        }
        if !bare.is_empty() && !bare.starts_with("//") {
            kept.push_str(line);
            kept.push('\n');
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::without_comments;

    #[test]
    fn only_lines_that_are_comments_go() {
        let text = "/* why\n   and how */\n// note\na { b: c } /* kept */\n\n/* x */ d { }\nurl(https://e)\n";
        assert_eq!(without_comments(text), "a { b: c } /* kept */\n/* x */ d { }\nurl(https://e)\n");
    }
}
