//! From a request to its answer. Every address is looked up; none is a way on the disk.

use hyper::body::Bytes;
use hyper::header::{ALLOW, CACHE_CONTROL, CONNECTION, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName, HeaderValue, LOCATION, SET_COOKIE};
use hyper::http::request::Parts;
use hyper::{Method, Response, StatusCode};

use super::guard::{Guard, OPEN, Verdict};
use super::looked::Looked;
use super::shown::Shown;
use crate::link::decoded;

const PAGE: &str = include_str!("shell/preview.html");
const SCRIPT: &str = include_str!("shell/preview.js");
const STYLE: &str = include_str!("shell/preview.css");

const SHELL_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; frame-src 'self'; \
    form-action 'none'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";
/// What the pages say of themselves in a build, and that only the preview may show them in itself.
const PAGE_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; media-src 'self'; \
    connect-src 'none'; form-action 'none'; base-uri 'none'; object-src 'none'; frame-ancestors 'self'";

/// What is to be done for a request.
pub enum Answer {
    /// This is all of it.
    Whole(Response<Bytes>),
    /// The number of what is shown is to be told, now and whenever it changes.
    Events(Response<()>),
    /// A file is to be opened in the author's editor, at a line.
    Open(String, u32),
}

/// The answer to a request.
pub fn answer(request: &Parts, has_body: bool, guard: &Guard, shown: &Shown, looked: &Looked) -> Answer {
    match guard.judge(request, has_body) {
        Verdict::In => {}
        Verdict::Welcome(cookie) => {
            let mut response = text(StatusCode::SEE_OTHER, "");
            put(&mut response, LOCATION, "/");
            put(&mut response, SET_COOKIE, &cookie);
            return Answer::Whole(response);
        }
        Verdict::Out(status, words) => {
            let mut response = text(status, words);
            put(&mut response, CONNECTION, "close");
            if status == StatusCode::METHOD_NOT_ALLOWED {
                put(&mut response, ALLOW, "GET, HEAD");
            }
            return Answer::Whole(response);
        }
    }
    let query = request.uri.query().unwrap_or_default();
    let asked = |name: &str| {
        query.split('&').filter_map(|pair| pair.split_once('=')).find(|(key, _)| *key == name).map(|(_, value)| decoded(value)).unwrap_or_default()
    };
    let whole = match request.uri.path() {
        "/" => with(StatusCode::OK, "text/html; charset=utf-8", PAGE, SHELL_POLICY),
        "/-/preview.js" => with(StatusCode::OK, "text/javascript; charset=utf-8", SCRIPT, SHELL_POLICY),
        "/-/preview.css" => with(StatusCode::OK, "text/css; charset=utf-8", STYLE, SHELL_POLICY),
        "/-/now" => {
            let (guide, members) = (asked("guide"), asked("members"));
            [&guide, &members].into_iter().filter(|url| shown.file(url).is_some()).for_each(|url| looked.note(url));
            match serde_json::to_vec(&shown.now(&guide, &members)) {
                Ok(json) => with(StatusCode::OK, "application/json", json, SHELL_POLICY),
                Err(_) => text(StatusCode::INTERNAL_SERVER_ERROR, "This cannot be told."),
            }
        }
        "/-/events" if request.method == Method::GET => {
            return Answer::Events(with(StatusCode::OK, "text/event-stream", Bytes::new(), SHELL_POLICY).map(|_| ()));
        }
        OPEN if request.method == Method::POST => match shown.text(&asked("file")) {
            Some(file) => return Answer::Open(file.to_string(), asked("line").parse().unwrap_or(1)),
            None => text(StatusCode::NOT_FOUND, "This is no file of the curricula."),
        },
        path => {
            let url = decoded(path.trim_start_matches('/'));
            match shown.file(&url) {
                Some(bytes) if path.starts_with('/') && !path.starts_with("//") => with(StatusCode::OK, kind(&url), bytes.clone(), PAGE_POLICY),
                _ => text(StatusCode::NOT_FOUND, "There is no such page in the preview."),
            }
        }
    };
    Answer::Whole(whole)
}

/// A line of plain text.
pub fn text(status: StatusCode, words: &'static str) -> Response<Bytes> {
    with(status, "text/plain; charset=utf-8", words, PAGE_POLICY)
}

fn with(status: StatusCode, kind: &'static str, bytes: impl Into<Bytes>, policy: &'static str) -> Response<Bytes> {
    let mut response = Response::new(bytes.into());
    *response.status_mut() = status;
    let headers = response.headers_mut();
    for (name, value) in [
        (CONTENT_TYPE, kind),
        (CONTENT_SECURITY_POLICY, policy),
        (CACHE_CONTROL, "no-store"),
        (HeaderName::from_static("x-content-type-options"), "nosniff"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("referrer-policy"), "no-referrer"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

fn put(response: &mut Response<Bytes>, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(name, value);
    }
}

/// What kind of file an address is.
fn kind(url: &str) -> &'static str {
    match url.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "ics" => "text/calendar; charset=utf-8",
        "txt" => "text/plain; charset=utf-8",
        "woff2" => "font/woff2",
        _ => "application/octet-stream",
    }
}
