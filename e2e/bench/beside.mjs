// What stands beside the text, as large as rooms may have it: a price of 500 lines, a plan of 300 steps, 2,000 comments, a PDF
// of 300 pages.

import { pdf } from '../harness/pages.mjs';
import { Tab } from './tab.mjs';
import { typeKeys } from './typing.mjs';

const LINES = 500;
const STEPS = 300;
const COMMENTS = 2_000;
/** A batch of what somebody types in a tenth of a second, in bytes. */
const BATCH = 200;
const PAGES = 300;

/** What a price and a plan cost each time they are worked out, and sealing a batch, in milliseconds. */
export async function worked(browser, address) {
  const context = await browser.createBrowserContext();
  try {
    const tab = await Tab.open(context);
    await tab.visit(address);
    const made = await tab.page.evaluate(
      (lines, steps, batch) => ({
        price: window.bench.price(lines), plan: window.bench.plan(steps), seal: window.bench.seal(batch),
      }), LINES, STEPS, BATCH);
    tab.check();
    return made;
  } finally {
    await context.close();
  }
}

/** What keys cost in a text with many comments, and what reading the comments does. */
export async function commented(browser, address, text, keys, seed) {
  const context = await browser.createBrowserContext();
  try {
    const tab = await Tab.open(context);
    await tab.visit(address);
    await tab.fill(text);
    const { read } = await tab.page.evaluate(async count => {
      const made = window.bench.comment(count);
      await window.bench.flush();
      await window.measure.calm();
      return made;
    }, COMMENTS);
    await tab.caret(0.5);
    await tab.page.evaluate(() => window.measure.watchLongTasks());
    const { rendered, processor } = await typeKeys(tab, keys, seed);
    const longest = await tab.page.evaluate(() => window.measure.longestTask());
    tab.check();
    return { read, rendered, processor, longest };
  } finally {
    await context.close();
  }
}

/** How long a stored PDF takes until its first page is drawn, and the longest task while all of it is scrolled through. */
export async function pages(browser, address) {
  const context = await browser.createBrowserContext();
  try {
    const tab = await Tab.open(context);
    await tab.visit(address);
    await tab.page.evaluate(() => document.querySelector('nav a[href$="/files"]').click());
    const field = await tab.page.waitForSelector('.files-page input[type=file]');
    await field.uploadFile(pdf('Long.pdf', PAGES));
    await tab.page.waitForSelector('.files .file-name');
    await tab.page.evaluate(async () => {
      await window.bench.flush();
      await window.measure.calm();
    });
    const seen = [];
    // The first time the program that draws is fetched and compiled; the second is what a person meets from then on.
    for (let time = 0; time < 2; time += 1) {
      seen.push(await tab.page.evaluate(async () => {
        const start = performance.now();
        document.querySelector('.files .file-name').click();
        const drawn = () => document.querySelector('.viewer-page > canvas')?.width > 0;
        return (await window.measure.paintedWith(drawn)) - start;
      }));
      if (time === 0) {
        await tab.page.keyboard.press('Escape');
        await tab.page.evaluate(() => window.measure.paintedWith(() => !document.querySelector('.viewer-page')));
      }
    }
    const longest = await tab.page.evaluate(async () => {
      const pages = document.querySelector('.viewer-pages');
      const scrolls = [pages, ...(function* up(at) { for (; at; at = at.parentElement) yield at; })(pages.parentElement)];
      const scroller = scrolls.find(at => at.scrollHeight > at.clientHeight + 10);
      window.measure.watchLongTasks();
      const end = scroller.scrollHeight - scroller.clientHeight;
      for (let at = 0; at < end; at += scroller.clientHeight) {
        scroller.scrollTop = at;
        await window.measure.painted();
        await window.measure.painted();
      }
      await window.measure.calm();
      return window.measure.longestTask();
    });
    tab.check();
    return { first: seen[0], again: seen[1], longest };
  } finally {
    await context.close();
  }
}
