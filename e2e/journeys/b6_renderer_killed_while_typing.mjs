// The page's process dies at any moment while somebody types. Whatever the room called saved is there, and of the rest
// no more is missing than the last 200 ms of typing, and what the machine itself kept it waiting for: the disk for the write
// under way and for the one before it, and the processor.
//
// HANDSEL_KILLS sets how often (5; the whole run is 50), HANDSEL_SEED repeats a run.

import assert from 'node:assert/strict';

import { journey } from '../harness/journey.mjs';
import { Stalls } from '../harness/stalls.mjs';
import { until } from '../harness/wait.mjs';

const KILLS = Number(process.env.HANDSEL_KILLS ?? 5);
const SEED = Number(process.env.HANDSEL_SEED ?? Date.now() % 1_000_000_000);

/** How much of the last typing may be missing on a machine that keeps nobody waiting, in milliseconds. */
const GRACE = 200;

/** A small generator of random numbers in 0..1, the same for the same seed. */
function random(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Ends all page processes of the browser as a system short of memory does. */
async function killRenderers(browser) {
  const session = await browser.target().createCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  for (const { type, id } of processInfo) {
    if (type === 'renderer') process.kill(id, 'SIGKILL');
  }
}

/** Types one word, and looks at once at what the page shows and says. */
async function typeWord(page, word) {
  await page.keyboard.type(word);
  const at = Date.now();
  const seen = await page.evaluate(() => ({
    text: document.querySelector('.prose').innerText,
    status: [...document.querySelectorAll('[role=status]')].map(one => one.textContent.trim()).join('|'),
  }));
  return { word, at, ...seen };
}

/** Types words until the page is gone. Keeps when each word came, and what the page showed when it last said "Saved here". */
async function typeUntilGone(page, gone, first) {
  const typed = [];
  let saved = '';
  for (let number = first; ; number += 1) {
    // A question to a page that is just dying may stay without an answer.
    const step = typeWord(page, `w${number} `).catch(() => undefined);
    const done = await Promise.race([step, gone]);
    if (!done) return { typed, saved };
    typed.push(done);
    if (done.status.includes('Saved here')) saved = done.text;
  }
}

const plain = text => text.replace(/[\u200b\ufeff]/g, '').replace(/\u00a0/g, ' ').trim();

journey('b6_renderer_killed_while_typing', { browsers: ['chromium'], limit: 120_000 + KILLS * 50_000 }, async ({ person }) => {
  console.log(`HANDSEL_SEED=${SEED} HANDSEL_KILLS=${KILLS}`);
  const chance = random(SEED);
  let anna = await person('Anna');
  await anna.visit();
  await anna.home.newRoom();
  await anna.room.write('start ');
  await anna.room.saved();
  const address = anna.address();
  let next = 0;
  let before = 'start ';

  for (let kill = 1; kill <= KILLS; kill += 1) {
    const which = `kill ${kill} of seed ${SEED}`;
    await anna.room.focusEnd();
    const bySignal = chance() < 0.5;
    const dying = anna.page;
    const session = await dying.createCDPSession();
    const gone = new Promise(noticed => dying.once('error', () => noticed()));
    let killedAt;
    const stalls = new Stalls();
    setTimeout(() => {
      killedAt = Date.now();
      if (bySignal) killRenderers(anna.device.browser);
      else session.send('Page.crash').catch(() => {});
    }, 100 + chance() * 2_500);
    const { typed, saved } = await typeUntilGone(dying, gone, next);
    await gone;
    const { disk, processor } = await stalls.end();
    const grace = GRACE + 2 * disk + processor;
    next += typed.length + 1;

    const again = await anna.newTab();
    // Closing does not answer when the page's process is gone; the tab goes away all the same.
    dying.close().catch(() => {});
    anna = again;
    await anna.visit(address);
    await anna.room.see('start');
    // A room opens with all of its text at once, so what it shows first is all it has.
    const found = plain(await anna.room.text());

    assert.ok(found.startsWith(plain(saved)), `${which}: what was shown as saved is there\n  saved ${plain(saved)}\n  found ${found}`);
    const sure = typed.filter(({ at }) => at <= killedAt - grace).map(({ word }) => word);
    const wanted = plain(before + sure.join(''));
    const waits = `${GRACE} ms, ${disk} for each of two writes, ${processor} for the processor`;
    assert.ok(found.startsWith(wanted), `${which}: no more typing is missing than that of ${waits}\n  wanted ${wanted}\n  found  ${found}`);
    before = await until('the room is read', () => anna.room.text());
  }
  await anna.room.write('end');
  await anna.room.saved();
});
