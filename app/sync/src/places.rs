//! Where the other copies of a room are to be found. It is part of the room, so whoever has the room knows it.

use stdx::{Cut, Reader, Writer};

use crate::roads::{IceServer, RelayAt, RelayKind};

const VERSION: u8 = 1;
/// The longest word, in bytes.
const WORD_MAX: usize = 2_000;
/// How many servers of one kind there may be.
const SERVERS_MAX: usize = 8;

/// The servers over which a room's copies meet. All are somebody's own: none is known beforehand.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Places {
    /// The relay that keeps a copy.
    pub relay: Option<RelayAt>,
    /// The addresses of signalling servers.
    pub signalling: Vec<String>,
    /// Servers that help browsers to reach each other.
    pub ice: Vec<IceServer>,
}

impl Places {
    /// Whether there is nowhere to go.
    pub fn is_empty(&self) -> bool {
        self.relay.is_none() && self.signalling.is_empty()
    }

    /// The addresses that a browser would speak with, each once.
    pub fn addresses(&self) -> Vec<&str> {
        let relay = self.relay.iter().map(|relay| relay.address.as_str());
        let signalling = self.signalling.iter().map(String::as_str);
        let mut all: Vec<&str> = Vec::new();
        for address in relay.chain(signalling).chain(self.ice.iter().map(|server| server.url.as_str())) {
            if !all.contains(&address) {
                all.push(address);
            }
        }
        all
    }

    /// The places as bytes.
    pub fn write(&self) -> Vec<u8> {
        let mut out = Writer::new();
        out.u8(VERSION);
        match &self.relay {
            None => out.u8(0),
            Some(RelayAt { kind, address, token }) => {
                out.u8(match kind {
                    RelayKind::YWebsocket => 1,
                    RelayKind::Hocuspocus => 2,
                });
                out.text(address).text(token)
            }
        };
        out.uint(self.signalling.len() as u64);
        for address in &self.signalling {
            out.text(address);
        }
        out.uint(self.ice.len() as u64);
        for IceServer { url, username, credential } in &self.ice {
            out.text(url).text(username).text(credential);
        }
        out.finish()
    }

    /// Reads what [`Places::write`] wrote. Others may have written it, so it is bounded.
    pub fn read(bytes: &[u8]) -> Result<Self, Cut> {
        let mut from = Reader::new(bytes);
        if from.u8()? != VERSION {
            return Err(Cut);
        }
        let kind = match from.u8()? {
            0 => None,
            1 => Some(RelayKind::YWebsocket),
            2 => Some(RelayKind::Hocuspocus),
            _ => return Err(Cut),
        };
        let relay = match kind {
            None => None,
            Some(kind) => {
                let address = address(&mut from, &["ws://", "wss://"])?;
                Some(RelayAt { kind, address, token: word(&mut from)? })
            }
        };
        let mut places = Self { relay, ..Self::default() };
        for _ in 0..count(&mut from)? {
            places.signalling.push(address(&mut from, &["ws://", "wss://"])?);
        }
        for _ in 0..count(&mut from)? {
            let url = address(&mut from, &["stun:", "stuns:", "turn:", "turns:"])?;
            places.ice.push(IceServer { url, username: word(&mut from)?, credential: word(&mut from)? });
        }
        Ok(places)
    }
}

fn count(from: &mut Reader) -> Result<usize, Cut> {
    usize::try_from(from.uint()?).ok().filter(|count| *count <= SERVERS_MAX).ok_or(Cut)
}

fn word(from: &mut Reader) -> Result<String, Cut> {
    let word = from.text()?;
    if word.len() > WORD_MAX { Err(Cut) } else { Ok(word.to_owned()) }
}

/// Whether this may be the address of a relay or a signalling server: `wss://` or `ws://`, and a machine.
pub fn is_socket_address(address: &str) -> bool {
    is_address(address, &["ws://", "wss://"])
}

fn is_address(address: &str, schemes: &[&str]) -> bool {
    let fits = |scheme: &&str| address.starts_with(*scheme) && address.len() > scheme.len();
    schemes.iter().any(fits) && !address.contains(|c: char| c.is_control() || c == ' ')
}

fn address(from: &mut Reader, schemes: &[&str]) -> Result<String, Cut> {
    let address = word(from)?;
    if is_address(&address, schemes) { Ok(address) } else { Err(Cut) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places() -> Places {
        let relay = RelayAt {
            kind: RelayKind::Hocuspocus,
            address: "wss://relay.example.com/deals".into(),
            token: "t0ken".into(),
        };
        let ice = IceServer {
            url: "turn:turn.example.com:3478".into(),
            username: "u".into(),
            credential: "c".into(),
        };
        Places {
            relay: Some(relay),
            signalling: vec!["wss://signal.example.com".into()],
            ice: vec![ice.clone(), ice],
        }
    }

    #[test]
    fn places_come_back() {
        for places in [Places::default(), places()] {
            assert_eq!(Places::read(&places.write()), Ok(places));
        }
        assert_eq!(places().addresses().len(), 3, "each once");
    }

    #[test]
    fn what_is_no_place_is_refused() {
        let mut bad = places();
        bad.signalling = vec!["javascript:alert(1)".into()];
        assert_eq!(Places::read(&bad.write()), Err(Cut));
        bad.signalling = vec!["wss://a\nb".into()];
        assert_eq!(Places::read(&bad.write()), Err(Cut));
        bad.signalling = vec!["wss://a".into(); SERVERS_MAX + 1];
        assert_eq!(Places::read(&bad.write()), Err(Cut));
        let good = places().write();
        for end in 0..good.len() {
            assert_eq!(Places::read(&good[..end]), Err(Cut));
        }
    }
}
