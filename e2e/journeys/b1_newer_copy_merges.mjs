// A newer copy of a room one already has is merged: what either side wrote meanwhile is there on both.

import { copyFileSync } from 'node:fs';
import path from 'node:path';

import { journey } from '../harness/journey.mjs';
import { untilEqual } from '../harness/wait.mjs';

journey('b1_newer_copy_merges', { aside: true }, async ({ person }) => {
  const anna = await person('Anna');
  await anna.visit();
  await anna.home.newRoom('Moving the archive');
  await anna.room.write('Vans: three.\nDays: two.');
  await anna.room.saved();
  const first = await anna.room.link();

  const ben = await person('Ben');
  await ben.visit(first);
  await ben.room.see('Days: two.');
  await ben.page.focus('.prose');
  await ben.press('Control+Home', 'End');
  await ben.type(' Red ones.');
  await ben.room.saved();

  await anna.room.write(' Perhaps three.');
  await anna.room.saved();
  const second = await anna.room.link();

  await ben.visit(second);
  await ben.see(/The link brought \d+ changes? by somebody else, in “/);
  const both = ['text: Vans: three. Red ones.', 'text: Days: two. Perhaps three.'];
  await untilEqual('Ben has both edits', () => ben.room.lines(), both);
  await ben.room.saved();
  await ben.reload();
  await untilEqual('Ben keeps both edits', () => ben.room.lines(), both);

  // Back by file, while the room is open here; once more changes nothing.
  const file = await ben.room.saveFile();
  await anna.room.write(' Yes.');
  await anna.room.saved();
  await anna.drop(file);
  await anna.see(/The file brought \d+ changes? by somebody else, in “/);
  const all = ['text: Vans: three. Red ones.', 'text: Days: two. Perhaps three. Yes.'];
  await untilEqual('Anna has everything', () => anna.room.lines(), all);
  const copy = path.join(path.dirname(file), 'again.handsel');
  copyFileSync(file, copy);
  await anna.room.allRooms();
  await anna.home.open(copy);
  await untilEqual('opening it again changes nothing', () => anna.room.lines(), all);

  await anna.room.allRooms();
  await untilEqual('it is still one room', () => anna.home.titles(), ['Moving the archive']);
});
