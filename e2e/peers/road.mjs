// A copy of a room in our own program (app/replica/examples/road.rs), on a real socket. The program has neither sockets
// nor a clock; what stands here opens those it asks for, and carries frames.

import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

import WebSocket from 'ws';

import { changed } from './until.mjs';

const program = process.env.HANDSEL_ROAD ?? fileURLToPath(new URL('../../target/debug/examples/road', import.meta.url));

export class OurRoad {
  /** What the program last said: text, others, standing. */
  said = {};
  #program;
  #waiting = [];
  #socket;
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

  async ask(ask) {
    const answer = await new Promise(resolve => {
      this.#waiting.push(resolve);
      this.#program.stdin.write(`${JSON.stringify({ now: Date.now(), ask })}\n`);
    });
    if (answer.error) throw new Error(`our copy says: ${answer.error}`);
    this.said = answer;
    for (const output of answer.outputs) this.#act(output);
    clearTimeout(this.#alarm);
    if (answer.wakesAt !== null && !this.#ended) this.#alarm = setTimeout(() => this.ask('time'), answer.wakesAt - Date.now());
    changed();
    return answer;
  }

  async begin(client, road) {
    await this.ask({ begin: client });
    await this.ask(road);
    await this.ask('start');
  }

  #act(output) {
    if (output.dial) this.#dial(output.dial);
    if (output.send) this.#socket.send(Buffer.from(output.send, 'base64'));
    if (output === 'hangUp') {
      this.#socket.close();
      this.#socket = null;
    }
  }

  #dial(address) {
    const socket = this.#socket = new WebSocket(address);
    const tell = ask => { if (socket === this.#socket) this.ask(ask); };
    socket.on('open', () => tell('opened'));
    socket.on('message', frame => tell({ frame: frame.toString('base64') }));
    socket.on('close', (code, reason) => tell({ closed: { code, reason: reason.toString() } }));
    // It closes right after.
    socket.on('error', () => {});
  }

  async end() {
    this.#ended = true;
    await this.ask('stop');
    this.#program.stdin.end();
  }
}
