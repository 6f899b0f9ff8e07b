// A room on its way to somebody else: opened by a link, and met for the first time over a direct connection.

import { signallingServer } from '../peers/servers.mjs';
import { texts, update } from './long.mjs';
import { Tab } from './tab.mjs';

/** About 1 MB of text, and about 10 MB. Sections are as long as people make them. */
const LINKED = { words: 170_000, sections: 100 };
const MET = { words: 1_700_000, sections: 300 };

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
      await first.visit(address);
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

/**
 * How long it takes until a room of 10 MB that another browser holds is here, by WebRTC over loopback: from the navigation to
 * an empty room, with the program in the browser's store, until all sections are in the page.
 */
export async function met(browser, address) {
  const server = signallingServer();
  await server.start();
  const [owner, reader] = [await browser.createBrowserContext(), await browser.createBrowserContext()];
  try {
    const holder = await Tab.open(owner);
    const live = `${address}&signal=${encodeURIComponent(server.address)}`;
    const bytes = await fill(holder, live, MET);
    const first = await Tab.open(reader);
    await first.visit(`${address}-before`);
    await first.close();
    const other = await Tab.open(reader);
    await other.page.goto(live, { waitUntil: 'domcontentloaded' });
    const { started, whole } = await other.page.evaluate(async count => {
      const started = await window.measure.interactive.then(() => performance.now());
      const whole = await window.measure.paintedWith(() => document.querySelectorAll('.section').length > count, 180_000);
      return { started, whole };
    }, MET.sections);
    const got = await other.page.evaluate(() => window.bench.encode().length);
    if (got < bytes * 0.9) throw new Error(`${got} bytes came of ${bytes}`);
    other.check();
    return { whole, started, bytes };
  } finally {
    await Promise.all([owner.close(), reader.close()]);
    await server.stop();
  }
}
