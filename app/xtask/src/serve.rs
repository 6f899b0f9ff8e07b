//! A small server of static files, for people trying the program and for its tests.
//!
//! It listens on this machine only, answers from one folder and sends the headers a real host should send.

pub(crate) mod files;
mod http;
mod path;

use std::io::{self, Write};
use std::net::TcpListener;
use std::path::Path;

use anyhow::Context;

use crate::repo;
use files::{Body, Files};
use http::{Reply, Request};
pub(crate) use path::Base;
use path::Place;

/// Sent with every answer.
const HEADERS: &[(&str, &str)] = &[
    // A policy in the page cannot forbid frames, only a header can.
    ("Content-Security-Policy", "frame-ancestors 'none'"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Referrer-Policy", "no-referrer"),
    ("X-Content-Type-Options", "nosniff"),
];

/// Serves a folder until the process is ended. Prints one line with the address once it can be opened.
pub(crate) fn run(root: &Path, dist: &Path, base: &Base, port: u16) -> anyhow::Result<()> {
    let files = Files::open(dist, repo::target(root).join("packed"))?;
    let listener = TcpListener::bind(("127.0.0.1", port))
        .with_context(|| format!("port {port} cannot be opened; `--port 0` takes a free one"))?;
    let mut out = io::stdout();
    let address = listener.local_addr()?;
    writeln!(out, "serving http://{address}{base}").and_then(|()| out.flush())?;

    let base = base.clone();
    http::serve(&listener, move |request| {
        let mut reply = reply(request, &files, &base);
        reply.headers.extend(HEADERS.iter().map(|(name, value)| (*name, (*value).to_owned())));
        reply
    });
    Ok(())
}

fn reply(request: &Request, files: &Files, base: &Base) -> Reply {
    if !matches!(request.method.as_str(), "GET" | "HEAD") {
        let mut reply = plain(405, "Only GET and HEAD are answered here.");
        reply.headers.push(("Allow", "GET, HEAD".to_owned()));
        return reply;
    }
    match base.place(&request.target) {
        Place::File(relative) => match files.read(&relative) {
            Some(body) => found(request, &relative, &body),
            None => nothing(),
        },
        Place::Moved(to) => {
            let mut reply = plain(308, "Moved.");
            reply.headers.push(("Location", to));
            reply
        }
        Place::Outside => nothing(),
    }
}

fn nothing() -> Reply {
    plain(404, "There is nothing at this address.")
}

fn plain(status: u16, words: &str) -> Reply {
    let headers = vec![
        ("Content-Type", "text/plain; charset=utf-8".to_owned()),
        ("Cache-Control", "no-store".to_owned()),
    ];
    Reply { status, headers, body: format!("{words}\n").into_bytes() }
}

fn found(request: &Request, relative: &str, body: &Body) -> Reply {
    let mut headers = vec![
        ("Content-Type", files::content_type(relative).to_owned()),
        ("Cache-Control", files::cache_control(relative).to_owned()),
        ("ETag", body.tag.clone()),
        ("Vary", "Accept-Encoding".to_owned()),
    ];
    if request.header("If-None-Match") == Some(&body.tag) {
        return Reply { status: 304, headers, body: Vec::new() };
    }
    let bytes = match &body.brotli {
        Some(packed) if request.header("Accept-Encoding").is_some_and(takes_brotli) => {
            headers.push(("Content-Encoding", "br".to_owned()));
            packed
        }
        _ => &body.plain,
    };
    Reply { status: 200, headers, body: bytes.clone() }
}

fn takes_brotli(accepted: &str) -> bool {
    accepted.split(',').any(|coding| {
        let (name, weight) = coding.split_once(';').unwrap_or((coding, ""));
        name.trim() == "br" && weight.trim() != "q=0"
    })
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn header<'a>(reply: &'a Reply, name: &str) -> Option<&'a str> {
        reply.headers.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str())
    }

    fn get(path: &str) -> Request {
        Request::new("GET", path, &[])
    }

    /// A folder with a page and a program in it, and a secret beside it.
    fn site(name: &str) -> Files {
        let root = std::env::temp_dir().join(format!("xtask-serve-{name}-{}", std::process::id()));
        let dist = root.join("dist");
        fs::create_dir_all(dist.join("icons")).unwrap();
        fs::write(root.join("secret.txt"), "secret").unwrap();
        fs::write(dist.join("index.html"), "<p>Handsel</p>".repeat(200)).unwrap();
        fs::write(dist.join("sw.js"), "// worker").unwrap();
        fs::write(dist.join("app-0123456789abcdef.wasm"), b"\0asm").unwrap();
        fs::write(dist.join("icons/a b.svg"), "<svg/>").unwrap();
        fs::write(dist.join(".hidden"), "hidden").unwrap();
        Files::open(&dist, root.join("packed")).unwrap()
    }

    #[test]
    fn the_page_is_at_the_root_and_asked_for_anew_each_time() {
        let files = site("page");
        let reply = reply(&get("/?x=1"), &files, &Base::root());
        assert_eq!(reply.status, 200);
        assert_eq!(header(&reply, "Content-Type"), Some("text/html; charset=utf-8"));
        assert_eq!(header(&reply, "Cache-Control"), Some("no-cache"));
        assert!(reply.body.starts_with(b"<p>Handsel</p>"));
    }

    #[test]
    fn names_with_a_hash_are_kept_for_good_and_others_are_not() {
        let files = site("cache");
        let program = reply(&get("/app-0123456789abcdef.wasm"), &files, &Base::root());
        assert_eq!(header(&program, "Content-Type"), Some("application/wasm"));
        assert_eq!(header(&program, "Cache-Control"), Some("public, max-age=31536000, immutable"));
        let worker = reply(&get("/sw.js"), &files, &Base::root());
        assert_eq!(header(&worker, "Cache-Control"), Some("no-cache"));
    }

    #[test]
    fn nothing_outside_the_folder_is_given_out() {
        let files = site("outside");
        for path in [
            "/../secret.txt",
            "/%2e%2e/secret.txt",
            "/icons/../../secret.txt",
            "/icons/%2e%2e%2f%2e%2e%2fsecret.txt",
            "/..%5csecret.txt",
            "//secret.txt",
            "/./../secret.txt",
            "/.hidden",
            "/%00",
            "/%zz",
            "/nothing.js",
            "/icons",
            "/icons/",
            "secret.txt",
            "",
        ] {
            let reply = reply(&get(path), &files, &Base::root());
            assert_eq!(reply.status, 404, "{path}");
        }
        assert_eq!(reply(&get("/icons/a%20b.svg"), &files, &Base::root()).status, 200);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_that_leads_outside_is_not_followed() {
        let files = site("link");
        let link = files.folder().join("link.txt");
        drop(fs::remove_file(&link));
        std::os::unix::fs::symlink("../secret.txt", &link).unwrap();
        assert_eq!(fs::read_to_string(&link).unwrap(), "secret");
        assert_eq!(reply(&get("/link.txt"), &files, &Base::root()).status, 404);
    }

    #[test]
    fn a_browser_that_takes_brotli_gets_fewer_bytes_of_the_same_page() {
        let files = site("brotli");
        let request = Request::new("GET", "/index.html", &[("accept-encoding", "gzip, br")]);
        let packed = reply(&request, &files, &Base::root());
        assert_eq!(header(&packed, "Content-Encoding"), Some("br"));
        let mut unpacked = Vec::new();
        brotli::BrotliDecompress(&mut &packed.body[..], &mut unpacked).unwrap();
        let plain = reply(&get("/index.html"), &files, &Base::root());
        assert_eq!(header(&plain, "Content-Encoding"), None);
        assert_eq!(unpacked, plain.body);
        assert!(packed.body.len() < plain.body.len());

        assert!(takes_brotli("gzip, deflate, br, zstd"));
        assert!(takes_brotli("br;q=0.5"));
        assert!(!takes_brotli("gzip, br;q=0"));
        assert!(!takes_brotli("brutal"));
    }

    #[test]
    fn a_page_the_browser_already_has_is_not_sent_again_until_it_changes() {
        let files = site("tag");
        let first = reply(&get("/index.html"), &files, &Base::root());
        let tag = header(&first, "ETag").unwrap();
        let again = Request::new("GET", "/index.html", &[("If-None-Match", tag)]);
        assert_eq!(reply(&again, &files, &Base::root()).status, 304);

        fs::write(files.folder().join("index.html"), "<p>new</p>").unwrap();
        let changed = reply(&again, &files, &Base::root());
        assert_eq!((changed.status, changed.body), (200, b"<p>new</p>".to_vec()));
    }

    #[test]
    fn only_reading_is_answered() {
        let files = site("post");
        let reply = reply(&Request::new("POST", "/", &[]), &files, &Base::root());
        assert_eq!((reply.status, header(&reply, "Allow")), (405, Some("GET, HEAD")));
    }

    #[test]
    fn below_a_subfolder_only_that_folder_answers() {
        let files = site("base");
        let base = Base::new("/some/sub/").unwrap();
        assert_eq!(reply(&get("/some/sub/"), &files, &base).status, 200);
        assert_eq!(reply(&get("/some/sub/sw.js"), &files, &base).status, 200);
        assert_eq!(reply(&get("/sw.js"), &files, &base).status, 404);
        assert_eq!(reply(&get("/"), &files, &base).status, 404);
        let moved = reply(&get("/some/sub"), &files, &base);
        assert_eq!((moved.status, header(&moved, "Location")), (308, Some("/some/sub/")));
    }
}
