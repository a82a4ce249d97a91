//! Who is let in: the browser that was given the start address, and no other page, program or person.
//!
//! What facilitators read is confidential on their own machine too. A page of the web can make a browser ask this server
//! (by a picture, a form, or a name of its own that leads here), and other people on the machine can see that the port is open.

use hyper::header::{COOKIE, HOST, HeaderMap, ORIGIN};
use hyper::http::request::Parts;
use hyper::{Method, StatusCode, Version};

/// The longest address that is looked up; those of pages are far shorter.
const LONGEST: usize = 2048;
/// The address that opens a file in the author's editor: the only one that takes a POST.
pub const OPEN: &str = "/-/open";

/// Keeps the door of one server.
pub struct Guard {
    port: u16,
    key: blake3::Hash,
    token: String,
}

/// What the guard says to a request.
#[derive(PartialEq, Eq, Debug)]
pub enum Verdict {
    /// Come in.
    In,
    /// It brings the token of the start address: it gets this cookie and is sent on to the page.
    Welcome(String),
    /// It is turned away, for this reason.
    Out(StatusCode, &'static str),
}

impl Guard {
    /// The guard of the server on a port, with a secret of its own.
    pub fn new(port: u16, secret: [u8; 16]) -> Self {
        let token: String = secret.iter().map(|byte| format!("{byte:02x}")).collect();
        Self { port, key: blake3::hash(token.as_bytes()), token }
    }

    /// The way to the start page, with the token that lets its browser in.
    pub fn start(&self) -> String {
        format!("/?token={}", self.token)
    }

    /// Judges a request. `has_body` says that something comes after its head.
    pub fn judge(&self, request: &Parts, has_body: bool) -> Verdict {
        const OTHER_SITE: Verdict = Verdict::Out(StatusCode::FORBIDDEN, "This preview answers only to its own page.");
        let path = request.uri.path();
        let is_open = path == OPEN && request.method == Method::POST;
        if !is_open && request.method != Method::GET && request.method != Method::HEAD {
            return Verdict::Out(StatusCode::METHOD_NOT_ALLOWED, "This preview can only be read.");
        }
        if has_body {
            return Verdict::Out(StatusCode::PAYLOAD_TOO_LARGE, "This preview takes nothing in.");
        }
        if request.version < Version::HTTP_10 || request.uri.to_string().len() > LONGEST {
            return Verdict::Out(StatusCode::BAD_REQUEST, "This is not an address of the preview.");
        }
        let headers = &request.headers;
        let Some(host) = only(headers, &HOST).filter(|host| self.is_ours(host)) else { return OTHER_SITE };
        let asked_elsewhere = request.uri.authority().is_some_and(|authority| authority.as_str() != host);
        let passed_on = ["forwarded", "x-forwarded-host", "x-forwarded-for"].iter().any(|name| headers.contains_key(*name));
        if asked_elsewhere || passed_on {
            return OTHER_SITE;
        }
        // Another port of this machine is the same site to a browser, but not the same program.
        if headers.get_all("sec-fetch-site").iter().any(|site| site != "same-origin" && site != "none") {
            return OTHER_SITE;
        }
        let origin = only(headers, &ORIGIN);
        let from_here = origin.is_some_and(|origin| origin.strip_prefix("http://") == Some(host));
        if (headers.contains_key(ORIGIN) || is_open) && !from_here {
            return OTHER_SITE;
        }
        let token = request.uri.query().and_then(|query| query.split('&').find_map(|pair| pair.strip_prefix("token=")));
        if path == "/" && token.is_some_and(|token| self.knows(token)) {
            return Verdict::Welcome(format!("{}={}; Path=/; HttpOnly; SameSite=Strict", self.cookie(), self.token));
        }
        let cookies = headers.get_all(COOKIE).iter().filter_map(|cookies| cookies.to_str().ok()).flat_map(|cookies| cookies.split(';'));
        let mut ours = cookies.filter_map(|cookie| cookie.trim().split_once('=')).filter(|(name, _)| *name == self.cookie());
        if ours.any(|(_, token)| self.knows(token)) {
            Verdict::In
        } else {
            Verdict::Out(StatusCode::FORBIDDEN, "To see the preview, open the whole address that copebook has printed, with its token.")
        }
    }

    /// Browsers keep the cookies of all ports of a machine together, so the name says which port.
    fn cookie(&self) -> String {
        format!("copebook-{}", self.port)
    }

    /// Whether a request for this host is for us: a name that leads here from elsewhere is not.
    fn is_ours(&self, host: &str) -> bool {
        let (name, port) = match host.rsplit_once(':') {
            Some((name, port)) if !port.ends_with(']') => (name, port.to_owned()),
            _ => (host, "80".to_owned()),
        };
        matches!(name, "127.0.0.1" | "localhost" | "[::1]") && port == self.port.to_string()
    }

    /// Hashes are compared in a time that says nothing of how much was right.
    fn knows(&self, token: &str) -> bool {
        blake3::hash(token.as_bytes()) == self.key
    }
}

/// The value of a header that stands once.
fn only<'h>(headers: &'h HeaderMap, name: &hyper::header::HeaderName) -> Option<&'h str> {
    let mut values = headers.get_all(name).iter();
    let value = values.next()?.to_str().ok()?;
    values.next().is_none().then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judge(method: &str, url: &str, headers: &[(&str, &str)]) -> Verdict {
        let guard = Guard::new(4321, [7; 16]);
        let mut request = hyper::Request::builder().method(method).uri(url);
        for (name, value) in headers {
            request = request.header(*name, value.replace("TOKEN", &guard.token));
        }
        guard.judge(&request.body(()).unwrap().into_parts().0, false)
    }

    fn status(verdict: &Verdict) -> u16 {
        match verdict {
            Verdict::In => 200,
            Verdict::Welcome(_) => 303,
            Verdict::Out(status, _) => status.as_u16(),
        }
    }

    #[test]
    fn who_is_let_in() {
        let with = |headers: &[(&str, &str)]| {
            let mut all = vec![("cookie", "other=1; copebook-4321=TOKEN")];
            all.extend(headers);
            status(&judge("GET", "/", &all))
        };
        for host in ["127.0.0.1:4321", "localhost:4321", "[::1]:4321"] {
            assert_eq!(with(&[("host", host)]), 200, "{host}");
            assert_eq!(with(&[("host", host), ("origin", &format!("http://{host}")), ("sec-fetch-site", "same-origin")]), 200, "{host}");
        }
        for host in ["evil.example", "evil.example:4321", "127.0.0.1", "127.0.0.1:80", "localhost:4321.evil.example", "localhost.:4321", "[::1]", ""] {
            assert_eq!(with(&[("host", host)]), 403, "{host}");
        }
        assert_eq!(with(&[]), 403, "no host");
        let here = ("host", "localhost:4321");
        assert_eq!(with(&[here, ("host", "localhost:4321")]), 403, "two hosts");
        for origin in ["null", "http://evil.example", "https://localhost:4321", "http://localhost:3000", "http://127.0.0.1:4321"] {
            assert_eq!(with(&[here, ("origin", origin)]), 403, "{origin}");
        }
        for site in ["cross-site", "same-site", "anything"] {
            assert_eq!(with(&[here, ("sec-fetch-site", site)]), 403, "{site}");
        }
        assert_eq!(with(&[here, ("x-forwarded-host", "localhost:4321")]), 403);
    }

    #[test]
    fn the_token_opens_the_start_page_alone() {
        let guard = Guard::new(4321, [7; 16]);
        let host = [("host", "127.0.0.1:4321")];
        assert!(matches!(judge("GET", &guard.start(), &host), Verdict::Welcome(cookie) if cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict")));
        assert_eq!(status(&judge("GET", &guard.start().replace("/?", "/members/index.html?"), &host)), 403);
        assert_eq!(status(&judge("GET", "/?token=", &host)), 403);
        assert_eq!(status(&judge("GET", "/", &[host[0], ("cookie", "copebook-4322=TOKEN")])), 403);
    }

    #[test]
    fn only_opening_a_file_is_a_post_and_needs_an_origin() {
        let host = ("host", "127.0.0.1:4321");
        let cookie = ("cookie", "copebook-4321=TOKEN");
        let origin = ("origin", "http://127.0.0.1:4321");
        assert_eq!(status(&judge("POST", OPEN, &[host, cookie, origin])), 200);
        assert_eq!(status(&judge("POST", OPEN, &[host, cookie])), 403);
        assert_eq!(status(&judge("POST", OPEN, &[host, origin])), 403);
        for method in ["POST", "PUT", "DELETE", "TRACE", "OPTIONS", "PATCH"] {
            assert_eq!(status(&judge(method, "/", &[host, cookie, origin])), 405, "{method}");
        }
    }
}
