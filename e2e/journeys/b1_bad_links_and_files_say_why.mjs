// Links and files that cannot be opened say what is wrong, and leave everything else as it was.

import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import * as forge from '../harness/forge.mjs';
import { journey } from '../harness/journey.mjs';

/** What each fault is called. One sentence a fault: a person must be able to tell what to do. */
const WORDS = {
  cut: /incomplete/i,
  key: /does not fit/i,
  version: /version/i,
  large: /too large/i,
  nothing: /not a room|not hold a room/i,
};

journey('b1_bad_links_and_files_say_why', { aside: true }, async ({ person }) => {
  const anna = await person('Anna');
  await anna.visit();
  await anna.home.newRoom('Moving the archive');
  await anna.room.write('We bring three vans, two days, one crane, and somebody who knows the way.');
  await anna.room.saved();
  const link = await anna.room.link();
  const file = readFileSync(await anna.room.saveFile());

  const ben = await person('Ben');
  const reasons = new Set();
  for (const [fault, bad] of [
    ['cut', forge.cutLink(link)],
    ['key', forge.linkWithWrongKey(link)],
    ['version', forge.linkOfOtherVersion(link)],
  ]) {
    await ben.visit(bad);
    await ben.see('This link cannot be opened');
    const text = await ben.text();
    assert.match(text, WORDS[fault], `the link's fault is told: ${fault}`);
    reasons.add(text);
  }
  assert.equal(reasons.size, 3, 'each fault has words of its own');

  await ben.visit();
  await ben.home.newRoom('Ben\'s own');
  await ben.room.saved();
  await ben.room.allRooms();
  for (const [fault, name, bytes] of [
    ['cut', 'cut.handsel', forge.cutFile(file)],
    ['version', 'other.handsel', forge.fileOfOtherVersion(file)],
    ['large', 'bomb.handsel', forge.bombFile()],
    ['nothing', 'random.handsel', randomBytes(5_000)],
    ['nothing', 'empty.handsel', Buffer.alloc(0)],
  ]) {
    const bad = path.join(ben.device.downloads, name);
    writeFileSync(bad, bytes);
    await ben.home.open(bad);
    await ben.see('This file cannot be opened');
    assert.match(await ben.text(), WORDS[fault], `the file's fault is told: ${name}`);
    await ben.visit();
    await ben.home.ready();
    assert.deepEqual(await ben.home.titles(), ['Ben\'s own'], `${name} leaves no room behind`);
  }
});
