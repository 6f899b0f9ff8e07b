// A copy of a room in the program that runs its roads (app/roads), as a page runs it: from the built folder, with real sockets
// and played connections. What is said to it and what it answers is written in app/sync/src/roads/words.rs.

import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import WebSocket from 'ws';

import { PeerConnection, TAKES } from './rtc.mjs';
import { changed } from './until.mjs';

const dist = process.env.HANDSEL_DIST ?? new URL('../../dist', import.meta.url).pathname;

/** A thing is good when it is named by its digest. */
export const digest = bytes => createHash('sha256').update(bytes).digest();

class Words {
  #bytes = [];
  u8(value) { this.#bytes.push(Uint8Array.of(value)); return this; }
  raw(bytes) { this.#bytes.push(bytes); return this; }
  bytes(bytes) { return this.uint(bytes.length).raw(bytes); }
  text(text) { return this.bytes(Buffer.from(text)); }
  list(items, write) { this.uint(items.length); items.forEach(item => write(item)); return this; }
  uint(value) {
    let rest = BigInt(value);
    for (; rest > 127n; rest >>= 7n) this.u8(Number(rest & 127n) | 128);
    return this.u8(Number(rest));
  }
  whole() { return Buffer.concat(this.#bytes); }
}

class Answer {
  #at = 0;
  #bytes;
  constructor(bytes) { this.#bytes = bytes; }
  get isOver() { return this.#at === this.#bytes.length; }
  u8() { return this.#bytes[this.#at++]; }
  raw(length) { return this.#bytes.subarray(this.#at, this.#at += length); }
  bytes() { return this.raw(this.uint()); }
  text() { return this.bytes().toString(); }
  list(read) { return Array.from({ length: this.uint() }, read); }
  maybe() { return this.u8() ? this.uint() : null; }
  uint() {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = this.u8();
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  }
}

const SIGNALS = ['offer', 'answer', 'candidate'];
const RELAYS = [null, 'off', 'connecting', 'in step', 'read only', 'waiting', 'refused', 'refused'];

export class Program {
  entries = new Map();
  blobs = new Map();
  standing = {};
  #exports;
  #sockets = new Map();
  #peers = new Map();
  #alarm;
  #ended = false;

  static async start({ client, relay, signalling = [] }) {
    const page = readFileSync(join(dist, 'index.html'), 'utf8');
    const name = page.match(/<meta name="roads" content="([^"]+)"/)[1];
    const program = new Program();
    const { instance } = await WebAssembly.instantiate(readFileSync(join(dist, name)), {});
    program.#exports = instance.exports;
    const plan = new Words().u8(0).text('room').raw(Buffer.alloc(32, 7)).uint(client).raw(randomBytes(32));
    const places = new Words().u8(1).u8({ undefined: 0, 'y-websocket': 1, hocuspocus: 2 }[relay?.kind]);
    if (relay) places.text(relay.address).text(relay.token ?? '');
    places.list(signalling, address => places.text(address)).list([], () => {});
    program.#tell(plan.bytes(places.whole()));
    return program;
  }

  put(...texts) {
    this.#put(texts.map(text => [digest(text), Buffer.from(text)]));
  }

  putBlob(bytes) {
    this.blobs.set(digest(bytes).toString('hex'), bytes);
    this.#tell(new Words().u8(1).u8(1).uint(1).raw(digest(bytes)).bytes(bytes));
  }

  end() {
    this.#tell(new Words().u8(5));
    this.#ended = true;
    clearTimeout(this.#alarm);
  }

  #put(entries) {
    for (const [hash, bytes] of entries) this.entries.set(hash.toString('hex'), bytes);
    const ask = new Words().u8(1).u8(0);
    this.#tell(ask.list(entries, ([hash, bytes]) => ask.raw(hash).bytes(bytes)));
  }

  #tell(words) {
    if (this.#ended) return;
    const { memory, place, told, acts } = this.#exports;
    const bytes = words.whole();
    // The memory may move while there is made room in it.
    const at = place(bytes.length);
    new Uint8Array(memory.buffer, at, bytes.length).set(bytes);
    const length = told(Date.now());
    const answer = new Answer(Buffer.from(new Uint8Array(memory.buffer, acts(), length)));
    // What follows from doing one is told after all of them.
    const todo = [];
    while (!answer.isOver) this.#act(answer, todo);
    todo.forEach(then => then());
    changed();
  }

  #act(answer, todo) {
    switch (answer.u8()) {
      case 0: return this.#dial(answer.uint(), answer.text());
      case 1: return this.#send(this.#sockets.get(answer.uint()), answer.bytes());
      case 2: return this.#send(this.#sockets.get(answer.uint()), answer.text());
      case 3: return this.#hangUp(answer.uint());
      case 4: return this.#open(answer.text(), answer.u8() === 1);
      case 5: return this.#signal(answer.text(), answer);
      case 7: return this.#send(this.#peers.get(answer.text())?.channel, answer.bytes());
      case 8: return this.#close(answer.text());
      case 9: return this.#hear(answer, todo);
      case 10: return this.#wakeAt(answer.maybe());
      default: throw new Error('the program wants what is not played here');
    }
  }

  #hear(answer, todo) {
    const entry = () => [answer.raw(32), answer.bytes()];
    switch (answer.u8()) {
      case 0: {
        const good = answer.list(entry).filter(([hash, bytes]) => digest(bytes).equals(hash));
        todo.push(() => this.#put(good));
        break;
      }
      case 1: {
        const [hash, bytes] = entry();
        if (digest(bytes).equals(hash)) todo.push(() => this.putBlob(bytes));
        break;
      }
      case 2: {
        const gone = answer.list(() => answer.raw(32));
        todo.push(() => this.#put(gone.map(hash => [hash, this.entries.get(hash.toString('hex'))])));
        break;
      }
      case 3: answer.list(() => [answer.uint(), answer.text()]); break;
      case 4: this.standing = standing(answer); break;
      default: throw new Error('the program tells what is not played here');
    }
  }

  #wakeAt(at) {
    clearTimeout(this.#alarm);
    if (at !== null) this.#alarm = setTimeout(() => this.#tell(new Words().u8(4)), at - Date.now());
  }

  #dial(id, address) {
    const socket = new WebSocket(address);
    this.#sockets.set(id, socket);
    const tell = what => { if (this.#sockets.get(id) === socket) this.#tell(what(new Words().u8(2).uint(id))); };
    socket.on('open', () => tell(words => words.u8(0)));
    socket.on('message', (frame, isBinary) => tell(words => words.u8(isBinary ? 1 : 2).bytes(frame)));
    socket.on('close', (code, reason) => tell(words => words.u8(3).uint(code).bytes(reason)));
    // It closes right after.
    socket.on('error', () => {});
  }

  #send(to, what) {
    // One that is closing says so by itself.
    if (to && [1, 'open'].includes(to.readyState)) to.send(what);
  }

  #hangUp(id) {
    this.#sockets.get(id)?.close();
    this.#sockets.delete(id);
  }

  #open(name, initiator) {
    this.#close(name);
    const peer = { connection: new PeerConnection(), channel: null, early: [] };
    this.#peers.set(name, peer);
    peer.tell = what => { if (this.#peers.get(name) === peer) this.#tell(what(new Words().u8(3).text(name))); };
    peer.use = channel => {
      peer.channel = channel;
      channel.onopen = () => peer.tell(words => words.u8(1).uint(TAKES));
      channel.onmessage = ({ data }) => peer.tell(words => words.u8(2).bytes(Buffer.from(data)));
      channel.onclose = () => peer.tell(words => words.u8(3));
    };
    peer.describe = async kind => {
      const { connection } = peer;
      const description = await (kind ? connection.createAnswer() : connection.createOffer());
      await connection.setLocalDescription(description);
      peer.tell(words => words.u8(0).u8(kind).text(description.sdp));
    };
    peer.connection.ondatachannel = ({ channel }) => peer.use(channel);
    if (initiator) {
      peer.use(peer.connection.createDataChannel('handsel'));
      peer.describe(0);
    }
  }

  async #signal(name, answer) {
    const kind = SIGNALS[answer.u8()];
    const text = answer.text();
    if (kind === 'candidate') return void (answer.list(() => answer.text()), answer.maybe());
    const peer = this.#peers.get(name);
    await peer?.connection.setRemoteDescription({ type: kind, sdp: text });
    if (kind === 'offer') await peer?.describe(1);
  }

  #close(name) {
    const peer = this.#peers.get(name);
    this.#peers.delete(name);
    peer?.connection.close();
  }
}

function standing(answer) {
  const kind = answer.u8();
  const standing = { relay: RELAYS[kind] };
  if (kind === 5) answer.uint();
  if (kind === 7) answer.uint();
  if (kind >= 6) standing.reason = answer.text();
  if (kind) Object.assign(standing, { unacknowledged: answer.uint(), relayHeardAt: answer.maybe(), faults: answer.uint() });
  standing.signalling = answer.list(() => {
    const status = answer.u8();
    if (status === 3) answer.uint();
    return status;
  });
  return Object.assign(standing, { peers: answer.uint(), trying: answer.uint(), heardAt: answer.maybe() });
}
