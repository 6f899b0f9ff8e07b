// Documents that come from somewhere: from the store, and from other people.

import { Tab } from './tab.mjs';

/** Stores a text under the address. */
export async function store(browser, address, text) {
  const tab = await Tab.open(browser);
  await tab.visit(address);
  await tab.fill(text);
  const bytes = await tab.page.evaluate(async () => {
    await window.bench.flush();
    return window.bench.encode().length;
  });
  await tab.close();
  return bytes;
}

/** Opens the stored text in a new tab; answers when its first line was in sight. */
export async function opening(browser, address, text) {
  const tab = await Tab.open(browser);
  try {
    await tab.page.goto(address, { waitUntil: 'domcontentloaded' });
    const seen = await tab.page.evaluate(words => window.measure.inSight(words), text[0]);
    await tab.expect(text.join('\n'));
    return seen;
  } finally {
    await tab.close();
  }
}

/** Takes in so many small changes by somebody else, all waiting at once. */
export async function remote(browser, address, text, count, seed) {
  const context = await browser.createBrowserContext();
  try {
    const tab = await Tab.open(context);
    await tab.visit(address);
    await tab.fill(text);
    await tab.caret(0);
    const { before, chars } = await tab.page.evaluate(async (count, seed) => {
      window.made = window.bench.makeRemote(count, seed);
      await window.measure.calm();
      return { before: window.bench.getText().length, chars: window.made.chars };
    }, count, seed);
    const start = await tab.processor();
    const painted = await tab.page.evaluate(() => window.measure.applyAll(window.made));
    const processor = (await tab.processor()) - start;
    const { grown, marks } = await tab.page.evaluate(before => {
      const text = window.bench.getText();
      return { grown: text.length - before, marks: text.split(window.made.mark).length - 1 };
    }, before);
    if (grown !== chars || marks !== count) {
      throw new Error(`${marks} of ${count} changes are in the text, which grew by ${grown} instead of ${chars}`);
    }
    tab.check();
    return { painted, each: processor / count };
  } finally {
    await context.close();
  }
}
