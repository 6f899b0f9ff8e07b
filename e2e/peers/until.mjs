// Waiting for what several programs bring about together, without polling: whoever changes something says so.

import { EventEmitter, once } from 'node:events';

const world = new EventEmitter();
world.setMaxListeners(100);

/** Says that something may be otherwise now. */
export function changed() {
  world.emit('changed');
}

/** Resolves when the condition holds; fails after a minute, with what is the case instead. */
export async function until(words, holds, instead = () => '') {
  const signal = AbortSignal.timeout(60_000);
  while (!holds()) {
    try {
      await once(world, 'changed', { signal });
    } catch {
      throw new Error(`not within a minute: ${words} ${JSON.stringify(instead())}`);
    }
  }
}
