// Whatever way a text comes in, nothing in it runs, nothing is fetched, and only words and harmless attributes are shown.

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { journey } from '../harness/journey.mjs';
import { until } from '../harness/wait.mjs';

const all = readFileSync(new URL('../../app/exchange/fixtures/attacks.txt', import.meta.url), 'utf8').trim().split('\n');

// One of them hides a tag where only a parser finds it. Nothing runs, but Chromium says in the console that nothing did.
const attacks = all.filter(attack => !attack.startsWith('<xmp>'));

/** Counts what pages that are attacked would do. */
function watch() {
  globalThis.ran = [];
  for (const name of ['alert', 'confirm', 'prompt', 'msgbox']) globalThis[name] = () => globalThis.ran.push(name);
}

/** Elements and attributes in the text that have no place there. */
async function oddities(room) {
  return (await room.ready()).evaluate(text => {
    const elements = new Set('p h1 h2 h3 h4 h5 h6 figure a strong em u s code mark br table thead tbody tr th td span div button'.split(' '));
    const attributes = /^(data-[a-z-]+|class|href|rel|target|title|spellcheck|contenteditable|tabindex|scope|role|aria-[a-z]+|lang|dir|style|type|translate|draggable)$/;
    const odd = [];
    for (const element of text.querySelectorAll('*')) {
      if (!elements.has(element.localName)) odd.push(element.outerHTML);
      for (const { name, value } of element.attributes) {
        if (!attributes.test(name) || (name === 'href' && !/^(https?:\/\/|mailto:|tel:)/i.test(value))) odd.push(`${name}="${value}"`);
        if (name === 'style' && /url|position|expression/i.test(value)) odd.push(`${name}="${value}"`);
      }
    }
    return odd;
  });
}

async function isSafe(anna, what) {
  assert.deepEqual(await oddities(anna.room), [], `only words and harmless attributes are shown of ${what}`);
  assert.deepEqual(await anna.page.evaluate(() => globalThis.ran), [], `nothing of ${what} runs`);
}

/** Pastes or drops something into the text, form by form. */
async function bring(anna, event, forms) {
  const text = await anna.room.ready();
  await text.evaluate((text, event, forms) => {
    const data = new DataTransfer();
    for (const [form, words] of Object.entries(forms)) data.setData(form, words);
    const options = { bubbles: true, cancelable: true };
    if (event === 'paste') {
      // Firefox does not take a clipboard into an event that a page makes.
      text.dispatchEvent(Object.defineProperty(new ClipboardEvent('paste', options), 'clipboardData', { value: data }));
    } else {
      const { left, top } = text.firstElementChild.getBoundingClientRect();
      const at = { clientX: left + 5, clientY: top + 5 };
      for (const type of ['dragenter', 'dragover', 'drop']) text.dispatchEvent(new DragEvent(type, { ...options, ...at, dataTransfer: data }));
    }
  }, event, forms);
}

const count = text => text.split('harmless').length - 1;

journey('a2_paste_is_safe', {}, async ({ person }) => {
  const anna = await person('Anna');
  await anna.page.evaluateOnNewDocument(watch);
  await anna.visit();
  await anna.home.newRoom();
  const { room } = anna;
  await room.focusEnd();

  for (const event of ['paste', 'drop']) {
    // What is dropped goes the same way from there on; some of each kind will do.
    const tried = event === 'paste' ? attacks : attacks.filter((_, index) => index % 5 === 0);
    for (const [index, attack] of tried.entries()) {
      const before = count(await room.text());
      await bring(anna, event, { 'text/html': attack, 'text/plain': 'plain' });
      await until(`attack ${index} came in by ${event}`, async () => count(await room.text()) > before);
      // What is dropped on a table is another matter, so nothing lies in its way.
      if (event === 'drop') {
        await isSafe(anna, attack);
        await anna.press('Control+a', 'Delete', 'Control+Alt+0');
      }
    }
    await isSafe(anna, event);
    await anna.press('Control+a', 'Delete', 'Control+Alt+0');
  }

  // Words alone, a form of ours that was tampered with, and addresses over selected words.
  await bring(anna, 'paste', { 'text/plain': attacks.join('\n') });
  await bring(anna, 'paste', { 'application/vnd.handsel.text': `1${'A'.repeat(400)}`, 'text/plain': 'harmless' });
  await isSafe(anna, 'plain words');
  await anna.press('Control+a');
  await bring(anna, 'paste', { 'text/plain': 'javascript:alert(1)' });
  await isSafe(anna, 'an address');
  await room.saved();
  await anna.reload();
  await room.ready();
  await isSafe(anna, 'the room when it is opened again');

  // Files of each kind.
  for (const [ending, head] of [['html', '<title>Attack by html</title>'], ['md', '# Attack by md\n\n']]) {
    const file = path.join(tmpdir(), `handsel-attack-${process.pid}.${ending}`);
    writeFileSync(file, head + attacks.filter(attack => !/<(xmp|noscript|form|math|svg|iframe)/.test(attack)).join('\n\n'));
    await anna.drop(file);
    await until(`the ${ending} file is a room`, async () => (await room.title()) === `Attack by ${ending}`);
    await until('its words are there', async () => count(await room.text()) > 20);
    await isSafe(anna, `a ${ending} file`);
    await room.saved();
  }

  // The page that is exported of it holds nothing that runs or is fetched either.
  const page = readFileSync(await room.export('Export as web page'), 'utf8');
  assert.ok(!/<(script|img|iframe|object|embed|link|svg|form|video|audio|base)\b/i.test(page.replace(/<style>[^]*?<\/style>/, '')), 'the exported page is plain');
});

// Times are judged in one browser only: what takes time is the program's own work.
journey('a2_paste_of_too_much_ends', { browsers: ['chromium'] }, async ({ person }) => {
  const anna = await person('Anna');
  await anna.visit();
  await anna.home.newRoom();
  const { room } = anna;
  await room.focusEnd();
  const spent = async (forms, seen) => {
    const text = await room.ready();
    // Made in the page: the driver would take longer to send it than the program to read it.
    const ms = await text.evaluate(async (text, forms, seen) => {
      const data = new DataTransfer();
      for (const [form, [piece, times, end]] of Object.entries(forms)) data.setData(form, piece.repeat(times) + end);
      const start = performance.now();
      const event = new ClipboardEvent('paste', { bubbles: true, cancelable: true });
      text.dispatchEvent(Object.defineProperty(event, 'clipboardData', { value: data }));
      let longest = performance.now() - start;
      while (!document.body.innerText.includes(seen)) {
        const before = performance.now();
        await new Promise(done => requestAnimationFrame(done));
        longest = Math.max(longest, performance.now() - before);
        if (performance.now() - start > 60_000) throw new Error(`${seen} is not there`);
      }
      return longest;
    }, forms, seen);
    return ms;
  };
  const took = {
    deep: await spent({ 'text/html': ['<div>', 100_000, 'x'], 'text/plain': ['', 0, 'deepest words'] }, 'deepest words'),
    nested: await spent({ 'text/html': ['<div>', 4_000, 'nested words'] }, 'nested words'),
    bold: await spent({ 'text/html': ['<b><i>', 2_000, 'slanted words'] }, 'slanted words'),
    long: await spent({ 'text/html': ['<p>a <b>b</b></p>', 4_000, '<p>end of all</p>'] }, 'end of all'),
    words: await spent({ 'text/plain': ['words and words ', 3_500_000, ''] }, 'too large to paste'),
    looks: await spent({ 'text/html': ['<p>a</p>', 1_100_000, ''], 'text/plain': ['', 0, 'only words'] }, 'only words'),
    quotes: await spent({ 'text/plain': ['>', 10_000, ' a\n\n# End\n\nquoted words'] }, 'quoted words'),
  };
  console.log(Object.entries(took).map(([what, ms]) => `${what} ${Math.round(ms)} ms`).join(', '));
  for (const [what, ms] of Object.entries(took)) assert.ok(ms < 2_000, `${what} held the page for ${Math.round(ms)} ms`);
});
