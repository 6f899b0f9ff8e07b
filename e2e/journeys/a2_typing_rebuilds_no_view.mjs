// Typing in the middle of a text changes the text, and around it only what says whether it is stored and how many words
// there are. Every change of the page outside of the texts is counted while somebody types.

import assert from 'node:assert/strict';

import { journey } from '../harness/journey.mjs';
import { untilEqual } from '../harness/wait.mjs';

const KEYS = 200;

/**
 * What may change around the text, and in how many moments for each pause in typing: the words and the icon of the chip
 * when the first key comes and when all is stored, and the two counts of words after the last key.
 */
const ALLOWED = { '.status-chip': 2, '.sheet-foot': 1, '.section-words': 1 };

/** Notes in the page what changes outside of the texts: by place in how many moments, and whatever is no word or attribute. */
function watch(places) {
  const seen = (window.seen = { moments: {}, elsewhere: [], rebuilt: [], typed: 0, pauses: 0 });
  let last = performance.now();
  new MutationObserver(records => {
    const touched = new Set();
    for (const { target, type, attributeName } of records) {
      const element = target instanceof Element ? target : target.parentElement;
      if (element.closest('.prose')) continue;
      const place = places.find(place => element.closest(place));
      if (place) touched.add(place);
      else seen.elsewhere.push(`${attributeName ?? type} of ${element.outerHTML.slice(0, 200)}`);
      if (type === 'childList') seen.rebuilt.push(element.outerHTML.slice(0, 200));
    }
    for (const place of touched) seen.moments[place] = (seen.moments[place] ?? 0) + 1;
  }).observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
  addEventListener('input', () => {
    const now = performance.now();
    // Less than any part of the page waits for.
    if (now - last > 200) seen.pauses += 1;
    last = now;
    seen.typed += 1;
  });
}

journey('a2_typing_rebuilds_no_view', { browsers: ['chromium'] }, async ({ person }) => {
  const anna = await person('Anna');
  await anna.visit();
  await anna.home.newRoom();
  await anna.room.write('First words\nA place to write.\nLast words');
  await anna.press('ArrowUp', 'End');
  await untilEqual('the words are counted', () => anna.page.$eval('.sheet-foot', foot => parseInt(foot.innerText, 10)), 8);
  await anna.room.saved();
  await anna.page.evaluate(watch, Object.keys(ALLOWED));

  const typed = ' seven letters'.repeat(KEYS).slice(0, KEYS);
  await anna.page.keyboard.type(typed);
  const words = 8 + typed.trim().split(' ').length;
  await untilEqual('the words are counted anew', () => anna.page.$eval('.sheet-foot', foot => parseInt(foot.innerText, 10)), words);
  await anna.room.saved();
  assert.ok((await anna.room.text()).includes(`A place to write.${typed}\n`), 'what was typed is in the text');

  const seen = await anna.page.evaluate(() => window.seen);
  assert.equal(seen.typed, KEYS);
  assert.deepEqual(seen.rebuilt, [], 'no element outside of the text came or went');
  assert.deepEqual(seen.elsewhere, [], 'nothing else changed');
  for (const [place, each] of Object.entries(ALLOWED)) {
    const moments = seen.moments[place] ?? 0;
    assert.ok(moments > 0, `${place} follows`);
    assert.ok(moments <= each * (seen.pauses + 1), `${place} changed ${moments} times with ${seen.pauses} pauses`);
  }
});
