//! How it stands with the other copies of a room, in the few words that a person needs.

use stdx::{Cut, Reader, Writer};
use sync::{relay, roads::Standing, signalling};

/// How it stands with the other copies of a room.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Live {
    /// Whether they are reached.
    pub reach: Reach,
    /// How many other browsers are connected to this one directly.
    pub peers: usize,
    /// How many changes the relay has not said to have.
    pub unsent: usize,
    /// When something was received last, milliseconds since 1970.
    pub heard_at: Option<u64>,
}

/// Whether other copies are reached.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Reach {
    /// The room has no places, and nobody has come by a code.
    #[default]
    Off,
    /// It has, and its person has not said yet that they may be spoken with.
    Asks,
    /// They are being reached for.
    Connecting,
    /// They are reached, and nobody else is there.
    Alone,
    /// What is there is here, and what is written here is sent at once.
    InStep,
    /// The relay gives what it has and takes nothing from here.
    ReadOnly,
    /// They were lost or could not be reached. The next attempt is at this time, milliseconds since 1970.
    Waiting(u64),
    /// Others are there, and connections to them do not come about: something in between lets nothing through.
    Blocked,
    /// The relay refuses, with this reason of its own, which may be empty.
    Refused(String),
    /// The relay brought more that is of no use than a room can hold, and was left.
    Flooded,
    /// The program that reaches others did not arrive, for this reason.
    NoProgram(String),
}

impl Live {
    /// `is_blocked` says that browsers have been connecting for long, in vain.
    pub(crate) fn of(standing: &Standing, is_blocked: bool) -> Self {
        let relay = standing.relay.as_ref();
        Self {
            reach: reach(standing, is_blocked),
            peers: standing.peers,
            unsent: relay.map_or(0, |relay| relay.unacknowledged),
            heard_at: standing.heard_at.max(relay.and_then(|relay| relay.heard_at)),
        }
    }

    pub(crate) fn write(&self) -> Vec<u8> {
        let mut out = Writer::new();
        match &self.reach {
            Reach::Off => out.u8(0),
            Reach::Asks => out.u8(1),
            Reach::Connecting => out.u8(2),
            Reach::Alone => out.u8(3),
            Reach::InStep => out.u8(4),
            Reach::ReadOnly => out.u8(5),
            Reach::Waiting(until) => out.u8(6).uint(*until),
            Reach::Blocked => out.u8(7),
            Reach::Refused(why) => out.u8(8).text(why),
            Reach::NoProgram(why) => out.u8(9).text(why),
            Reach::Flooded => out.u8(10),
        };
        out.uint(self.peers as u64).uint(self.unsent as u64).uint(self.heard_at.map_or(0, |at| at + 1));
        out.finish()
    }

    pub(crate) fn read(bytes: &[u8]) -> Result<Self, Cut> {
        let mut from = Reader::new(bytes);
        let reach = match from.u8()? {
            0 => Reach::Off,
            1 => Reach::Asks,
            2 => Reach::Connecting,
            3 => Reach::Alone,
            4 => Reach::InStep,
            5 => Reach::ReadOnly,
            6 => Reach::Waiting(from.uint()?),
            7 => Reach::Blocked,
            8 => Reach::Refused(from.text()?.to_owned()),
            9 => Reach::NoProgram(from.text()?.to_owned()),
            10 => Reach::Flooded,
            _ => return Err(Cut),
        };
        let (peers, unsent) = (from.uint()? as usize, from.uint()? as usize);
        Ok(Self { reach, peers, unsent, heard_at: from.uint()?.checked_sub(1) })
    }
}

fn reach(standing: &Standing, is_blocked: bool) -> Reach {
    let relay = standing.relay.as_ref().map(|relay| &relay.status);
    match relay {
        Some(relay::Status::InStep) => return Reach::InStep,
        Some(relay::Status::Refused { reason, .. }) if standing.peers == 0 => {
            return Reach::Refused(reason.clone());
        }
        _ if standing.peers > 0 => return Reach::InStep,
        Some(relay::Status::ReadOnly) => return Reach::ReadOnly,
        Some(relay::Status::Connecting) => return Reach::Connecting,
        // The program of the roads stops a relay for this alone.
        Some(relay::Status::Off) => return Reach::Flooded,
        _ => {}
    }
    let signalling = &standing.signalling;
    if relay.is_none() && signalling.is_empty() {
        // Two people have exchanged codes, or are about to.
        return if standing.trying > 0 { Reach::Connecting } else { Reach::Off };
    }
    if signalling.contains(&signalling::Status::Connected) {
        return match standing.trying {
            0 => Reach::Alone,
            _ if is_blocked => Reach::Blocked,
            _ => Reach::Connecting,
        };
    }
    if signalling.contains(&signalling::Status::Connecting) {
        return Reach::Connecting;
    }
    let waits = signalling.iter().filter_map(|status| match status {
        signalling::Status::Waiting { until } => Some(*until),
        _ => None,
    });
    let relay_waits = match relay {
        Some(relay::Status::Waiting { until }) => Some(*until),
        _ => None,
    };
    waits.chain(relay_waits).min().map_or(Reach::Connecting, Reach::Waiting)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn relay(status: relay::Status) -> Option<relay::Standing> {
        Some(relay::Standing { status, unacknowledged: 2, heard_at: Some(9), faults: 0 })
    }

    #[test]
    fn what_reaches_others_counts() {
        let waiting = || relay(relay::Status::Waiting { until: 7 });
        let with = |relay, signalling: &[signalling::Status], peers| {
            let standing = Standing { relay, signalling: signalling.to_vec(), peers, ..Standing::default() };
            Live::of(&standing, false).reach
        };
        assert_eq!(with(relay(relay::Status::InStep), &[], 0), Reach::InStep);
        assert_eq!(with(waiting(), &[], 0), Reach::Waiting(7));
        assert_eq!(with(None, &[], 0), Reach::Off);
        assert_eq!(with(relay(relay::Status::Off), &[], 0), Reach::Flooded);
        assert_eq!(with(relay(relay::Status::Off), &[], 1), Reach::InStep, "by others");
        assert_eq!(with(None, &[], 1), Reach::InStep, "by codes");
        assert_eq!(with(waiting(), &[signalling::Status::Connected], 2), Reach::InStep);
        assert_eq!(with(None, &[signalling::Status::Connected], 0), Reach::Alone);
        assert_eq!(with(waiting(), &[signalling::Status::Waiting { until: 3 }], 0), Reach::Waiting(3));
        let refused = relay(relay::Status::Refused { code: None, reason: "no".into() });
        assert_eq!(with(refused, &[signalling::Status::Connected], 0), Reach::Refused("no".into()));
    }

    #[test]
    fn it_comes_to_other_tabs() {
        for reach in [
            Reach::Off,
            Reach::Asks,
            Reach::Connecting,
            Reach::Alone,
            Reach::InStep,
            Reach::ReadOnly,
            Reach::Waiting(1 << 41),
            Reach::Blocked,
            Reach::Refused("no".into()),
            Reach::NoProgram("gone".into()),
            Reach::Flooded,
        ] {
            let live = Live { reach, peers: 3, unsent: 1, heard_at: Some(0) };
            assert_eq!(Live::read(&live.write()), Ok(live.clone()));
            assert_eq!(Live::read(&live.write()[..2]), Err(Cut));
        }
    }
}
