// Two people write on while the network between them is gone, and have the same text soon after it is back.
// `HANDSEL_CUTS=5,30,180` says for how many seconds it is gone, one after the other; without, a short one is played.

import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';

import { until } from '../harness/wait.mjs';
import { Network } from './network.mjs';

const CUTS = (process.env.HANDSEL_CUTS ?? '5').split(',').map(Number);
/** So soon after the network is back both must have everything, in milliseconds. A busy machine is given more. */
const SOON = 5_000 * Number(process.env.HANDSEL_SLACK ?? 3);

const ROADS = {
  relay: { script: '../node_modules/@y/websocket-server/src/server.js', form: address => ({ relay: 'y-websocket', address }) },
  browsers: { script: '../node_modules/y-webrtc/bin/server.js', form: address => ({ signalling: address }) },
};

const isLive = person => until('it is live', () => person.page.evaluate(() => document.querySelector('.live-chip')?.innerText.includes('Live')));

for (const [road, { script, form }] of Object.entries(ROADS)) {
  test(`what two people write apart is there after the cut · ${road}`, { timeout: 200_000 + CUTS.reduce((sum, cut) => sum + cut * 2_000, 0) }, async () => {
    const network = new Network();
    try {
      const server = await network.serve(fileURLToPath(new URL(script, import.meta.url)), 4444);
      const anna = await network.person(1, [server.address]);
      await anna.visit();
      await anna.home.newRoom('Moving the archive');
      await anna.room.write('Start.');
      await anna.room.saved();
      await anna.room.meetOver(form(server.address));
      const ben = await network.person(2, [server.address]);
      await ben.visit(await anna.room.link({ whom: 'Ben' }));
      await ben.room.see('Start.');
      await ben.click('button', 'Connect');
      await isLive(anna);
      await isLive(ben);
      let count = 0;
      for (const seconds of CUTS) {
        network.plug(2, false);
        const end = Date.now() + seconds * 1_000;
        const before = count;
        while (Date.now() < end) {
          count += 1;
          await anna.room.write(` a${count}.`);
          await ben.room.write(` b${count}.`);
          await pause(Math.min(1_000, Math.max(0, end - Date.now())));
        }
        network.plug(2, true);
        const healed = Date.now();
        const wanted = Array.from({ length: count }, (_, at) => [` a${at + 1}.`, ` b${at + 1}.`]).flat();
        const text = async person => {
          const words = await person.room.text();
          return wanted.every(word => words.includes(word)) && words;
        };
        await until('both have everything', async () => {
          const [hers, his] = [await text(anna), await text(ben)];
          return hers && hers === his;
        });
        const took = Date.now() - healed;
        console.log(`${road}: ${count - before} rounds in a cut of ${seconds} s; the same text ${took} ms after it`);
        assert.ok(took <= SOON, `${took} ms`);
      }
    } finally {
      await network.end();
    }
  });
}
