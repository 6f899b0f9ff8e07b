// A key press in the middle of a text: how long until it is painted, and what it costs the processor.

import { setTimeout as pause } from 'node:timers/promises';

import { Tab } from './tab.mjs';
import { numbers, typing } from './words.mjs';

/** Types so many keys where the caret is, behind the word "warm"; answers what was typed and a figure for each key. */
export async function typeKeys(tab, count, seed) {
  await tab.watchKeys();
  // The first keys compile what keys need.
  for (const letter of 'warm') await tab.press(letter);
  const typed = typing(count, seed);
  const [rendered, processor, next] = [[], [], numbers(seed)];
  let last = await tab.processor();
  for (const letter of typed) {
    rendered.push(await tab.press(letter));
    // People do not type in step with the screen, and what was put off is to be counted too.
    await pause(5 + next() * 15);
    const now = await tab.processor();
    processor.push(now - last);
    last = now;
  }
  return { typed, rendered, processor };
}

/** Types so many keys into a text that is filled in first; answers a figure for each key. */
export async function keys(browser, address, text, count, seed) {
  const context = await browser.createBrowserContext();
  try {
    const tab = await Tab.open(context);
    await tab.visit(address);
    await tab.fill(text);
    await tab.caret(0.5);
    const before = await tab.text();
    const { typed, ...costs } = await typeKeys(tab, count, seed);
    const after = await tab.text();
    const at = after.indexOf(`warm${typed}`);
    if (at < 0 || after.slice(0, at) + after.slice(at + 4 + count) !== before) {
      throw new Error('the document is not what it was plus what was typed');
    }
    tab.check();
    return costs;
  } finally {
    await context.close();
  }
}
