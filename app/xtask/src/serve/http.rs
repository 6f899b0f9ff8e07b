//! HTTP/1.1 for reading files, as far as browsers on this machine need it: GET and HEAD on connections that
//! stay open, one thread for each.
//!
//! Small server crates hand connections to a pool of threads, and a browser that keeps six of them open can then
//! leave a request waiting for ever.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

/// A request may take no more bytes than this before its content.
const LONGEST_HEAD: u64 = 32 * 1024;
/// An idle connection is closed after this time; browsers open a new one when they need it.
const IDLE: Duration = Duration::from_secs(120);

/// A request without its content.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Request {
    pub(super) method: String,
    /// The path as sent, with its query.
    pub(super) target: String,
    headers: Vec<(String, String)>,
}

/// An answer. Its length is added when it is written.
#[derive(Debug)]
pub(super) struct Reply {
    pub(super) status: u16,
    pub(super) headers: Vec<(&'static str, String)>,
    pub(super) body: Vec<u8>,
}

impl Request {
    #[cfg(test)]
    pub(super) fn new(method: &str, target: &str, headers: &[(&str, &str)]) -> Self {
        let headers = headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Self { method: method.to_owned(), target: target.to_owned(), headers }
    }

    /// The value of a header; its name in any case.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }

    /// Reads the next request of a connection; none when the other side is done or does not speak HTTP.
    fn read(connection: &mut impl BufRead) -> io::Result<Option<Self>> {
        let mut head = connection.take(LONGEST_HEAD);
        let Some(first) = line(&mut head)? else { return Ok(None) };
        let mut words = first.split(' ');
        let (Some(method), Some(target), Some("HTTP/1.1" | "HTTP/1.0"), None) =
            (words.next(), words.next(), words.next(), words.next())
        else {
            return Ok(None);
        };
        let mut request = Self { method: method.to_owned(), target: target.to_owned(), headers: Vec::new() };
        loop {
            match line(&mut head)? {
                None => return Ok(None),
                Some(line) if line.is_empty() => return Ok(Some(request)),
                Some(line) => {
                    let Some((name, value)) = line.split_once(':') else { return Ok(None) };
                    request.headers.push((name.to_owned(), value.trim().to_owned()));
                }
            }
        }
    }

    /// Whether the connection may carry another request after this one. We never read content, so what follows
    /// a request that has some cannot be understood.
    fn leaves_open(&self) -> bool {
        let content = self.header("Content-Length").is_some_and(|length| length != "0")
            || self.header("Transfer-Encoding").is_some();
        let closing = self.header("Connection").is_some_and(|said| said.eq_ignore_ascii_case("close"));
        !content && !closing
    }
}

/// A line without its end, or none at the end of the connection or of the allowed length.
fn line(head: &mut impl BufRead) -> io::Result<Option<String>> {
    let mut bytes = Vec::new();
    head.read_until(b'\n', &mut bytes)?;
    let Some(line) = bytes.strip_suffix(b"\n") else { return Ok(None) };
    Ok(Some(String::from_utf8_lossy(line.strip_suffix(b"\r").unwrap_or(line)).into_owned()))
}

impl Reply {
    fn write(&self, to: &mut impl Write, with_body: bool, open: bool) -> io::Result<()> {
        let mut out = format!("HTTP/1.1 {} {}\r\n", self.status, reason(self.status));
        for (name, value) in &self.headers {
            out.push_str(&format!("{name}: {value}\r\n"));
        }
        if self.status != 304 {
            out.push_str(&format!("Content-Length: {}\r\n", self.body.len()));
        }
        out.push_str(if open { "\r\n" } else { "Connection: close\r\n\r\n" });
        let mut out = out.into_bytes();
        if with_body {
            out.extend_from_slice(&self.body);
        }
        to.write_all(&out)
    }
}

fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        304 => "Not Modified",
        308 => "Permanent Redirect",
        405 => "Method Not Allowed",
        _ => "Not Found",
    }
}

/// Answers connections until the process is ended.
pub(super) fn serve(listener: &TcpListener, answer: impl Fn(&Request) -> Reply + Send + Sync + 'static) {
    let answer = Arc::new(answer);
    for connection in listener.incoming() {
        // A connection that failed before it was taken is the browser's to try again.
        let Ok(connection) = connection else { continue };
        let answer = Arc::clone(&answer);
        // One that breaks later has nobody left to be told.
        thread::spawn(move || drop(converse(&connection, &*answer)));
    }
}

fn converse(connection: &TcpStream, answer: &impl Fn(&Request) -> Reply) -> io::Result<()> {
    connection.set_read_timeout(Some(IDLE))?;
    connection.set_nodelay(true)?;
    let mut reader = BufReader::new(connection);
    let mut writer = connection;
    while let Some(request) = Request::read(&mut reader)? {
        let open = request.leaves_open();
        answer(&request).write(&mut writer, request.method != "HEAD", open)?;
        if !open {
            break;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<Request> {
        Request::read(&mut text.as_bytes()).unwrap()
    }

    #[test]
    fn requests_are_read_one_after_the_other() {
        let text = "GET /a?b HTTP/1.1\r\nHost: x\r\nAccept-Encoding:br \r\n\r\nHEAD / HTTP/1.1\r\n\r\n";
        let mut bytes = text.as_bytes();
        let first = Request::read(&mut bytes).unwrap().unwrap();
        assert_eq!((first.method.as_str(), first.target.as_str()), ("GET", "/a?b"));
        assert_eq!(first.header("accept-encoding"), Some("br"));
        let second = Request::read(&mut bytes).unwrap().unwrap();
        assert_eq!(second, Request::new("HEAD", "/", &[]));
        assert_eq!(Request::read(&mut bytes).unwrap(), None);
    }

    #[test]
    fn what_is_no_request_ends_the_connection() {
        for text in [
            "",
            "GET /",
            "GET / HTTP/1.1\r\n",
            "GET / HTTP/1.1\r\nno colon\r\n\r\n",
            "\u{16}\u{3}\u{1}\r\n\r\n",
        ] {
            assert_eq!(read(text), None, "{text:?}");
        }
        let endless = format!("GET / HTTP/1.1\r\n{}", "a: b\r\n".repeat(40_000));
        assert_eq!(read(&endless), None);
    }

    #[test]
    fn a_connection_stays_open_unless_content_follows_or_it_is_to_close() {
        assert!(Request::new("GET", "/", &[]).leaves_open());
        assert!(!Request::new("GET", "/", &[("connection", "Close")]).leaves_open());
        assert!(!Request::new("POST", "/", &[("Content-Length", "3")]).leaves_open());
    }

    #[test]
    fn many_connections_held_open_at_once_are_all_answered() {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let address = listener.local_addr().unwrap();
        thread::spawn(move || {
            serve(&listener, |request| Reply {
                status: 200,
                headers: Vec::new(),
                body: request.target.clone().into_bytes(),
            });
        });
        let mut held: Vec<_> = (0..40).map(|_| TcpStream::connect(address).unwrap()).collect();
        for (index, connection) in held.iter_mut().enumerate() {
            for method in ["HEAD", "GET"] {
                write!(connection, "{method} /{index} HTTP/1.1\r\n\r\n").unwrap();
                let body = if method == "GET" { format!("/{index}") } else { String::new() };
                let length = format!("/{index}").len();
                let expected = format!("HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n\r\n{body}");
                let mut answer = vec![0; expected.len()];
                connection.read_exact(&mut answer).unwrap();
                assert_eq!(String::from_utf8(answer).unwrap(), expected);
            }
        }
    }
}
