// The program works from a subfolder of a static host: links, rooms, and without a network.

import assert from 'node:assert/strict';

import { journey } from '../harness/journey.mjs';

journey('b1_works_in_a_subfolder', { aside: true, base: '/rooms/of/quillhaven/' }, async ({ person, server }) => {
  const anna = await person('Anna');
  await anna.visit();
  await anna.home.newRoom('Moving the archive');
  await anna.room.write('We bring three vans.');
  await anna.room.saved();
  const link = await anna.room.link();
  assert.ok(link.startsWith(`${server.origin}/rooms/of/quillhaven/#1.`), link.slice(0, 80));

  const ben = await person('Ben');
  await ben.visit(link);
  await ben.room.see('We bring three vans.');
  await ben.room.saved();
  await ben.keptForOffline();
  await server.stop();
  await ben.reload();
  await ben.room.see('We bring three vans.');
  await ben.room.allRooms();
  assert.deepEqual(await ben.home.titles(), ['Moving the archive']);
  assert.ok(ben.address().startsWith(server.address), 'the address stays in the folder');

  const outside = server.heard.match(/^GET (?!\/rooms\/of\/quillhaven\/).*$/gm) ?? [];
  assert.deepEqual(outside.filter(line => !line.startsWith('GET /favicon.ico')), [], 'nothing outside the folder is asked for');
});
