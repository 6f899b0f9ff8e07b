// One act keeps somebody's caret in view, until the reader does something of their own or the other one leaves.

import assert from 'node:assert/strict';

import { journey } from '../harness/journey.mjs';
import { insertTable } from '../harness/table.mjs';
import { until } from '../harness/wait.mjs';

const FOLLOW = 'Follow your other tab';
const FOLLOWING = 'Following your other tab';

/** Waits until the other one's caret is within the window, below the bars. */
const seeCaret = tab => until('the other caret is in view', () => tab.page.evaluate(() => {
  const carets = [...document.querySelectorAll('.caret')].filter(caret => !caret.hidden);
  const { top, bottom } = carets[0].getBoundingClientRect();
  return carets.length === 1 && top > 100 && bottom < innerHeight - 40;
}));

const said = (tab, words) => until(`"${words}" is said`, () => tab.page.$$eval('[role=status]', (all, words) =>
  all.some(one => one.textContent.startsWith(words)), words));

journey('a2_follows_somebody', { aside: true }, async ({ person }) => {
  const ben = await person('Ben');
  await ben.visit();
  await ben.home.newRoom();
  await ben.device.copy(Array.from({ length: 90 }, (_, index) => `Line ${index + 1}`).join('\n'));
  await ben.look();
  await ben.room.focusEnd();
  await ben.press('Control+v');
  await ben.room.see('Line 90');
  await ben.room.saved();
  const anna = await ben.newTab();
  await anna.look();
  await anna.visit(ben.address());
  await anna.room.see('Line 90');
  const go = async (...keys) => {
    await ben.look();
    await ben.page.focus('.prose');
    await ben.press(...keys);
    await anna.look();
  };
  await go('Control+Home');

  // By keyboard: the list of who is here, and its act.
  await (await anna.find('button', 'Here now')).focus();
  await anna.press('Enter');
  await anna.find('menuitem', FOLLOW);
  await anna.press('Enter');
  await anna.find('group', FOLLOWING);
  await said(anna, FOLLOWING);
  await go('Control+End');
  await seeCaret(anna);
  await go('Control+Home');
  await seeCaret(anna);

  // Into another section, and into a table there.
  await ben.look();
  await ben.click('button', 'Add a section');
  await ben.find('textbox', 'Text of section 2');
  await ben.type('One\nTwo');
  await insertTable(ben);
  await ben.type('here');
  await anna.look();
  await seeCaret(anna);
  await until('the caret is in the cell', () => anna.page.evaluate(() => Boolean(document.querySelector('td .caret, th .caret'))));

  // It ends when one stops it, scrolls, presses Escape, or writes.
  await anna.click('button', 'Stop');
  await anna.gone('group', FOLLOWING);
  await said(anna, 'No longer following');
  const again = async () => {
    await anna.choose('Here now', FOLLOW);
    await anna.find('group', FOLLOWING);
  };
  await again();
  await anna.page.mouse.move(640, 500);
  await anna.page.mouse.wheel({ deltaY: -4000 });
  await anna.gone('group', FOLLOWING);
  const place = await until('the page has scrolled', async () => {
    await anna.page.mouse.wheel({ deltaY: -4000 });
    return anna.page.evaluate(() => scrollY < 200 && `at ${scrollY}`);
  });
  await ben.look();
  await ben.type(' and there');
  await anna.look();
  await until('what is written arrives', () => anna.page.evaluate(() => document.body.textContent.includes('here and there')));
  assert.equal(await anna.page.evaluate(() => `at ${scrollY}`), place);
  await again();
  await anna.press('Escape');
  await anna.gone('group', FOLLOWING);
  await again();
  await anna.page.focus('.prose');
  await anna.type('x');
  await anna.gone('group', FOLLOWING);

  // And when the other one leaves.
  await again();
  await ben.close();
  await anna.gone('group', FOLLOWING);
  await anna.gone('button', 'Here now');
});
