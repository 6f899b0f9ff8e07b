// Nothing jumps under a reader when another tab writes, moves and deletes above; what the reader does scrolls as ever.

import assert from 'node:assert/strict';

import { journey } from '../harness/journey.mjs';
import { until } from '../harness/wait.mjs';

const LINES = Array.from({ length: 70 }, (_, index) => `This is line ${index + 1}.`);

/** How far down in the window the line with these words stands, in pixels. */
const topOf = (tab, words) => tab.page.$$eval('.prose > p', (lines, words) =>
  lines.find(line => line.textContent === words).getBoundingClientRect().top, words);

/** Does something in one tab, and looks at what another one, in which `words` are in sight, shows of it. */
async function keepsPlace(reader, words, writer, act, shows) {
  const before = await topOf(reader, words);
  assert.ok(before > 100 && before < 900, `"${words}" is in sight, at ${before}`);
  await writer.look();
  await act();
  await writer.room.saved();
  await reader.look();
  await until('the reader has what was done', () => reader.page.evaluate(shows));
  await reader.page.evaluate(() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))));
  const now = await topOf(reader, words);
  assert.ok(Math.abs(now - before) < 4, `"${words}" stood at ${before} and stands at ${now}`);
}

journey('a2_keeps_the_readers_place', {}, async ({ person }) => {
  const writer = await person('Anna');
  await writer.visit();
  await writer.home.newRoom();
  await writer.device.copy(LINES.join('\n'));
  await writer.look();
  await writer.room.focusEnd();
  await writer.press('Control+v');
  await writer.room.see('This is line 70.');
  await writer.room.saved();
  const reader = await writer.newTab();
  await reader.look();
  await reader.visit(writer.address());
  await reader.room.see('This is line 70.');

  // With the caret in the text: its line stays.
  const words = 'This is line 35.';
  await reader.page.evaluate(words => {
    const line = [...document.querySelectorAll('.prose > p')].find(line => line.textContent === words);
    line.scrollIntoView({ block: 'center' });
  }, words);
  const box = await (await reader.page.$('.prose > p:nth-child(35)')).boundingBox();
  await reader.page.mouse.click(box.x + 20, box.y + box.height / 2);
  await keepsPlace(reader, words, writer, async () => {
    await (await writer.room.ready()).focus();
    await writer.press('Control+Home');
    await writer.type('One\nmore\nthing\n');
  }, () => document.querySelector('.prose').innerText.includes('thing'));

  // What the reader writes moves nothing above, and the caret goes down with it.
  const place = await reader.page.evaluate(() => scrollY);
  await reader.press('End', 'Enter');
  await reader.type('Mine');
  assert.equal(await reader.page.evaluate(() => scrollY), place);

  // Without the keyboard in the text: what is in sight stays.
  await reader.page.evaluate(() => document.activeElement.blur());
  await keepsPlace(reader, words, writer, async () => {
    await writer.press('Control+Home', 'Shift+ArrowDown', 'Shift+ArrowDown', 'Delete');
  }, () => !document.querySelector('.prose').innerText.includes('more'));

  // A section comes in above the one that is read, and goes again.
  const sections = count => `document.querySelectorAll('.section').length === ${count}`;
  await keepsPlace(reader, words, writer, async () => {
    await writer.click('button', 'Add a section');
    await writer.find('textbox', 'Text of section 2');
    await writer.type('First of all\nsomething else');
    await writer.choose('More for “First of all”', 'Move up');
  }, `${sections(2)} && document.querySelector('.section').innerText.includes('something else')`);
  await keepsPlace(reader, words, writer, () => writer.choose('More for “First of all”', 'Delete section'), sections(1));
});
