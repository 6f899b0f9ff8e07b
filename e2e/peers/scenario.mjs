// Three copies of a room, by different programs, that write apart and meet again over bad roads.

import assert from 'node:assert/strict';

import { edit } from './edits.mjs';
import { normal, words } from './normal.mjs';
import { Random } from './random.mjs';
import { DOCUMENTS, YjsCopy, merged } from './yjs.mjs';

const TITLES = ['Pilot', 'Proposal for Quillhaven', '提案', ''];

/** Who plays together: at least one copy of ours and one of Yjs. */
const CASTS = [['ours', 'yjs', 'yjs'], ['ours', 'ours', 'yjs'], ['yjs', 'ours', 'ours'], ['yjs', 'yjs', 'ours']];

/** One of the three, with what has reached it and is not taken in yet. */
class Peer {
  inbox = [];
  /** What it wrote while it was cut off; nothing when it is not. */
  kept = null;

  constructor(copy) {
    this.copy = copy;
  }
}

/** The world of one seed. `copies` has two of each kind, to be begun anew. */
export class Scenario {
  #random;
  #peers;
  #copies;
  /** Some updates reached somebody only within a whole document, or not yet. */
  #lost = false;
  /** Somebody may have cut a character in two, which not every copy hears of. */
  #cut = false;

  constructor(seed, copies) {
    this.#random = new Random(seed);
    this.#copies = copies;
    const of = { ours: [...copies.ours], yjs: [...copies.yjs] };
    this.#peers = this.#random.of(CASTS).map(kind => new Peer(of[kind].pop()));
  }

  /** Plays that many operations, lets everybody meet, and compares. */
  async play(operations) {
    await this.#begin();
    for (let step = 0; step < operations; step += 1) await this.#act(this.#random.of(this.#peers));
    await this.#meet();
    await this.#compare();
  }

  /** Clients as each program draws them: ours have 53 bits, Yjs' have 32. A few are small, to meet in every order. */
  #client(peer, at) {
    if (this.#random.once(4)) return 1 + at * 7 + this.#random.below(7);
    const low = this.#random.below(2 ** 32);
    return peer.copy.stranger ? low : low + this.#random.below(2 ** 21) * 2 ** 32;
  }

  async #begin() {
    for (const [at, peer] of this.#peers.entries()) await peer.copy.begin(this.#client(peer, at));
    const [first] = this.#peers;
    await this.#pass(first, await first.copy.edit([{ insert: 'Month-end in four days\n' }]));
  }

  async #act(peer) {
    const { copy } = peer;
    if (peer.kept && this.#random.once(8)) return this.#comeBack(peer);
    switch (this.#random.below(20)) {
      case 0: return this.#pass(peer, await copy.undo());
      case 1: return this.#pass(peer, await copy.redo());
      case 2: return this.#pass(peer, await copy.title(this.#random.of(TITLES)));
      case 3:
        if (this.#random.once(3)) peer.kept ??= { content: [], offer: [] };
        return undefined;
      case 4: case 5: case 6: case 7: case 8: case 9:
        return peer.kept ? undefined : this.#hear(peer, 1 + this.#random.below(peer.inbox.length));
      default: {
        const text = words((await copy.read()).text);
        const { delta, cuts } = edit(this.#random, text, copy);
        this.#cut ||= cuts;
        return this.#pass(peer, await copy.edit(delta, this.#random.once(2)));
      }
    }
  }

  /** Sends what a peer wrote to the others, each copy of it to anywhere in their inboxes, some twice. */
  async #pass(from, updates) {
    for (const document of DOCUMENTS) {
      for (const update of updates[document]) {
        if (from.kept) from.kept[document].push(update);
        else this.#send(from, { document, update });
      }
    }
  }

  #send(from, letter) {
    for (const { inbox } of this.#peers.filter(peer => peer !== from)) {
      inbox.splice(this.#random.below(inbox.length + 1), 0, letter);
      if (this.#random.once(5)) inbox.push(letter);
    }
  }

  /** Takes in the first letters, each by itself or, by a stranger's server, several as one. */
  async #hear(peer, count) {
    let letters = peer.inbox.splice(0, count);
    if (this.#random.once(4)) {
      letters = DOCUMENTS.flatMap(document => {
        const updates = letters.filter(letter => letter.document === document).map(letter => letter.update);
        return updates.length > 0 ? [{ document, update: merged(updates) }] : [];
      });
    }
    for (const { document, update } of letters) await this.#pass(peer, await peer.copy.receive(document, update));
  }

  /** Ends a peer's being cut off in one of the ways that programs have. */
  async #comeBack(peer) {
    const { kept } = peer;
    peer.kept = null;
    switch (this.#random.below(3)) {
      // All that was written is sent, one by one.
      case 0: return this.#pass(peer, kept);
      // All that was written is sent as one.
      case 1: {
        const joined = peer.copy.merged?.bind(peer.copy) ?? merged;
        for (const document of DOCUMENTS) {
          if (kept[document].length > 0) this.#send(peer, { document, update: await joined(kept[document]) });
        }
        return undefined;
      }
      // What was sent meanwhile is lost; whole documents are exchanged.
      default: {
        peer.inbox = [];
        this.#lost = true;
        for (const one of this.#peers.filter(one => !one.kept)) {
          const state = await one.copy.state();
          for (const document of DOCUMENTS) this.#send(one, { document, update: state[document] });
        }
        return undefined;
      }
    }
  }

  /** Everybody comes back, and all is delivered until nobody has anything new to say. */
  async #meet() {
    for (const peer of this.#peers.filter(peer => peer.kept)) await this.#comeBack(peer);
    // What a copy lost while it was cut off comes with the whole documents of the others. Where nothing was lost, updates
    // alone must do.
    for (const peer of this.#lost ? this.#peers : []) {
      const state = await peer.copy.state();
      for (const document of DOCUMENTS) this.#send(peer, { document, update: state[document] });
    }
    for (let round = 0; this.#peers.some(peer => peer.inbox.length > 0); round += 1) {
      assert.ok(round < 100, 'they never stop answering each other');
      for (const peer of this.#peers) await this.#hear(peer, peer.inbox.length);
    }
  }

  async #compare() {
    const read = async copy => {
      const { text, title, waiting } = await copy.read();
      return { text: normal(text, this.#cut), title, waiting };
    };
    const [first, ...others] = this.#peers;
    const wanted = { ...await read(first.copy), waiting: false };
    assert.deepEqual(await read(first.copy), wanted);
    for (const peer of others) assert.deepEqual(await read(peer.copy), wanted);
    // Whoever opens a whole document of any of them, in either program, sees the same.
    for (const peer of this.#peers) {
      const state = await peer.copy.state();
      for (const fresh of [new YjsCopy(), this.#copies.reader]) {
        await fresh.begin(99);
        for (const document of DOCUMENTS) await fresh.receive(document, state[document]);
        assert.deepEqual(await read(fresh), wanted, 'a whole document opened anew');
        if (fresh !== this.#copies.reader) fresh.end();
      }
    }
  }
}
