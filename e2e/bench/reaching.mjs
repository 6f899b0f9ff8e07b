// A room on its way to somebody else: opened by a link.

import { texts, update } from './long.mjs';
import { Tab } from './tab.mjs';

/** About 1 MB of text. */
const LINKED = { words: 170_000, sections: 100 };

/** Fills a room with so much text and answers once all of it is stored. */
async function fill(tab, address, { words, sections }) {
  await tab.visit(address);
  const bytes = update(texts(words, sections));
  return tab.page.evaluate(async (base64, count) => {
    const update = Uint8Array.from(atob(base64), letter => letter.charCodeAt(0));
    window.bench.applyRemote(update);
    await window.bench.flush();
    await window.measure.paintedWith(() => document.querySelectorAll('.section').length > count);
    await window.measure.calm();
    return update.length;
  }, Buffer.from(bytes).toString('base64'), sections);
}

/**
 * Stores a room of 1 MB under the address, and opens it from there and by a link, by turns. Whoever opens the link has had
 * the program before, and no room.
 */
export async function linked(browser, address, rounds) {
  const words = texts(LINKED.words, LINKED.sections)[0][0];
  const owner = await browser.createBrowserContext();
  const seen = { stored: [], link: [] };
  try {
    const tab = await Tab.open(owner);
    await fill(tab, address, LINKED);
    const fragment = await tab.page.evaluate(() => window.bench.link());
    await tab.page.close();
    for (let round = 0; round <= rounds; round += 1) {
      const stored = await firstWords(owner, address, words);
      const reader = await browser.createBrowserContext();
      const first = await Tab.open(reader);
      // A room of another name: one of the same would be in the way of what the link brings.
      await first.visit(`${address}-before`);
      await first.close();
      const link = await firstWords(reader, `${new URL(address).origin}/#${fragment}`, words);
      await reader.close();
      // The first round fills what the browser keeps of the program.
      if (round > 0) {
        seen.stored.push(stored);
        seen.link.push(link);
      }
    }
    return { ...seen, bytes: fragment.length };
  } finally {
    await owner.close();
  }
}

/** How long it takes from the navigation until these words are painted. */
async function firstWords(context, address, words) {
  const tab = await Tab.open(context);
  try {
    await tab.page.goto(address, { waitUntil: 'domcontentloaded' });
    const seen = await tab.page.evaluate(words => window.measure.paintedWith(() => {
      const lines = document.querySelectorAll('.section .prose > *');
      return Array.from(lines).some(line => line.textContent.startsWith(words) && line.getBoundingClientRect().height > 0);
    }), words);
    tab.check();
    return seen;
  } finally {
    await tab.close();
  }
}
