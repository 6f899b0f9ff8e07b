// A copy of a room in our own program (app/replica/examples/road), on real sockets and played connections. The program has
// neither sockets nor a clock nor randomness; what stands here opens what it asks for, and carries what it says.

import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

import WebSocket from 'ws';

import { PeerConnection, TAKES } from './rtc.mjs';
import { changed } from './until.mjs';

const program = process.env.HANDSEL_ROAD ?? fileURLToPath(new URL('../../target/debug/examples/road', import.meta.url));

const base64 = bytes => Buffer.from(bytes).toString('base64');
const bytes = text => new Uint8Array(Buffer.from(text, 'base64'));

export class OurRoad {
  /** What the program last said: text, others, standing, connected. */
  said = {};
  /** Messages that were too long for a peer. */
  tooLong = [];
  #program;
  #waiting = [];
  #sockets = {};
  #peers = new Map();
  #key;
  #sealing = Promise.resolve();
  #alarm;
  #ended = false;

  constructor() {
    this.#program = spawn(program, { stdio: ['pipe', 'pipe', 'inherit'] });
    createInterface({ input: this.#program.stdout }).on('line', line => this.#waiting.shift()(JSON.parse(line)));
    this.#program.on('exit', code => { if (code) throw new Error(`${program} ended: ${code}`); });
  }

  get text() {
    return this.said.text;
  }

  get status() {
    return this.said.standing.status;
  }

  get connected() {
    return this.said.connected;
  }

  async ask(ask) {
    if (this.#ended && ask !== 'stop') return undefined;
    const answer = await new Promise(resolve => {
      this.#waiting.push(resolve);
      this.#program.stdin.write(`${JSON.stringify({ now: Date.now(), ask })}\n`);
    });
    if (answer.error) throw new Error(`our copy says: ${answer.error}`);
    // The text is told when it is another one.
    this.said = { ...answer, text: answer.text ?? this.said.text };
    for (const output of answer.outputs) this.#act(output);
    // What is still to be answered tells when to wake.
    clearTimeout(this.#alarm);
    if (answer.wakesAt !== null && !this.#ended && this.#waiting.length === 0) {
      this.#alarm = setTimeout(() => this.ask('time'), answer.wakesAt - Date.now());
    }
    changed();
    return answer;
  }

  async begin(client, road, { entries = false, password } = {}) {
    await this.ask({ begin: { client, entries } });
    if (password) this.#key = await derived(password, road.mesh.topic);
    await this.ask(road);
    await this.ask('start');
  }

  #act(output) {
    for (const [kind, what] of Object.entries(output)) {
      switch (kind) {
        case 'relay': case 'signalling': this.#socket(kind, what); break;
        case 'seal': this.#inTurn(() => this.#seal(what)); break;
        case 'unseal': this.#inTurn(() => this.#unseal(what)); break;
        case 'open': this.#open(what); break;
        case 'signal': this.#peers.get(what.peer)?.hear(what.signal); break;
        case 'close': this.#close(what.peer); break;
        case 'send': this.#peers.get(what.peer)?.send(bytes(what.message)); break;
        case 'code': case 'description': break;
        case 'tooLong': this.tooLong.push(what.len); break;
        default: throw new Error(`our copy wants ${kind}`);
      }
    }
  }

  #socket(kind, { dial, send, hangUp }) {
    if (dial) this.#dial(kind, dial);
    if (send) this.#sockets[kind].send(kind === 'relay' ? bytes(send) : send);
    if (hangUp) {
      this.#sockets[kind].close();
      this.#sockets[kind] = null;
    }
  }

  #dial(kind, address) {
    const socket = this.#sockets[kind] = new WebSocket(address);
    const tell = event => { if (socket === this.#sockets[kind]) this.ask({ [kind]: event }); };
    socket.on('open', () => tell('opened'));
    socket.on('message', frame => tell(kind === 'relay' ? { frame: base64(frame) } : { text: frame.toString() }));
    socket.on('close', (code, reason) => tell(kind === 'relay' ? { closed: { code, reason: reason.toString() } } : 'closed'));
    // It closes right after.
    socket.on('error', () => {});
  }

  /** Sealing takes its time, and order must be kept. */
  #inTurn(step) {
    this.#sealing = this.#sealing.then(step);
  }

  async #seal(plain) {
    const nonce = crypto.getRandomValues(new Uint8Array(12));
    const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv: nonce }, this.#key, bytes(plain));
    this.ask({ signalling: { sealed: { nonce: base64(nonce), sealed: base64(sealed) } } });
  }

  async #unseal({ nonce, sealed }) {
    const plain = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: bytes(nonce) }, this.#key, bytes(sealed)).then(base64, () => null);
    this.ask({ signalling: { unsealed: plain } });
  }

  #open({ peer, initiator }) {
    this.#close(peer);
    const own = new OurPeer(initiator, event => {
      if (this.#peers.get(peer) === own) this.ask({ peer: { peer, event } });
    });
    this.#peers.set(peer, own);
  }

  #close(peer) {
    const own = this.#peers.get(peer);
    this.#peers.delete(peer);
    own?.close();
  }

  async end() {
    this.#ended = true;
    await this.ask('stop');
    this.#program.stdin.end();
  }
}

function derived(password, topic) {
  const encoder = new TextEncoder();
  return crypto.subtle.importKey('raw', encoder.encode(password), 'PBKDF2', false, ['deriveKey']).then(material =>
    crypto.subtle.deriveKey({ name: 'PBKDF2', salt: encoder.encode(topic), iterations: 100_000, hash: 'SHA-256' }, material, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']));
}

/** A connection to one peer, with as little in it as a page would have. */
class OurPeer {
  #connection = new PeerConnection();
  #channel;
  #early = [];
  #tell;

  constructor(initiator, tell) {
    this.#tell = tell;
    this.#connection.onicecandidate = ({ candidate }) => candidate && tell({ signal: { candidate: candidate.candidate } });
    this.#connection.onconnectionstatechange = () => this.#connection.connectionState === 'failed' && tell('closed');
    this.#connection.ondatachannel = ({ channel }) => this.#use(channel);
    if (initiator) {
      this.#use(this.#connection.createDataChannel('handsel'));
      this.#describe('offer');
    }
  }

  #use(channel) {
    const isFirst = !this.#channel;
    this.#channel = channel;
    if (isFirst) channel.onopen = () => this.#tell({ opened: TAKES });
    channel.onmessage = ({ data }) => this.#tell({ message: base64(data) });
    channel.onclose = () => channel === this.#channel && this.#tell('closed');
  }

  async #describe(kind) {
    const description = await (kind === 'offer' ? this.#connection.createOffer() : this.#connection.createAnswer());
    await this.#connection.setLocalDescription(description);
    this.#tell({ signal: { [kind]: description.sdp } });
  }

  async hear({ offer, answer, candidate }) {
    if (offer || answer) {
      try {
        await this.#connection.setRemoteDescription({ type: offer ? 'offer' : 'answer', sdp: offer ?? answer });
      } catch {
        // An answer to an offer that was given up meanwhile.
        return;
      }
      if (offer) await this.#describe('answer');
      for (const early of this.#early.splice(0)) this.#try(early);
    } else if (this.#connection.remoteDescription) {
      this.#try(candidate);
    } else {
      this.#early.push(candidate);
    }
  }

  /** One that does not fit any more is of no use and does no harm. */
  #try(candidate) {
    this.#connection.addIceCandidate({ candidate }).catch(() => {});
  }

  send(message) {
    if (this.#channel?.readyState === 'open') this.#channel.send(message);
  }

  close() {
    this.#tell = () => {};
    this.#connection.close();
  }
}
