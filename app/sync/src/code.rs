//! What two browsers must tell each other to connect, as few bytes as can be: for people who pass it on by hand, as text
//! or as a picture, where no server does it for them.
//!
//! A browser's description of a connection (SDP, RFC 8866) has thousands of characters, of which these say something: the
//! name and password of ICE, the fingerprint of the certificate, who begins, and the addresses at which to try. The rest
//! is the same for every data channel and is put back. docs/formats.md gives the bytes. They are to be sealed before they
//! leave, since whoever reads them could answer in place of the one they are for.

use std::fmt::Write as _;
use std::net::{Ipv4Addr, Ipv6Addr};

use model::{hex, unhex};
use stdx::{Cut, Reader, Writer};

const VERSION: u8 = 1;
/// How many addresses are passed on, and read.
const CANDIDATES_MAX: usize = 24;
/// The longest name, password or address, in bytes.
const WORD_MAX: usize = 255;
/// The longest body that is unpacked.
const BODY_MAX: usize = 16 * 1024;

/// Why a description or a code cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CodeError {
    /// It ends too early, or says what cannot be.
    #[error("the code is damaged")]
    Damaged,
    /// Made by another version.
    #[error("the code is of version {0}")]
    OtherVersion(u8),
    /// The browser's description is not one of a data channel, or has something that a code cannot carry.
    #[error("the description has no {0}")]
    Without(&'static str),
}

impl From<Cut> for CodeError {
    fn from(_: Cut) -> Self {
        Self::Damaged
    }
}

/// Whether a description asks or answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// It asks.
    Offer,
    /// It answers.
    Answer,
}

/// Who opens the encrypted connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Setup {
    Either,
    Active,
    Passive,
}

/// A description of one end of a data channel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Description {
    /// Whether it asks or answers.
    pub kind: Kind,
    setup: Setup,
    ufrag: String,
    pwd: String,
    /// SHA-256 of the certificate.
    fingerprint: [u8; 32],
    /// The name of the one medium. An answer repeats that of the offer.
    mid: String,
    candidates: Vec<Candidate>,
}

/// An address at which to try, over UDP.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Candidate {
    /// Its place in [`TYPES`].
    kind: u8,
    priority: u32,
    port: u16,
    address: Address,
}

const TYPES: [&str; 4] = ["host", "srflx", "prflx", "relay"];

#[derive(Debug, Clone, PartialEq, Eq)]
enum Address {
    V4(Ipv4Addr),
    V6(Ipv6Addr),
    /// `<uuid>.local`, in place of an address that a browser does not tell.
    Hidden([u8; 16]),
    Name(String),
}

impl Address {
    fn parse(text: &str) -> Self {
        if let Ok(address) = text.parse() {
            return Self::V4(address);
        }
        if let Ok(address) = text.parse() {
            return Self::V6(address);
        }
        let hidden = text.strip_suffix(".local").and_then(|uuid| unhex(&uuid.replace('-', "")));
        match hidden.and_then(|bytes| bytes.try_into().ok()).map(Self::Hidden) {
            Some(hidden) if hidden.to_text() == text => hidden,
            _ => Self::Name(text.to_owned()),
        }
    }

    fn to_text(&self) -> String {
        match self {
            Self::V4(address) => address.to_string(),
            Self::V6(address) => address.to_string(),
            Self::Hidden(uuid) => {
                let digits = hex(uuid);
                let (a, b, c) = (&digits[..8], &digits[8..12], &digits[12..16]);
                [a, "-", b, "-", c, "-", &digits[16..20], "-", &digits[20..], ".local"].concat()
            }
            Self::Name(name) => name.clone(),
        }
    }
}

impl Candidate {
    /// Reads what stands behind `a=candidate:`; nothing for addresses over TCP, which lead nowhere between browsers.
    fn parse(line: &str) -> Option<Self> {
        let words: Vec<_> = line.split_ascii_whitespace().collect();
        let [_, "1", protocol, priority, address, port, "typ", kind, ..] = words[..] else { return None };
        if !protocol.eq_ignore_ascii_case("udp") || address.len() > WORD_MAX {
            return None;
        }
        Some(Self {
            kind: TYPES.iter().position(|known| *known == kind)? as u8,
            priority: priority.parse().ok()?,
            port: port.parse().ok()?,
            address: Address::parse(address),
        })
    }

    fn write(&self, out: &mut Writer) {
        let form = match self.address {
            Address::V4(_) => 0,
            Address::V6(_) => 1,
            Address::Hidden(_) => 2,
            Address::Name(_) => 3,
        };
        out.u8(self.kind | form << 2).raw(&self.priority.to_be_bytes()).raw(&self.port.to_be_bytes());
        match &self.address {
            Address::V4(address) => out.raw(&address.octets()),
            Address::V6(address) => out.raw(&address.octets()),
            Address::Hidden(uuid) => out.raw(uuid),
            Address::Name(name) => out.text(name),
        };
    }

    fn read(from: &mut Reader) -> Result<Self, CodeError> {
        let form = from.u8()?;
        Ok(Self {
            kind: form & 3,
            priority: u32::from_be_bytes(from.array()?),
            port: u16::from_be_bytes(from.array()?),
            address: match form >> 2 {
                0 => Address::V4(from.array::<4>()?.into()),
                1 => Address::V6(from.array::<16>()?.into()),
                2 => Address::Hidden(from.array()?),
                3 => Address::parse(&word(from)?),
                _ => return Err(CodeError::Damaged),
            },
        })
    }
}

/// A text that may stand in a line of a description without ending it or its word.
fn word(from: &mut Reader) -> Result<String, CodeError> {
    let word = from.text()?;
    let fits = !word.is_empty() && word.len() <= WORD_MAX && word.bytes().all(|byte| byte.is_ascii_graphic());
    if fits { Ok(word.to_owned()) } else { Err(CodeError::Damaged) }
}

impl Description {
    /// Takes what matters out of a browser's description, after it has gathered its addresses.
    pub fn from_sdp(kind: Kind, sdp: &str) -> Result<Self, CodeError> {
        let value = |name: &'static str| {
            let mut found = sdp.lines().filter_map(|line| line.trim_end().strip_prefix(name));
            found.next().ok_or(CodeError::Without(name))
        };
        value("m=application ")?;
        let text = |name: &'static str| match value(name)?.trim() {
            word if !word.is_empty() && word.len() <= WORD_MAX => Ok(word.to_owned()),
            _ => Err(CodeError::Without(name)),
        };
        let fingerprint = value("a=fingerprint:sha-256 ")?.trim().replace(':', "").to_ascii_lowercase();
        let candidates = sdp.lines().filter_map(|line| line.strip_prefix("a=candidate:"));
        Ok(Self {
            kind,
            setup: match value("a=setup:")?.trim() {
                "active" => Setup::Active,
                "passive" => Setup::Passive,
                _ => Setup::Either,
            },
            ufrag: text("a=ice-ufrag:")?,
            pwd: text("a=ice-pwd:")?,
            fingerprint: unhex(&fingerprint)
                .and_then(|bytes| bytes.try_into().ok())
                .ok_or(CodeError::Without("a=fingerprint:sha-256 "))?,
            mid: text("a=mid:")?,
            candidates: candidates.filter_map(Candidate::parse).take(CANDIDATES_MAX).collect(),
        })
    }

    /// A description that a browser takes as the other side's.
    pub fn to_sdp(&self) -> String {
        let mid = &self.mid;
        let mut fingerprint = String::new();
        for byte in self.fingerprint {
            if !fingerprint.is_empty() {
                fingerprint.push(':');
            }
            fingerprint.push_str(&hex(&[byte]).to_ascii_uppercase());
        }
        let setup = match self.setup {
            Setup::Either => "actpass",
            Setup::Active => "active",
            Setup::Passive => "passive",
        };
        let mut sdp = format!(
            "v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\na=group:BUNDLE {mid}\r\n\
             m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\nc=IN IP4 0.0.0.0\r\n"
        );
        for (index, candidate) in self.candidates.iter().enumerate() {
            let Candidate { kind, priority, port, address } = candidate;
            let (address, kind) = (address.to_text(), TYPES[usize::from(kind & 3)]);
            // Where the address stands for another one, that must be named as well; it is not used.
            let related = if kind == TYPES[0] { "" } else { " raddr 0.0.0.0 rport 0" };
            // Writing to a String never fails.
            let _ =
                write!(sdp, "a=candidate:{index} 1 udp {priority} {address} {port} typ {kind}{related}\r\n");
        }
        let (ufrag, pwd) = (&self.ufrag, &self.pwd);
        let _ = write!(
            sdp,
            "a=ice-ufrag:{ufrag}\r\na=ice-pwd:{pwd}\r\na=fingerprint:sha-256 {fingerprint}\r\na=setup:{setup}\r\n\
             a=mid:{mid}\r\na=sctp-port:5000\r\na=max-message-size:262144\r\n"
        );
        sdp
    }

    /// The code, to be sealed.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut body = Writer::new();
        body.u8(matches!(self.kind, Kind::Answer).into()).u8(self.setup as u8);
        body.text(&self.ufrag).text(&self.pwd).raw(&self.fingerprint).text(&self.mid);
        body.uint(self.candidates.len() as u64);
        self.candidates.iter().for_each(|candidate| candidate.write(&mut body));
        let body = body.finish();
        let packed = miniz_oxide::deflate::compress_to_vec(&body, 9);
        let mut out = Writer::new();
        if packed.len() < body.len() {
            out.u8(VERSION).u8(1).raw(&packed);
        } else {
            out.u8(VERSION).u8(0).raw(&body);
        }
        out.finish()
    }

    /// Reads a code after it was opened.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, CodeError> {
        let mut from = Reader::new(bytes);
        match from.u8()? {
            VERSION => {}
            other => return Err(CodeError::OtherVersion(other)),
        }
        let body = match from.u8()? {
            0 => from.rest().to_vec(),
            1 => miniz_oxide::inflate::decompress_to_vec_with_limit(from.rest(), BODY_MAX)
                .or(Err(CodeError::Damaged))?,
            _ => return Err(CodeError::Damaged),
        };
        let mut from = Reader::new(&body);
        let description = Self {
            kind: match from.u8()? {
                0 => Kind::Offer,
                1 => Kind::Answer,
                _ => return Err(CodeError::Damaged),
            },
            setup: match from.u8()? {
                0 => Setup::Either,
                1 => Setup::Active,
                2 => Setup::Passive,
                _ => return Err(CodeError::Damaged),
            },
            ufrag: word(&mut from)?,
            pwd: word(&mut from)?,
            fingerprint: from.array()?,
            mid: word(&mut from)?,
            candidates: {
                let count = from.uint()?;
                if count > CANDIDATES_MAX as u64 {
                    return Err(CodeError::Damaged);
                }
                (0..count).map(|_| Candidate::read(&mut from)).collect::<Result<_, _>>()?
            },
        };
        if from.is_empty() { Ok(description) } else { Err(CodeError::Damaged) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As Chromium 148 and Firefox 140 wrote them, each answering the other.
    const FOUND: [(&str, Kind, &str); 4] = [
        ("chromium offer", Kind::Offer, include_str!("../tests/sdp/chromium-offer.sdp")),
        ("chromium answer", Kind::Answer, include_str!("../tests/sdp/chromium-answer.sdp")),
        ("firefox offer", Kind::Offer, include_str!("../tests/sdp/firefox-offer.sdp")),
        ("firefox answer", Kind::Answer, include_str!("../tests/sdp/firefox-answer.sdp")),
    ];

    /// The lines of a description that mean something, without what differs by browser.
    fn meaning(sdp: &str) -> Vec<String> {
        let mut lines: Vec<_> = sdp
            .lines()
            .filter(|line| {
                ["a=ice-ufrag:", "a=ice-pwd:", "a=fingerprint:", "a=setup:", "a=mid:", "m=", "a=sctp-port:"]
                    .iter()
                    .any(|kept| line.starts_with(kept))
            })
            .map(str::to_owned)
            .collect();
        for line in sdp.lines().filter_map(|line| line.strip_prefix("a=candidate:")) {
            let words: Vec<_> =
                line.to_ascii_lowercase().split(' ').skip(1).take(7).map(str::to_owned).collect();
            if words[1] == "udp" {
                lines.push(words.join(" "));
            }
        }
        lines.sort_unstable();
        lines
    }

    #[test]
    fn what_browsers_say_survives_in_few_bytes() {
        for (name, kind, sdp) in FOUND {
            let description = Description::from_sdp(kind, sdp).unwrap();
            let code = description.to_bytes();
            assert!(code.len() < 150, "{name}: {} bytes of {}", code.len(), sdp.len());
            let back = Description::from_bytes(&code).unwrap();
            assert_eq!(back, description, "{name}");
            assert_eq!(back.kind, kind);
            assert_eq!(meaning(&back.to_sdp()), meaning(sdp), "{name}");
        }
    }

    /// The example of docs/formats.md.
    #[test]
    fn a_code_has_these_bytes() {
        let sdp = "m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\n\
            a=candidate:1 1 udp 2113937151 192.0.2.7 50001 typ host generation 0\r\n\
            a=candidate:2 1 tcp 1518280447 192.0.2.7 9 typ host tcptype active\r\n\
            a=candidate:3 1 udp 1677729535 2001:db8::7 50002 typ srflx raddr 192.0.2.7 rport 50001\r\n\
            a=candidate:4 1 udp 2113937151 00112233-4455-6677-8899-aabbccddeeff.local 50003 typ host\r\n\
            a=ice-ufrag:ab+/\r\na=ice-pwd:0123456789abcdefABCDEF/+\r\na=setup:actpass\r\na=mid:0\r\n\
            a=fingerprint:sha-256 40:41:42:43:44:45:46:47:48:49:4A:4B:4C:4D:4E:4F:50:51:52:53:54:55:56:57:58:59:5A:5B:5C:5D:5E:5F\r\n";
        let code = Description::from_sdp(Kind::Offer, sdp).unwrap().to_bytes();
        let body = match code.split_at(2) {
            ([1, 1], packed) => miniz_oxide::inflate::decompress_to_vec(packed).unwrap(),
            ([1, 0], body) => body.to_vec(),
            other => panic!("{other:?}"),
        };
        let golden = "00\
            00\
            0461622b2f\
            1830313233343536373839616263646566414243444546\
            2f2b\
            404142434445464748494a4b4c4d4e4f505152535455565758595a5b5c5d5e5f\
            0130\
            03\
            007e001effc351c0000207\
            0564001effc35220010db8000000000000000000000007\
            087e001effc35300112233445566778899aabbccddeeff";
        assert_eq!(hex(&body), golden);
    }

    #[test]
    fn what_is_no_description_of_a_channel_is_said_to_lack_something() {
        let whole = FOUND[0].2;
        for line in ["m=application", "a=ice-ufrag:", "a=ice-pwd:", "a=fingerprint:", "a=setup:", "a=mid:"] {
            let without: String =
                whole.split_inclusive('\n').filter(|other| !other.starts_with(line)).collect();
            assert!(
                matches!(Description::from_sdp(Kind::Offer, &without), Err(CodeError::Without(_))),
                "{line}"
            );
        }
        assert_eq!(Description::from_bytes(&[]), Err(CodeError::Damaged));
        assert_eq!(Description::from_bytes(&[2, 0]), Err(CodeError::OtherVersion(2)));
        assert_eq!(Description::from_bytes(&[1, 2]), Err(CodeError::Damaged));
        let code = Description::from_sdp(Kind::Offer, whole).unwrap().to_bytes();
        for end in 0..code.len() {
            assert!(Description::from_bytes(&code[..end]).is_err(), "{end}");
        }
    }

    #[test]
    fn a_code_cannot_put_lines_of_its_own_into_a_description() {
        let mut description = Description::from_sdp(Kind::Offer, FOUND[0].2).unwrap();
        for bad in ["a\r\na=x", "a b", "", "é"] {
            description.ufrag = bad.into();
            assert_eq!(Description::from_bytes(&description.to_bytes()), Err(CodeError::Damaged), "{bad}");
        }
    }
}
