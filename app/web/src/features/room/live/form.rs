//! The servers of a room, as its owner names them.

use leptos::prelude::*;
use session::{IceServer, Places, RelayAt, RelayKind, is_socket_address};
use ui::{Field, Segment, Segmented, effect, live};

use super::{act, copy, folded};
use crate::{features::room::OpenRoom, handsel::use_handsel};

const NONE: &str = "none";
const Y_WEBSOCKET: &str = "y-websocket";
const HOCUSPOCUS: &str = "hocuspocus";

/// Which relay, which signalling server.
#[component]
pub(super) fn Servers(room: OpenRoom) -> impl IntoView {
    let handsel = use_handsel();
    let places = room.get().places().get_untracked();
    let is_open = !places.is_empty();
    let kind = RwSignal::new(match places.relay.as_ref().map(|relay| relay.kind) {
        None => NONE,
        Some(RelayKind::YWebsocket) => Y_WEBSOCKET,
        Some(RelayKind::Hocuspocus) => HOCUSPOCUS,
    });
    let relay = places.relay.as_ref();
    let address = RwSignal::new(relay.map(|relay| relay.address.clone()).unwrap_or_default());
    let token = RwSignal::new(relay.map(|relay| relay.token.clone()).unwrap_or_default());
    let signalling = RwSignal::new(places.signalling.join(" "));
    let ice = RwSignal::new(places.ice.iter().map(line_of).collect::<Vec<_>>().join("\n"));
    let wrong: RwSignal<[Option<&'static str>; 3]> = RwSignal::new([None; 3]);
    effect(move || {
        // What is wrong is looked at anew once it was changed.
        kind.track();
        address.track();
        signalling.track();
        ice.track();
        wrong.set([None; 3]);
    });
    let kinds = [(NONE, copy::NO_RELAY), (Y_WEBSOCKET, "y-websocket"), (HOCUSPOCUS, "Hocuspocus")];
    let segments =
        kinds.into_iter().map(|(id, label)| Segment { id, label: label.to_owned().into(), icon: None });
    let keep = move |()| {
        let read = read(kind.get_untracked(), &address.get_untracked(), &token.get_untracked())
            .map(|relay| (relay, addresses(&signalling.get_untracked()), ice_servers(&ice.get_untracked())));
        let places = match read {
            Err(()) => return wrong.set([Some(copy::BAD_ADDRESS), None, None]),
            Ok((_, Err(()), _)) => return wrong.set([None, Some(copy::BAD_ADDRESS), None]),
            Ok((_, _, Err(()))) => return wrong.set([None, None, Some(copy::BAD_ICE)]),
            Ok((relay, Ok(signalling), Ok(ice))) => Places { relay, signalling, ice },
        };
        let said = if places.is_empty() { copy::STOPPED } else { copy::KEPT };
        handsel.attempt(async move {
            room.get().set_places(places).await?;
            handsel.toasts.say(said);
            Ok(())
        });
    };
    let of_relay = live(move || {
        (kind.get() != NONE).then(|| {
            let asks_token = (kind.get() == HOCUSPOCUS).then(|| {
                view! { <Field label=copy::TOKEN optional=copy::OPTIONAL hint=copy::TOKEN_HINT value=token max_length=1000 /> }
            });
            view! {
                <Field
                    label=copy::RELAY_ADDRESS
                    placeholder=copy::RELAY_EXAMPLE
                    kind="url"
                    value=address
                    error=Signal::derive(move || wrong.get()[0].map(str::to_owned))
                    max_length=1000
                />
                {asks_token}
            }
        })
    });
    let inside = view! {
        <div class="field">
            <span class="label">{copy::RELAY}</span>
            <Segmented label=copy::RELAY segments=segments.collect() value=kind on_pick=move |id| kind.set(id) />
        </div>
        {of_relay}
        <Field
            label=copy::SIGNALLING
            optional=copy::OPTIONAL
            hint=copy::SIGNALLING_HINT
            placeholder=copy::SIGNALLING_EXAMPLE
            value=signalling
            error=Signal::derive(move || wrong.get()[1].map(str::to_owned))
            max_length=1000
        />
        <Field
            label=copy::ICE
            optional=copy::OPTIONAL
            hint=copy::ICE_HINT
            placeholder=copy::ICE_EXAMPLE
            value=ice
            multiline=true
            error=Signal::derive(move || wrong.get()[2].map(str::to_owned))
            max_length=1000
        />
        {act(copy::KEEP, "check", keep)}
    };
    folded(copy::SERVERS, copy::SERVERS_MORE, is_open, inside.into_any())
}

fn read(kind: &str, address: &str, token: &str) -> Result<Option<RelayAt>, ()> {
    let kind = match kind {
        Y_WEBSOCKET => RelayKind::YWebsocket,
        HOCUSPOCUS => RelayKind::Hocuspocus,
        _ => return Ok(None),
    };
    let token = if kind == RelayKind::Hocuspocus { token.trim().to_owned() } else { String::new() };
    match addresses(address)?.as_slice() {
        [address] => Ok(Some(RelayAt { kind, address: address.clone(), token })),
        _ => Err(()),
    }
}

/// Addresses of sockets, with spaces or commas between.
fn addresses(text: &str) -> Result<Vec<String>, ()> {
    let all = text.split([' ', ',', '\n', '\t']).filter(|word| !word.is_empty());
    all.map(|word| if is_socket_address(word) { Ok(word.to_owned()) } else { Err(()) }).collect()
}

/// One server a line: address, and for TURN name and password.
fn ice_servers(text: &str) -> Result<Vec<IceServer>, ()> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines
        .map(|line| {
            let mut words = line.split_whitespace().map(str::to_owned);
            let mut word = || words.next().unwrap_or_default();
            let server = IceServer { url: word(), username: word(), credential: word() };
            let fits = |scheme: &&str| server.url.len() > scheme.len() && server.url.starts_with(*scheme);
            if ["stun:", "stuns:", "turn:", "turns:"].iter().any(fits) { Ok(server) } else { Err(()) }
        })
        .collect()
}

fn line_of(server: &IceServer) -> String {
    [server.url.as_str(), &server.username, &server.credential].join(" ").trim_end().to_owned()
}
