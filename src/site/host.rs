//! Files for the host of a site. They are the same for every curriculum.

/// What a host sends along with every page for members: Netlify and Cloudflare Pages read this file. The pages carry the same
/// rules for browsers; `frame-ancestors` and the rest can be said by a host only.
pub const MEMBERS: &[(&str, &str)] = &[(
    "_headers",
    "/*
  Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; media-src 'self'; connect-src 'none'; form-action 'none'; base-uri 'none'; object-src 'none'; require-trusted-types-for 'script'; trusted-types 'none'; frame-ancestors 'none'
  Referrer-Policy: no-referrer
  X-Content-Type-Options: nosniff
  X-Frame-Options: DENY
  X-Robots-Tag: noindex
  Permissions-Policy: camera=(), microphone=(), geolocation=(), browsing-topics=()
  Cross-Origin-Opener-Policy: same-origin
  Cross-Origin-Resource-Policy: same-origin
  Cache-Control: no-cache
",
)];

/// The guide is not for a public host. Where one serves it all the same, search engines are asked to keep out.
pub const GUIDE: &[(&str, &str)] = &[("robots.txt", "User-agent: *\nDisallow: /\n")];
