// Our copies and those of Yjs, whatever happens to them, end with the same text and formats.
//
// `HANDSEL_OPERATIONS` sets how many operations are played, `HANDSEL_SEED` repeats one scenario.

import { after, test } from 'node:test';

import { OurCopy } from './ours.mjs';
import { Random } from './random.mjs';
import { Scenario } from './scenario.mjs';
import { YjsCopy } from './yjs.mjs';

const OPERATIONS = Number(process.env.HANDSEL_OPERATIONS ?? 5_000);
const SEED = process.env.HANDSEL_SEED;

const copies = { ours: [new OurCopy(), new OurCopy()], yjs: [new YjsCopy(), new YjsCopy()], reader: new OurCopy() };

after(() => {
  for (const copy of [...copies.ours, ...copies.yjs, copies.reader]) copy.end();
});

/** Most scenarios are short, so that what fails is short; some are long, since histories grow. */
function length(seed) {
  const random = new Random(seed + 1e6);
  return random.once(20) ? 600 + random.below(600) : 20 + random.below(100);
}

async function play(seed) {
  try {
    await new Scenario(seed, copies).play(length(seed));
  } catch (error) {
    error.message = `HANDSEL_SEED=${seed}: ${error.message}`;
    throw error;
  }
}

test('copies of ours and of Yjs end with the same text and formats', async () => {
  if (SEED !== undefined) return play(Number(SEED));
  let operations = 0;
  let seed = 0;
  for (; operations < OPERATIONS; seed += 1) {
    await play(seed);
    operations += length(seed);
  }
  console.log(`${operations} operations in ${seed} scenarios, seeds 0 to ${seed - 1}`);
});
