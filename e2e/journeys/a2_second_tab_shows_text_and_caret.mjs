// A second tab of the same room shows the same text as it is typed, and where the other caret stands.

import assert from 'node:assert/strict';

import { journey } from '../harness/journey.mjs';
import { until, untilEqual } from '../harness/wait.mjs';

const carets = tab => tab.page.$$eval('.carets .caret', all => all.map(caret => {
  const { left, top, height } = caret.getBoundingClientRect();
  return { label: caret.textContent.trim(), left, top, height };
}));

/** Where the end of the text's last line stands on the screen. */
const endOfText = tab => tab.page.$eval('.prose', text => {
  const range = document.createRange();
  range.selectNodeContents(text.lastElementChild.matches('.carets') ? text.lastElementChild.previousElementSibling : text.lastElementChild);
  const rects = [...range.getClientRects()];
  const { right, top } = rects[rects.length - 1];
  return { right, top };
});

journey('a2_second_tab_shows_text_and_caret', {}, async ({ person }) => {
  const first = await person('Anna');
  await first.visit();
  await first.home.newRoom();
  await first.room.write('We bring three vans.');
  await first.room.saved();

  const second = await first.newTab();
  await second.visit(first.address());
  await second.room.see('We bring three vans.');

  await first.look();
  await first.room.write(' Two days.');
  await second.look();
  await second.room.see('We bring three vans. Two days.');

  await until('the other caret stands at the end of the text', async () => {
    const [caret] = await carets(second);
    const end = await endOfText(second);
    return caret && Math.abs(caret.left - end.right) < 4 && Math.abs(caret.top - end.top) < 12;
  });
  const [caret] = await carets(second);
  assert.ok(caret.label, 'the caret has a label');
  assert.ok(caret.height >= 10, 'the caret can be seen');

  await second.room.write('\nAnd one crane.');
  await first.look();
  await untilEqual('both tabs show both lines', () => first.room.lines(), ['text: We bring three vans. Two days.', 'text: And one crane.']);
  await second.room.saved();

  // A tab that is closed takes its caret along.
  await until('the first tab shows the second one\'s caret', async () => (await carets(first)).length === 1);
  await second.close();
  await until('the caret of the closed tab is gone', async () => (await carets(first)).length === 0);
});

journey('a2_second_tab_types_at_the_same_time', { aside: true }, async ({ person }) => {
  const first = await person('Anna');
  await first.visit();
  await first.home.newRoom();
  await first.room.write('one\ntwo');
  await first.room.saved();
  const second = await first.newTab();
  await second.visit(first.address());
  await second.room.see('two');

  // Each in a line of their own, turn by turn and without waiting for one another.
  await second.room.focusEnd();
  await first.look();
  await first.room.ready();
  await first.page.focus('.prose');
  await first.press('Control+Home', 'End');
  for (const letter of 'abcdefgh') {
    await first.look();
    await first.type(letter);
    await second.look();
    await second.type(letter.toUpperCase());
  }
  const wanted = ['text: oneabcdefgh', 'text: twoABCDEFGH'];
  await untilEqual('the second tab has everything', () => second.room.lines(), wanted);
  await first.look();
  await untilEqual('the first tab has everything', () => first.room.lines(), wanted);

  // Each takes back only their own work.
  await until('the first tab\'s letters are gone', async () => {
    const [line] = await first.room.lines();
    // A pause ends a step, and a busy machine makes pauses.
    if (line !== 'text: one') await first.press('Control+z');
    return line === 'text: one';
  });
  assert.deepEqual(await first.room.lines(), ['text: one', 'text: twoABCDEFGH']);
});
