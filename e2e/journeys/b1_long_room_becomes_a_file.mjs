// A proposal too long for a link is sent as a room file, and opens elsewhere by picker and by drop.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

import { journey } from '../harness/journey.mjs';
import { proposals } from '../harness/paths.mjs';
import { untilEqual } from '../harness/wait.mjs';

journey('b1_long_room_becomes_a_file', { aside: true }, async ({ person }) => {
  assert.ok(proposals().length >= 3, 'there are three proposals to try');
  for (const { file: proposal, name } of proposals().slice(1, 3)) {
    const anna = await person(`Anna with ${name}`);
    await anna.visit();
    await anna.home.ready();
    await anna.drop(proposal);
    await anna.room.saved();
    const lines = await anna.room.lines();

    const { link, file } = await anna.room.share();
    assert.equal(link, undefined, `${name} is too long for a link`);
    assert.ok(file, 'a file is offered instead');
    const path = await anna.device.downloaded(() => anna.click('button', 'Save room file'));
    assert.match(path, /\.handsel$/);
    const bytes = readFileSync(path);
    assert.equal(bytes.subarray(0, 8).toString(), 'handsel\n');

    const ben = await person(`Ben with ${name}`);
    await ben.visit();
    await ben.home.open(path);
    await untilEqual(`${name} opens by picker`, () => ben.room.lines(), lines);
    await ben.device.end();

    const carla = await person(`Carla with ${name}`);
    await carla.visit();
    await carla.home.ready();
    await carla.drop(path);
    await untilEqual(`${name} opens by drop`, () => carla.room.lines(), lines);
    await carla.room.saved();
    await carla.reload();
    await untilEqual(`${name} is kept`, () => carla.room.lines(), lines);
    await carla.device.end();
    await anna.device.end();
  }
});
