//! A connection to another browser: an `RTCPeerConnection` with one data channel, as simple-peer makes them.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::{Rc, Weak};

use gloo::events::EventListener;
use js_sys::{Array, ArrayBuffer, Reflect, Uint8Array};
use model::Entropy as _;
use sync::roads::{AtPeer, IceServer};
use sync::signalling::Signal;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Event, EventTarget, MessageEvent, RtcConfiguration, RtcDataChannel, RtcDataChannelEvent,
    RtcDataChannelState, RtcDataChannelType, RtcIceCandidateInit, RtcIceConnectionState,
    RtcIceGatheringState, RtcIceServer, RtcPeerConnection, RtcPeerConnectionIceEvent, RtcPeerConnectionState,
    RtcSdpType, RtcSessionDescriptionInit,
};

use crate::entropy::WebEntropy;
use crate::timers::{self, Timer};

/// While so much waits to leave, nothing more is given to a channel, in bytes.
const BUFFER_MAX: u32 = 1024 * 1024;
/// When no more than so much waits, more is given.
const BUFFER_LOW: u32 = 256 * 1024;
/// A channel of which the browser does not say what it takes, takes so much, in bytes.
const TAKES: f64 = 65_536.0;
/// After so long, in milliseconds, a description goes without the addresses that were not found: a server that helps to
/// find them may not answer.
const GATHERING_MAX: u32 = 4_000;

/// How often an address is tried at which there is nobody, in milliseconds.
const TRYING_EVERY: u32 = 3_000;

type Say = dyn Fn(&Weak<Peer>, AtPeer);

/// A connection. Nothing is said of it after [`Peer::close`].
pub(super) struct Peer {
    this: Weak<Peer>,
    say: Box<Say>,
    connection: RtcPeerConnection,
    initiator: bool,
    /// The channel by which messages leave: the last that arrived, or ours.
    channel: RefCell<Option<RtcDataChannel>>,
    is_open: Cell<bool>,
    /// Messages that are held back.
    held: RefCell<VecDeque<Vec<u8>>>,
    knows_other: Cell<bool>,
    /// Addresses that came before the other side's description.
    early: RefCell<Vec<RtcIceCandidateInit>>,
    /// The whole description is wanted, and was not said yet.
    describes: Cell<bool>,
    /// It was wanted at some time.
    waits_for_people: Cell<bool>,
    gathering: RefCell<Option<Timer>>,
    trying: RefCell<Option<Timer>>,
    listeners: RefCell<Vec<EventListener>>,
}

impl Peer {
    /// Makes a connection, or says why the browser does not.
    pub(super) fn open(
        ice: &[IceServer],
        initiator: bool,
        say: impl Fn(&Weak<Self>, AtPeer) + 'static,
    ) -> Result<Rc<Self>, JsValue> {
        let connection = RtcPeerConnection::new_with_configuration(&configuration(ice))?;
        Ok(Rc::new_cyclic(|this| Self {
            this: this.clone(),
            say: Box::new(say),
            connection,
            initiator,
            channel: RefCell::default(),
            is_open: Cell::new(false),
            held: RefCell::default(),
            knows_other: Cell::new(false),
            early: RefCell::default(),
            describes: Cell::new(false),
            waits_for_people: Cell::new(false),
            gathering: RefCell::default(),
            trying: RefCell::default(),
            listeners: RefCell::default(),
        }))
    }

    /// Whether it is this one.
    pub(super) fn is(&self, other: &Weak<Self>) -> bool {
        Weak::ptr_eq(&self.this, other)
    }

    fn say(&self, what: AtPeer) {
        (self.say)(&self.this, what);
    }

    /// Begins to listen, and to connect if this side is to begin.
    pub(super) fn begin(&self) {
        self.on(&self.connection, "icecandidate", |peer, event| {
            let event = event.dyn_ref::<RtcPeerConnectionIceEvent>();
            if let Some(found) = event.and_then(RtcPeerConnectionIceEvent::candidate)
                && !found.candidate().is_empty()
            {
                let (candidate, mid, line) = (found.candidate(), found.sdp_mid(), found.sdp_m_line_index());
                peer.say(AtPeer::Signal(Signal::Candidate { candidate, mid, line }));
            }
        });
        self.on(&self.connection, "icegatheringstatechange", |peer, _| peer.say_described(false));
        self.on(&self.connection, "connectionstatechange", |peer, _| {
            peer.failed(peer.connection.connection_state() == RtcPeerConnectionState::Failed);
        });
        self.on(&self.connection, "iceconnectionstatechange", |peer, _| {
            peer.failed(peer.connection.ice_connection_state() == RtcIceConnectionState::Failed);
        });
        self.on(&self.connection, "datachannel", |peer, event| {
            if let Some(event) = event.dyn_ref::<RtcDataChannelEvent>() {
                peer.take(event.channel());
            }
        });
        if self.initiator {
            let mut label = [0; 20];
            WebEntropy.fill(&mut label);
            self.take(self.connection.create_data_channel(&model::hex(&label)));
            self.spawn(async |peer: &Self| {
                let offer = JsFuture::from(peer.connection.create_offer()).await?;
                let sdp = peer.settle(RtcSdpType::Offer, &offer).await?;
                peer.say(AtPeer::Signal(Signal::Offer(sdp)));
                Ok(())
            });
        }
    }

    /// Does something that takes time. What the browser refuses ends the connection.
    fn spawn(&self, act: impl AsyncFnOnce(&Self) -> Result<(), JsValue> + 'static) {
        let Some(peer) = self.this.upgrade() else { return };
        timers::spawn(async move {
            if act(&peer).await.is_err() {
                peer.say(AtPeer::Closed);
            }
        });
    }

    fn on(&self, target: &EventTarget, event: &'static str, heard: impl Fn(&Self, &Event) + 'static) {
        let this = self.this.clone();
        let listener = EventListener::new(target, event, move |event| {
            if let Some(peer) = this.upgrade() {
                heard(&peer, event);
            }
        });
        self.listeners.borrow_mut().push(listener);
    }

    /// Takes a description of this side as its own, and answers its words.
    async fn settle(&self, kind: RtcSdpType, made: &JsValue) -> Result<String, JsValue> {
        let sdp = Reflect::get(made, &"sdp".into())?.as_string().unwrap_or_default();
        JsFuture::from(self.connection.set_local_description(&description(kind, &sdp))).await?;
        self.say_described(false);
        Ok(sdp)
    }

    /// Hears what the other side said.
    pub(super) fn signal(&self, signal: Signal) {
        match signal {
            Signal::Offer(sdp) => self.spawn(async move |peer: &Self| {
                peer.learn(RtcSdpType::Offer, &sdp).await?;
                let answer = JsFuture::from(peer.connection.create_answer()).await?;
                let sdp = peer.settle(RtcSdpType::Answer, &answer).await?;
                peer.say(AtPeer::Signal(Signal::Answer(sdp)));
                Ok(())
            }),
            Signal::Answer(sdp) => {
                self.spawn(async move |peer: &Self| peer.learn(RtcSdpType::Answer, &sdp).await);
            }
            Signal::Candidate { candidate, mid, line } => {
                let found = RtcIceCandidateInit::new(&candidate);
                found.set_sdp_mid(mid.as_deref());
                found.set_sdp_m_line_index(line);
                if self.knows_other.get() {
                    self.try_address(&found);
                } else {
                    self.early.borrow_mut().push(found);
                }
            }
            Signal::Wish | Signal::Unknown => {}
        }
    }

    async fn learn(&self, kind: RtcSdpType, sdp: &str) -> Result<(), JsValue> {
        JsFuture::from(self.connection.set_remote_description(&description(kind, sdp))).await?;
        self.knows_other.set(true);
        self.early.take().iter().for_each(|found| self.try_address(found));
        Ok(())
    }

    /// An address of which the browser makes nothing is one less.
    fn try_address(&self, found: &RtcIceCandidateInit) {
        let tried = self.connection.add_ice_candidate_with_opt_rtc_ice_candidate_init(Some(found));
        timers::spawn(async move { drop(JsFuture::from(tried).await) });
    }

    /// Says the whole description once all addresses were found.
    pub(super) fn describe(&self) {
        self.describes.set(true);
        self.waits_for_people.set(true);
        let this = self.this.clone();
        *self.gathering.borrow_mut() = Some(timers::after(GATHERING_MAX, move || {
            if let Some(peer) = this.upgrade() {
                peer.say_described(true);
            }
        }));
        self.say_described(false);
        if !self.initiator {
            self.go_on_trying(1);
        }
    }

    /// Keeps Firefox from giving up before the answer was passed on: it does so when no address is left that it still
    /// tries. So it is given another one time and again, at which there is nobody (RFC 5737).
    fn go_on_trying(&self, round: u16) {
        let this = self.this.clone();
        *self.trying.borrow_mut() = Some(timers::after(TRYING_EVERY, move || {
            let Some(peer) = this.upgrade().filter(|peer| !peer.is_open.get()) else { return };
            let nobody = format!("candidate:{round} 1 udp 1 192.0.2.1 {} typ host", 1_024 + round);
            let nobody = RtcIceCandidateInit::new(&nobody);
            nobody.set_sdp_m_line_index(Some(0));
            peer.try_address(&nobody);
            peer.go_on_trying(round + 1);
        }));
    }

    fn say_described(&self, as_it_is: bool) {
        let is_whole = self.connection.ice_gathering_state() == RtcIceGatheringState::Complete;
        if let Some(own) = self.connection.local_description()
            && (is_whole || as_it_is)
            && self.describes.replace(false)
        {
            self.gathering.take();
            self.say(AtPeer::Described(own.sdp()));
        }
    }

    fn failed(&self, has_failed: bool) {
        // While people pass codes on, a browser gives up too early.
        if has_failed && (self.is_open.get() || !self.waits_for_people.get()) {
            self.say(AtPeer::Closed);
        }
    }

    /// Messages go by this channel from now on.
    fn take(&self, channel: RtcDataChannel) {
        channel.set_binary_type(RtcDataChannelType::Arraybuffer);
        channel.set_buffered_amount_low_threshold(BUFFER_LOW);
        self.on(&channel, "open", |peer, _| peer.opened());
        self.on(&channel, "message", |peer, event| {
            let data = event.dyn_ref().map(MessageEvent::data);
            if let Some(bytes) = data.and_then(|data| data.dyn_into::<ArrayBuffer>().ok()) {
                peer.say(AtPeer::Message(Uint8Array::new(&bytes).to_vec()));
            }
        });
        self.on(&channel, "bufferedamountlow", |peer, _| peer.flush());
        let this = channel.clone();
        self.on(&channel, "close", move |peer, _| {
            if peer.channel.borrow().as_ref() == Some(&this) {
                peer.say(AtPeer::Closed);
            }
        });
        let is_open = channel.ready_state() == RtcDataChannelState::Open;
        *self.channel.borrow_mut() = Some(channel);
        if is_open {
            self.opened();
        }
    }

    fn opened(&self) {
        if self.is_open.replace(true) {
            return self.flush();
        }
        let most = Reflect::get(&self.connection, &"sctp".into())
            .and_then(|sctp| Reflect::get(&sctp, &"maxMessageSize".into()));
        let most = most.ok().and_then(|most| most.as_f64()).filter(|most| *most > 0.0).unwrap_or(TAKES);
        self.say(AtPeer::Opened { takes: most as usize });
    }

    /// Sends a message after those before it.
    pub(super) fn send(&self, message: Vec<u8>) {
        self.held.borrow_mut().push_back(message);
        self.flush();
    }

    fn flush(&self) {
        let Some(channel) = self.channel.borrow().clone() else { return };
        while channel.ready_state() == RtcDataChannelState::Open && channel.buffered_amount() < BUFFER_MAX {
            let Some(message) = self.held.borrow_mut().pop_front() else { return };
            if channel.send_with_js_u8_array(&Uint8Array::from(message.as_slice())).is_err() {
                return self.say(AtPeer::Closed);
            }
        }
    }

    /// Ends the connection.
    pub(super) fn close(&self) {
        self.listeners.take();
        self.gathering.take();
        self.trying.take();
        self.held.take();
        if let Some(channel) = self.channel.take() {
            channel.close();
        }
        self.connection.close();
    }
}

fn description(kind: RtcSdpType, sdp: &str) -> RtcSessionDescriptionInit {
    let description = RtcSessionDescriptionInit::new(kind);
    description.set_sdp(sdp);
    description
}

fn configuration(ice: &[IceServer]) -> RtcConfiguration {
    let servers: Array = ice
        .iter()
        .map(|IceServer { url, username, credential }| {
            let server = RtcIceServer::new();
            server.set_urls_str(url);
            if !username.is_empty() {
                server.set_username(username);
                server.set_credential(credential);
            }
            server
        })
        .collect();
    let configuration = RtcConfiguration::new();
    configuration.set_ice_servers(&servers);
    configuration
}
