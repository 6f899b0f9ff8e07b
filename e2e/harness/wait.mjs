// Waiting for something to become true, with a message that says what did not happen.

/** How long anything may take before a journey fails, in milliseconds. Generous, since two cores may be shared. */
export const PATIENCE = 40_000;

const PAUSE = 40;

const pause = () => new Promise(done => setTimeout(done, PAUSE));

/**
 * Asks `check` again and again until it gives something true, and gives that.
 *
 * A page that is just going away makes questions fail; such an error counts as "not yet" and is told at the end.
 */
export async function until(what, check, within = PATIENCE) {
  const end = Date.now() + within;
  let last;
  for (;;) {
    try {
      last = await check();
      if (last) return last;
    } catch (error) {
      last = error;
    }
    if (Date.now() > end) break;
    await pause();
  }
  const seen = last instanceof Error ? last.message : JSON.stringify(last);
  throw new Error(`Waited ${within / 1000} s in vain until ${what}. Last seen: ${seen}`);
}

/**
 * Waits until what `read` gives equals `wanted`, compared as JSON.
 */
export async function untilEqual(what, read, wanted, within = PATIENCE) {
  let seen;
  const wish = JSON.stringify(wanted);
  try {
    await until(what, async () => JSON.stringify((seen = await read())) === wish, within);
  } catch {
    throw new Error(`Waited ${within / 1000} s in vain until ${what}.\n  wanted ${wish}\n  seen   ${JSON.stringify(seen)}`);
  }
}
