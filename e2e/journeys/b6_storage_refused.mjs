// A browser whose owner lets sites keep nothing: the page says so at once, writing works, and a file saves the work.

import { journey } from '../harness/journey.mjs';
import { untilEqual } from '../harness/wait.mjs';

const BANNER = 'This browser keeps nothing for this page. What you write lasts until you close the tab';

journey('b6_storage_refused', {}, async ({ person }) => {
  const anna = await person('Anna', { storage: false });
  // Firefox itself notes in the console that it keeps no program for offline use.
  anna.device.console.expect(/Failed to register\/update a ServiceWorker.*Storage access is restricted/);
  await anna.visit();
  await anna.see(BANNER);
  await anna.home.newRoom('Moving the archive');
  await anna.room.write('We bring three vans.');
  await anna.see(BANNER);
  await anna.room.notSaved();

  // The room lasts as long as the tab does.
  await anna.room.allRooms();
  await anna.home.enter('Moving the archive');
  await untilEqual('the text is in memory', () => anna.room.lines(), ['text: We bring three vans.']);

  const file = await anna.device.downloaded(() => anna.click('button', 'Save room file'));
  const ben = await person('Ben');
  await ben.visit();
  await ben.home.open(file);
  await untilEqual('the file has everything', () => ben.room.lines(), ['text: We bring three vans.']);
  await ben.room.saved();

  await anna.look();
  await anna.visit();
  await anna.see(BANNER);
});
