// After one visit the network is cut at the server: the program, the rooms, and a link opened before all work.

import assert from 'node:assert/strict';

import { journey } from '../harness/journey.mjs';
import { untilEqual } from '../harness/wait.mjs';

journey('b6_offline_app_rooms_and_link', {}, async ({ person, server }) => {
  const ben = await person('Ben');
  await ben.visit();
  await ben.home.newRoom('From Quillhaven');
  await ben.room.write('Read me on the train.');
  await ben.room.saved();
  const link = await ben.room.link();

  const anna = await person('Anna');
  await anna.visit();
  await anna.home.newRoom('Moving the archive');
  await anna.room.write('We bring three vans.');
  await anna.room.saved();
  await anna.visit(link);
  await anna.room.see('Read me on the train.');
  await anna.room.saved();
  await anna.keptForOffline();

  await server.stop();
  await anna.reload();
  await anna.room.see('Read me on the train.');
  await anna.room.allRooms();
  const titles = await anna.home.titles();
  assert.deepEqual(titles.toSorted(), ['From Quillhaven', 'Moving the archive']);

  await anna.home.enter('Moving the archive');
  await anna.room.write(' Two days.');
  await anna.room.saved();
  await anna.reload();
  await untilEqual('the edit is kept', () => anna.room.lines(), ['text: We bring three vans. Two days.']);

  const again = await anna.newTab();
  await again.visit();
  await again.home.newRoom('Begun on the train');
  await again.room.write('Hello.');
  await again.room.saved();
  await again.visit(link);
  await again.room.see('Read me on the train.');
  await again.room.write(' I did.');
  await again.room.saved();
  await again.reload();
  await again.room.see('Read me on the train. I did.');
});
