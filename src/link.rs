//! Addresses in texts: where a link leads, and what copebook allows.

/// Where a link leads.
#[derive(PartialEq, Eq, Debug)]
pub enum Destination {
    /// To another site, a phone or a mailbox.
    Elsewhere,
    /// To a heading of the same page.
    Here(String),
    /// To a file, by its way from the file of the link, and perhaps a heading there.
    File(String, Option<String>),
    /// To nothing that copebook allows.
    Refused,
}

/// What an address in a text means. Allowed are http, https, mailto, tel and sms, and ways to files.
pub fn where_to(address: &str) -> Destination {
    // Browsers skip white space and control characters in an address, so they may hide nothing here.
    let bare: String = address.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
    if let Some(anchor) = bare.strip_prefix('#') {
        return Destination::Here(anchor.to_owned());
    }
    if bare.starts_with('/') || bare.contains('\\') || bare.is_empty() {
        return Destination::Refused;
    }
    let scheme = bare.split_once(':').map(|(scheme, _)| scheme.to_lowercase()).filter(|scheme| !scheme.contains(['/', '.', '#', '?']));
    match scheme.as_deref() {
        Some("http" | "https" | "mailto" | "tel" | "sms") => Destination::Elsewhere,
        Some(_) => Destination::Refused,
        None => {
            let path = decoded(address);
            match path.split_once('#') {
                Some((path, anchor)) => Destination::File(path.to_owned(), Some(anchor.to_owned())),
                None => Destination::File(path, None),
            }
        }
    }
}

/// An address with `%20` and the like written out.
pub fn decoded(address: &str) -> String {
    let mut bytes = Vec::with_capacity(address.len());
    let mut rest = address.as_bytes();
    while let [first, tail @ ..] = rest {
        let hex = tail.get(..2).filter(|_| *first == b'%').and_then(|hex| std::str::from_utf8(hex).ok()).and_then(|hex| u8::from_str_radix(hex, 16).ok());
        match hex {
            Some(byte) => {
                bytes.push(byte);
                rest = tail.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| address.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_harmless_addresses_pass() {
        for good in ["https://a.b/c", "http://a", "mailto:a@b.c", "tel:988", "sms:988", "HTTPS://a"] {
            assert_eq!(where_to(good), Destination::Elsewhere, "{good}");
        }
        for bad in [
            "javascript:x",
            "JaVaScRiPt:x",
            "java\tscript:x",
            " javascript:x",
            "data:text/html,x",
            "vbscript:x",
            "//evil",
            "\\\\evil",
            "/etc/passwd",
            "file:///x",
            "C:\\x",
            "",
        ] {
            assert_eq!(where_to(bad), Destination::Refused, "{bad}");
        }
        assert_eq!(where_to("#why"), Destination::Here("why".into()));
        assert_eq!(where_to("../a/b%20c.md#why"), Destination::File("../a/b c.md".into(), Some("why".into())));
    }
}
