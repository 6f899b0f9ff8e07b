// How long this machine itself keeps anybody waiting. A promise in milliseconds is one of the program, and a disk or a
// processor that is busy with something else adds to it.

import { closeSync, fdatasync, mkdtempSync, openSync, rmSync, write } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const writeTo = promisify(write);
const sync = promisify(fdatasync);

/** How often the processor is looked at, in milliseconds. */
const STEP = 10;
/** As much is written at once as a batch of the program has. */
const BATCH = Buffer.alloc(4_096, 'x');

/** Writes to the disk where browsers keep their profiles, over and over, until `end`. */
export class Stalls {
  #folder = mkdtempSync(path.join(tmpdir(), 'handsel-stalls-'));
  #ended = false;
  #disk = 0;
  #processor = 0;
  #writing;

  constructor() {
    this.#writing = this.#write();
    this.#look(performance.now());
  }

  /** Ends it, and gives the longest that one write took and that the processor was late, in milliseconds. */
  async end() {
    this.#ended = true;
    await this.#writing;
    rmSync(this.#folder, { recursive: true, force: true });
    return { disk: Math.ceil(this.#disk), processor: Math.ceil(this.#processor) };
  }

  async #write() {
    const file = openSync(path.join(this.#folder, 'probe'), 'w');
    try {
      while (!this.#ended) {
        const begun = performance.now();
        await writeTo(file, BATCH);
        await sync(file);
        this.#disk = Math.max(this.#disk, performance.now() - begun);
        await new Promise(next => setTimeout(next, STEP));
      }
    } finally {
      closeSync(file);
    }
  }

  #look(last) {
    if (this.#ended) return;
    setTimeout(() => {
      const now = performance.now();
      this.#processor = Math.max(this.#processor, now - last - STEP);
      this.#look(now);
    }, STEP);
  }
}
