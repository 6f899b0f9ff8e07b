// Connections between browsers, played: descriptions and candidates are exchanged as usual, and data channels carry
// messages in order within this process. What a program does with `RTCPeerConnection` works alike.

/** As in Chromium. */
export const TAKES = 262_144;

/** Every connection, by the number in its descriptions. */
const connections = new Map();

class Channel {
  readyState = 'connecting';
  bufferedAmount = 0;
  bufferedAmountLowThreshold = 0;
  /** The end at the other side. */
  other = null;

  constructor(label) {
    this.label = label;
  }

  open() {
    this.readyState = 'open';
    this.onopen?.({});
  }

  send(data) {
    if (this.readyState !== 'open') throw new Error('the channel is not open');
    const bytes = Uint8Array.from(data);
    if (bytes.length > TAKES) throw new TypeError('the message is too long');
    const { other } = this;
    setImmediate(() => { if (other.readyState === 'open') other.onmessage?.({ data: bytes.buffer }); });
  }

  close() {
    if (this.readyState === 'closed') return;
    this.readyState = 'closed';
    setImmediate(() => {
      this.onclose?.({});
      this.other?.close();
    });
  }
}

export class PeerConnection {
  localDescription = null;
  remoteDescription = null;
  signalingState = 'stable';
  iceConnectionState = 'new';
  iceGatheringState = 'new';
  connectionState = 'new';
  /** Channels made at this side, and ends of those made at the other. */
  #own = [];
  #ends = [];
  #id;

  constructor() {
    this.#id = String(connections.size + 1);
    connections.set(this.#id, this);
  }

  createDataChannel(label) {
    const channel = new Channel(label);
    this.#own.push(channel);
    return channel;
  }

  async createOffer() {
    return { type: 'offer', sdp: `offer ${this.#id}` };
  }

  /** An answer names both, since it is for this offer only. */
  async createAnswer() {
    return { type: 'answer', sdp: `answer ${this.#id} ${this.remoteDescription.sdp.split(' ')[1]}` };
  }

  async setLocalDescription(description) {
    if (description.type === 'offer' && this.signalingState === 'have-remote-offer') throw new Error('an offer is to be answered');
    this.localDescription = description;
    this.signalingState = description.type === 'offer' ? 'have-local-offer' : 'stable';
    const candidate = { candidate: `candidate:${this.#id} 1 udp 1 192.0.2.1 9 typ host ufrag ${this.#id}`, sdpMid: '0', sdpMLineIndex: 0 };
    setImmediate(() => this.onicecandidate?.({ candidate }));
  }

  async setRemoteDescription({ type, sdp }) {
    const [, theirs, ours] = sdp.split(' ');
    if (type === 'answer') {
      if (ours !== this.#id) throw new Error('an answer to another offer');
      if (this.signalingState !== 'have-local-offer') throw new Error('no offer was made');
    }
    // An offer that crossed ours takes its place.
    this.remoteDescription = { type, sdp };
    this.signalingState = type === 'offer' ? 'have-remote-offer' : 'stable';
    if (type === 'answer') setImmediate(() => this.#meet(connections.get(theirs)));
  }

  /** A candidate that names another description than the one that stands is an error, as in browsers. */
  async addIceCandidate({ candidate }) {
    const named = candidate.split(' ufrag ')[1];
    if (named && named !== this.remoteDescription.sdp.split(' ')[1]) throw new Error('a candidate of another description');
  }

  #meet(other) {
    if (this.iceConnectionState === 'closed' || other.iceConnectionState === 'closed') return;
    for (const side of [this, other]) {
      side.iceConnectionState = side.connectionState = 'connected';
      side.oniceconnectionstatechange?.();
    }
    for (const [from, to] of [[this, other], [other, this]]) {
      for (const channel of from.#own) {
        const end = new Channel(channel.label);
        [channel.other, end.other] = [end, channel];
        to.#ends.push(end);
        to.ondatachannel?.({ channel: end });
        end.open();
        channel.open();
      }
    }
  }

  async getStats() {
    return [{ type: 'candidate-pair', id: 'pair', selected: true }];
  }

  close() {
    this.iceConnectionState = this.connectionState = 'closed';
    for (const channel of [...this.#own, ...this.#ends]) channel.close();
  }

  /** The wire breaks: both sides are told, as browsers tell after some seconds. */
  static breakAll() {
    for (const connection of connections.values()) {
      if (connection.iceConnectionState !== 'connected') continue;
      connection.iceConnectionState = connection.connectionState = 'failed';
      connection.oniceconnectionstatechange?.();
      connection.onconnectionstatechange?.();
      for (const channel of [...connection.#own, ...connection.#ends]) channel.close();
    }
  }
}

/** What simple-peer wants of a browser. */
export const wrtc = {
  RTCPeerConnection: PeerConnection,
  RTCSessionDescription: function RTCSessionDescription(description) { return description; },
  RTCIceCandidate: function RTCIceCandidate(candidate) { return candidate; },
};
