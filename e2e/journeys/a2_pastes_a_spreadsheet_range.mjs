// A range copied in a spreadsheet fills the cells of a table, which grows with it.

import { journey } from '../harness/journey.mjs';
import { insertTable, seeTable } from '../harness/table.mjs';
import { untilEqual } from '../harness/wait.mjs';

journey('a2_pastes_a_spreadsheet_range', { aside: true }, async ({ person }) => {
  const anna = await person('Anna');
  await anna.visit();
  await anna.home.newRoom();
  await anna.device.copy('Step\tWeeks\tPrice\tDue\r\nPilot\t2\t"4,000\nnet"\tMay\r\nRollout\t6\t20,000\tJuly\r\nCare\t52\t9,000\tyearly\r\n');
  await anna.look();
  await anna.room.focusEnd();
  await insertTable(anna);
  await anna.press('Control+v');
  const rows = ['Step | Weeks | Price | Due', 'Pilot | 2 | 4,000\nnet | May', 'Rollout | 6 | 20,000 | July', 'Care | 52 | 9,000 | yearly'];
  await seeTable(anna, ...rows);
  await untilEqual('the caret is behind what was pasted', () => anna.focused(), 'Row 4, column Due');
  await anna.type('!');
  await anna.press('Control+z', 'Control+z');
  await seeTable(anna, ' |  | ', ' |  | ', ' |  | ');
  await anna.press('Control+Shift+z');
  await seeTable(anna, ...rows);

  // Words with line ends that are no range stay in one cell.
  await anna.device.copy('by hand,\nor not');
  await anna.look();
  await (await anna.find('textbox', 'Row 2, column Step')).click();
  await anna.press('End', 'Control+v');
  await seeTable(anna, rows[0], 'Pilotby hand,\nor not | 2 | 4,000\nnet | May', ...rows.slice(2));
});
