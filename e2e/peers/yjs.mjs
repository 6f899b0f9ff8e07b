// A copy of a room's documents in Yjs, as a stranger's program would keep it.

import * as Y from 'yjs';

/** The documents of a room, by name. */
export const DOCUMENTS = ['content', 'offer'];

/** Updates of a document as one that says the same. */
export const merged = Y.mergeUpdates;

export class YjsCopy {
  stranger = true;
  #docs;
  #text;
  #about;
  #undo;
  #made;

  async begin(client) {
    this.end();
    this.#made = { content: [], offer: [] };
    this.#docs = Object.fromEntries(DOCUMENTS.map(name => [name, this.#watched(name, client)]));
    this.#text = this.#docs.content.getText('section/main');
    this.#about = this.#docs.offer.getMap('about');
    this.#undo = new Y.UndoManager(this.#text, { trackedOrigins: new Set(['user']), captureTimeout: 0 });
  }

  #watched(name, client) {
    const doc = new Y.Doc();
    doc.clientID = client;
    // What Yjs tidies away by itself after an update is passed on as well, as every provider does.
    doc.on('update', (update, origin) => origin !== this && this.#made[name].push(update));
    return doc;
  }

  /** Changes made here since the last time, oldest first. */
  #passOn() {
    const made = this.#made;
    this.#made = { content: [], offer: [] };
    return made;
  }

  async edit(delta) {
    this.#docs.content.transact(() => this.#text.applyDelta(delta), 'user');
    return this.#passOn();
  }

  async title(title) {
    if (title) this.#about.set('title', title);
    else this.#about.delete('title');
    return this.#passOn();
  }

  async undo() {
    this.#undo.undo();
    return this.#passOn();
  }

  async redo() {
    this.#undo.redo();
    return this.#passOn();
  }

  async receive(document, update) {
    Y.applyUpdate(this.#docs[document], update, this);
    return this.#passOn();
  }

  async read() {
    const waits = doc => doc.store.pendingStructs !== null || doc.store.pendingDs !== null;
    const title = this.#about.get('title') ?? '';
    return { text: this.#text.toDelta(), title, waiting: Object.values(this.#docs).some(waits) };
  }

  async state() {
    return Object.fromEntries(DOCUMENTS.map(name => [name, Y.encodeStateAsUpdate(this.#docs[name])]));
  }

  end() {
    for (const doc of Object.values(this.#docs ?? {})) doc.destroy();
  }
}
