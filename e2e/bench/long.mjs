// A long room: fifty thousand words in three hundred sections, as somebody else wrote it. Opened from the store, written in
// at its middle, and gone through to its end.

import * as Y from 'yjs';

import { Tab } from './tab.mjs';
import { typeKeys } from './typing.mjs';
import { paragraphs } from './words.mjs';

const SECTIONS = 300;
const WORDS = 50_000;

/** What every section of a room says, in paragraphs. */
export function texts(words = WORDS, sections = SECTIONS) {
  const all = paragraphs(words);
  return Array.from({ length: sections }, (_, at) => {
    const [from, to] = [at, at + 1].map(edge => Math.round((edge * all.length) / sections));
    return all.slice(from, to);
  });
}

/** The room as one update by another Yjs program, all behind the section that a new room has. */
export function update(sections) {
  const doc = new Y.Doc();
  doc.transact(() => {
    sections.forEach((lines, at) => {
      const id = `s${String(at).padStart(3, '0')}`;
      doc.getMap('sections').set(id, `0000${String(1_000 + at)}`);
      doc.getMap('names').set(id, `Part ${at + 1}`);
      doc.getText(`section/${id}`).insert(0, `${lines.join('\n')}\n`);
    });
  });
  return [...Y.encodeStateAsUpdate(doc)];
}

/** Stores the long room under the address. */
export async function storeLong(browser, address) {
  const tab = await Tab.open(browser);
  try {
    await tab.visit(address);
    await tab.page.evaluate(async (update, count) => {
      window.bench.applyRemote(new Uint8Array(update));
      await window.bench.flush();
      await window.measure.paintedWith(() => document.querySelectorAll('.section').length > count);
      await window.measure.calm();
    }, update(texts()), SECTIONS);
  } finally {
    await tab.close();
  }
}

/**
 * Opens the long room in a new tab. Answers when its first words were in sight and when all sections could be written in,
 * what keys in its middle section cost, and how long going to its last section took.
 */
export async function long(browser, address, keys, seed) {
  const tab = await Tab.open(browser);
  const sections = texts();
  try {
    await tab.page.goto(address, { waitUntil: 'domcontentloaded' });
    const { seen, ready } = await tab.page.evaluate(async (words, count) => {
      const surfaces = () => Array.from(document.querySelectorAll('.section .prose[contenteditable=true]'));
      const seen = await window.measure.paintedWith(() => surfaces()[1]?.textContent.startsWith(words));
      const ready = await window.measure.paintedWith(() => surfaces().length > count, 180_000);
      await window.measure.calm();
      return { seen, ready };
    }, sections[0][0], SECTIONS);

    // The section in the middle is what is measured from here on.
    await tab.page.evaluate(async at => {
      const root = document.querySelectorAll('.section .prose')[at];
      window.bench = { ready: Promise.resolve(), root: () => root };
      root.scrollIntoView({ block: 'center' });
      root.focus({ preventScroll: true });
      const words = root.children[1].firstChild;
      getSelection().collapse(words, Math.floor(words.length / 2));
      await window.measure.calm();
    }, SECTIONS / 2);
    const { typed, rendered, processor } = await typeKeys(tab, keys, seed);
    if (!(await tab.page.evaluate(() => window.bench.root().textContent)).includes(`warm${typed}`)) {
      throw new Error('what was typed is not in the page');
    }

    const end = await tab.page.evaluate(async words => {
      await window.measure.calm();
      const start = performance.now();
      Array.from(document.querySelectorAll('nav.outline button')).at(-1).click();
      const shown = await window.measure.paintedWith(() => {
        const root = Array.from(document.querySelectorAll('.section .prose')).at(-1);
        const box = root.getBoundingClientRect();
        return root.textContent.startsWith(words) && box.top < innerHeight && box.bottom > 0;
      });
      return shown - start;
    }, sections.at(-1)[0]);
    tab.check();
    return { seen, ready, rendered, processor, end };
  } finally {
    await tab.close();
  }
}
