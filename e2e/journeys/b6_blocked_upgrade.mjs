// The store on this device belongs to another version of the program, or another page holds it. The page says so, keeps
// what is written in memory, and saves it as a file.

import assert from 'node:assert/strict';

import { journey } from '../harness/journey.mjs';
import { untilEqual } from '../harness/wait.mjs';

/** A page of the same origin that is not the program; it can hold the program's store. */
async function rawPage(tab, address) {
  const page = await tab.device.browser.newPage();
  await page.goto(new URL('robots.txt', address).href);
  return page;
}

async function writesAndSaves(tab, person) {
  await tab.home.newRoom('Moving the archive');
  await tab.room.write('We bring three vans.');
  await tab.room.notSaved();
  const file = await tab.room.saveFile();
  const ben = await person('Ben');
  await ben.visit();
  await ben.home.open(file);
  await untilEqual('the file has everything', () => ben.room.lines(), ['text: We bring three vans.']);
}

journey('b6_store_is_from_a_newer_version', { aside: true }, async ({ person, server }) => {
  const anna = await person('Anna');
  const raw = await rawPage(anna, server.address);
  await raw.evaluate(() => new Promise((done, failed) => {
    const request = indexedDB.open('handsel', 1_000);
    request.onsuccess = () => {
      request.result.close();
      done();
    };
    request.onerror = () => failed(request.error);
  }));
  await anna.look();
  await anna.visit();
  await anna.see(/newer version/i);
  await writesAndSaves(anna, person);
});

journey('b6_store_is_held_by_another_page', { aside: true }, async ({ person, server }) => {
  const anna = await person('Anna');
  const raw = await rawPage(anna, server.address);
  // The other page wants the store removed and does not let go of it either: opening waits behind that for ever.
  await raw.evaluate(() => new Promise((done, failed) => {
    const request = indexedDB.open('handsel', 1);
    request.onsuccess = () => {
      globalThis.held = request.result;
      indexedDB.deleteDatabase('handsel').onblocked = done;
    };
    request.onerror = () => failed(request.error);
  }));
  await anna.look();
  await anna.visit();
  await anna.see(/open in another tab|Saving does not work at the moment/);
  await writesAndSaves(anna, person);
});

journey('b6_newer_version_takes_the_store_over', { aside: true }, async ({ person, server }) => {
  const anna = await person('Anna');
  await anna.visit();
  await anna.home.newRoom('Moving the archive');
  await anna.room.write('We bring three vans.');
  await anna.room.saved();

  const raw = await rawPage(anna, server.address);
  const blocked = await raw.evaluate(() => new Promise((done, failed) => {
    const request = indexedDB.open('handsel', 1_000);
    let blocked = false;
    request.onblocked = () => (blocked = true);
    request.onsuccess = () => {
      request.result.close();
      done(blocked);
    };
    request.onerror = () => failed(request.error);
  }));
  assert.equal(blocked, false, 'the older page lets go of the store when asked');

  await anna.look();
  await anna.room.write(' Two days.');
  await anna.see(/newer version/i);
  await anna.room.notSaved();
  const file = await anna.room.saveFile();
  const ben = await person('Ben');
  await ben.visit();
  await ben.home.open(file);
  await untilEqual('the file has everything', () => ben.room.lines(), ['text: We bring three vans. Two days.']);
});
