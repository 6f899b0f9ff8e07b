// A table is made, written in and changed, by keys and by its menu; it is there after a reload and live in another tab.

import assert from 'node:assert/strict';

import { journey } from '../harness/journey.mjs';
import { insertTable, seeTable } from '../harness/table.mjs';
import { until, untilEqual } from '../harness/wait.mjs';

async function roomWithTable(person) {
  const anna = await person('Anna');
  await anna.visit();
  await anna.home.newRoom();
  await anna.room.write('Our offer');
  await insertTable(anna);
  assert.equal(await anna.focused(), 'Row 1, column 1');
  return anna;
}

journey('a2_edits_a_table', {}, async ({ person }) => {
  const anna = await roomWithTable(person);
  for (const word of ['Step', 'Weeks', 'Price', 'Pilot', '2', '4,000', 'Rollout', '6']) {
    await anna.type(word);
    await anna.press('Tab');
  }
  await anna.type('20,000');
  await seeTable(anna, 'Step | Weeks | Price', 'Pilot | 2 | 4,000', 'Rollout | 6 | 20,000');
  await anna.find('textbox', 'Row 3, column Price');

  // Tab past the last cell begins a row; Shift+Tab goes back.
  await anna.press('Tab');
  await anna.type('Care');
  await untilEqual('the caret is in the new row', () => anna.focused(), 'Row 4, column Step');
  await anna.press('Shift+Tab');
  await untilEqual('the caret is a cell back', () => anna.focused(), 'Row 3, column Price');

  // Marks, and a break within a cell.
  await anna.press('Control+a', 'Control+b', 'End');
  await anna.press('Enter');
  await anna.type('net');
  await seeTable(anna, 'Step | Weeks | Price', 'Pilot | 2 | 4,000', 'Rollout | 6 | <strong>20,000\nnet</strong>', 'Care |  | ');

  // The menu changes the table; each act is one step to undo, and the caret is where it was.
  await anna.choose('Column', 'Add column after');
  await untilEqual('the caret is in the new column', () => anna.focused(), 'Row 3, column 4');
  await anna.type('due');
  await anna.choose('Row', 'Move row up');
  await seeTable(anna, 'Step | Weeks | Price | ', 'Rollout | 6 | <strong>20,000\nnet</strong> | due', 'Pilot | 2 | 4,000 | ', 'Care |  |  | ');
  await anna.choose('Column', 'Delete column');
  await seeTable(anna, 'Step | Weeks | Price', 'Rollout | 6 | <strong>20,000\nnet</strong>', 'Pilot | 2 | 4,000', 'Care |  | ');
  await anna.press('Control+z', 'Control+z', 'Control+z', 'Control+z');
  await seeTable(anna, 'Step | Weeks | Price', 'Pilot | 2 | 4,000', 'Rollout | 6 | <strong>20,000\nnet</strong>', 'Care |  | ');
  await untilEqual('the caret is back', () => anna.focused(), 'Row 3, column Price');
  await anna.press('Control+Shift+z', 'Control+Shift+z');
  await seeTable(anna, 'Step | Weeks | Price | ', 'Pilot | 2 | 4,000 | ', 'Rollout | 6 | <strong>20,000\nnet</strong> | due', 'Care |  |  | ');
  await anna.press('Control+z', 'Control+z');

  // Headings and alignment.
  assert.equal((await anna.all('columnheader')).length, 3);
  await anna.click('button', 'Alignment');
  await anna.click('menuitemradio', 'Align to the end');
  await until('the column stands at the end', () => anna.page.$eval('.prose tr:nth-child(3) > :nth-child(3)', cell => getComputedStyle(cell).textAlign === 'end'));
  await anna.click('button', 'Table');
  await anna.click('menuitemradio', 'First row is a heading');
  await until('no row is a heading', async () => (await anna.all('columnheader')).length === 0);
  await anna.press('Control+z');
  await until('the first row is a heading again', async () => (await anna.all('columnheader')).length === 3);

  // Out of the table, and into it again from below.
  await anna.press('Escape');
  await anna.type('All prices net.');
  await untilEqual('the words stand below', async () => (await anna.room.lines()).at(-1), 'text: All prices net.');
  await anna.press('Home', 'ArrowLeft');
  await anna.type('!');
  const rows = ['Step | Weeks | Price', 'Pilot | 2 | 4,000', 'Rollout | 6 | <strong>20,000\nnet</strong>', 'Care |  | !'];
  await seeTable(anna, ...rows);
  await anna.room.saved();
  await anna.reload();
  await seeTable(anna, ...rows);

  // As a whole it goes and comes back.
  const cell = await anna.find('textbox', 'Row 4, column Step');
  await cell.click();
  await anna.choose('Table', 'Delete table');
  await until('the table is gone', async () => (await anna.all('table')).length === 0);
  await anna.press('Control+z');
  await seeTable(anna, ...rows);
});

journey('a2_two_tabs_edit_one_table', { aside: true }, async ({ person }) => {
  const first = await roomWithTable(person);
  await first.type('Step');
  await first.press('Tab');
  await first.room.saved();
  const second = await first.newTab();
  await second.visit(first.address());
  await seeTable(second, 'Step |  | ', ' |  | ', ' |  | ');

  // Each in a cell of their own, then both in one.
  const cell = async (tab, name) => {
    await tab.look();
    await (await tab.find('textbox', name)).click();
  };
  await cell(second, 'Row 2, column Step');
  await second.type('Pilot');
  await cell(first, 'Row 3, column Step');
  await first.type('Rollout');
  for (const tab of [first, second]) await seeTable(tab, 'Step |  | ', 'Pilot |  | ', 'Rollout |  | ');
  await cell(first, 'Row 2, column Step');
  await first.press('Home');
  await first.type('The ');
  await until('each sees the other in the cell', async () =>
    (await second.page.$$('.prose tr:nth-child(2) .caret')).length === 1);
  await second.look();
  await second.type(' run');
  for (const tab of [first, second]) await seeTable(tab, 'Step |  | ', 'The Pilot run |  | ', 'Rollout |  | ');

  // A row here and a column there.
  await second.choose('Row', 'Add row above');
  await first.look();
  await first.choose('Column', 'Add column before');
  for (const tab of [first, second]) await seeTable(tab, ' | Step |  | ', ' |  |  | ', ' | The Pilot run |  | ', ' | Rollout |  | ');

  // Each takes back only their own.
  await first.press('Control+z');
  for (const tab of [first, second]) await seeTable(tab, 'Step |  | ', ' |  | ', 'The Pilot run |  | ', 'Rollout |  | ');
  await first.type('very ');
  for (const tab of [first, second]) await seeTable(tab, 'Step |  | ', ' |  | ', 'The very Pilot run |  | ', 'Rollout |  | ');
});
