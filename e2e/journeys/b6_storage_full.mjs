// The browser's space for the page runs out while somebody writes: the room says so, keeps the text in memory, and can
// still be saved as a file that opens elsewhere. When there is space again, everything is kept.

import assert from 'node:assert/strict';

import { journey } from '../harness/journey.mjs';
import { until, untilEqual } from '../harness/wait.mjs';

journey('b6_storage_full', { browsers: ['chromium'] }, async ({ person, server }) => {
  let anna = await person('Anna');
  await anna.visit();
  // A program that could not be kept for want of space would complain as well, and is not what this is about.
  await anna.keptForOffline();
  await anna.home.newRoom('Moving the archive');
  await anna.room.write('We bring three vans.');
  await anna.room.saved();

  // Chromium remembers for a while that there was space; a browser that was just started has to ask.
  const address = anna.address();
  await anna.device.restart();
  anna = await anna.newTab();
  const session = await anna.page.createCDPSession();
  await session.send('Storage.overrideQuotaForOrigin', { origin: server.origin, quotaSize: 1 });
  await anna.visit(address);
  await anna.room.see('We bring three vans.');
  await anna.room.write(' Two days.');
  await anna.see('The space for this page is full.');
  await anna.room.notSaved();
  await anna.room.write('\nOne crane.');
  const lines = ['text: We bring three vans. Two days.', 'text: One crane.'];
  await untilEqual('the text stays', () => anna.room.lines(), lines);
  // What comes only when somebody needs it still comes, though it cannot be kept.
  const came = await anna.page.evaluate(async () => {
    const { content } = document.querySelector('meta[name=pages]');
    return (await fetch(content).catch(error => ({ ok: error.message }))).ok;
  });
  assert.equal(came, true);

  const file = await anna.room.saveFile();
  const ben = await person('Ben');
  await ben.visit();
  await ben.home.open(file);
  await untilEqual('the file has everything', () => ben.room.lines(), lines);
  await ben.room.saved();

  await session.send('Storage.overrideQuotaForOrigin', { origin: server.origin });
  await anna.look();
  await anna.room.write(' Done.');
  await anna.room.saved();
  await until('the banner is gone', async () => !(await anna.text()).includes('The space for this page is full.'));
  await anna.reload();
  await untilEqual('everything is kept', () => anna.room.lines(), ['text: We bring three vans. Two days.', 'text: One crane. Done.']);
});
