// A copy of a room's documents in our own program (app/replica/examples/peer.rs), asked line by line.

import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const program = process.env.HANDSEL_PEER ?? fileURLToPath(new URL('../../target/debug/examples/peer', import.meta.url));

const written = updates => updates.map(update => Buffer.from(update).toString('base64'));
const bytes = text => new Uint8Array(Buffer.from(text, 'base64'));

export class OurCopy {
  stranger = false;
  #program;
  #waiting = [];
  #ended;

  constructor() {
    this.#program = spawn(program, { stdio: ['pipe', 'pipe', 'inherit'] });
    createInterface({ input: this.#program.stdout }).on('line', line => this.#waiting.shift().resolve(JSON.parse(line)));
    const ended = error => {
      this.#ended = error;
      for (const { reject } of this.#waiting.splice(0)) reject(error);
    };
    this.#program.on('error', ended);
    this.#program.on('exit', (code, signal) => ended(new Error(`${program} ended: ${signal ?? code}`)));
    this.#program.stdin.on('error', () => {});
  }

  async #ask(request) {
    if (this.#ended) throw this.#ended;
    const answer = await new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#program.stdin.write(`${JSON.stringify(request)}\n`);
    });
    if (answer.error) throw new Error(`our copy says: ${answer.error}`);
    return answer;
  }

  async #write(request) {
    const { content, offer } = await this.#ask(request);
    return { content: content.map(bytes), offer: offer.map(bytes) };
  }

  async begin(client) {
    await this.#ask({ begin: client });
  }

  edit(delta, joins = false) {
    return this.#write({ edit: { delta, joins } });
  }

  title(title) {
    return this.#write({ title });
  }

  undo() {
    return this.#write('undo');
  }

  redo() {
    return this.#write('redo');
  }

  receive(document, update) {
    return this.#write({ receive: { document, update: written([update])[0] } });
  }

  /** Updates that follow each other as one that says the same. */
  async merged(updates) {
    return bytes(await this.#ask({ merge: written(updates) }));
  }

  read() {
    return this.#ask('read');
  }

  async state() {
    const { content, offer } = await this.#ask('state');
    return { content: bytes(content), offer: bytes(offer) };
  }

  end() {
    this.#program.stdin.end();
  }
}
