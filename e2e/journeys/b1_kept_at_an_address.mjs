// A room is kept at an address: a short link opens it from there, and what either side publishes reaches the other.

import assert from 'node:assert/strict';
import { copyFileSync, rmSync } from 'node:fs';
import path from 'node:path';

import { axeFindings } from '../harness/axe.mjs';
import { FileHost } from '../harness/file_host.mjs';
import { journey } from '../harness/journey.mjs';
import { dist } from '../harness/paths.mjs';
import { until, untilEqual } from '../harness/wait.mjs';

/** Makes a link in the open share dialog and goes on to where it may be kept. */
async function choosePlace(tab) {
  await tab.click('button', 'Share');
  await tab.click('button', 'Make the link');
  await tab.click('button', 'Choose a place');
  await tab.see('Keep the room at an address');
}

async function linkIn(tab) {
  const field = await tab.find('textbox', 'Link');
  return field.evaluate(field => field.value);
}

journey('b1_kept_at_an_address', {}, async ({ person, server }) => {
  const host = await FileHost.start();
  const put = [];
  try {
    const anna = await person('Anna', { also: [host.origin] });
    // She looks for what is there already.
    anna.device.console.expect(/status of 404/);
    await anna.visit();
    await anna.home.newRoom('Moving the archive');
    await anna.room.write('Vans: three.\nDays: two.');
    await anna.room.saved();

    await choosePlace(anna);
    await (await anna.find('radio', 'At another address')).evaluate(radio => radio.click());
    await anna.fill('textbox', 'Address to send to', `${host.origin}/rooms/7?signature=x`);
    await anna.fill('textbox', 'Address to read from (optional)', `${host.origin}/rooms/7?signature=x`);
    await anna.click('button', 'Send it there');
    const link = await linkIn(anna);
    assert.ok(link.startsWith(`${server.address}#/at/1.`) && link.length < 250, link);
    await anna.room.done();
    const [[, file]] = [...host.files];
    assert.ok(!file.includes('Vans') && !file.includes('archive'), 'the host can read nothing');

    // Another browser asks before it asks that host, and goes on where the connection broke.
    const before = host.heard.length;
    host.cutNext(200);
    const ben = await person('Ben', { also: [host.origin] });
    ben.device.console.expect(/net::ERR_|NetworkError|content length|Failed to load/i);
    await ben.visit(link);
    await ben.see(`This room is kept at ${host.host}. Open it from there?`);
    assert.deepEqual(await axeFindings(ben, 'the question'), []);
    assert.equal(host.heard.length, before, 'nothing was asked yet');
    await ben.click('button', 'Open it from there');
    await untilEqual('Ben reads it', () => ben.room.lines(), ['text: Vans: three.', 'text: Days: two.']);
    await until('the link has left the address bar', () => /#\/room\/[0-9a-f]{32}$/.test(ben.address()));
    const asked = host.heard.slice(before).filter(({ method }) => method === 'GET');
    assert.ok(asked.some(({ headers }) => headers.range?.startsWith('bytes=200-')), 'it went on after the cut');
    assert.ok(asked.every(({ headers }) => !headers.referer && !headers.cookie), 'it says nothing of who asks');

    // What Ben publishes there comes in before Anna's next version goes out.
    await ben.page.focus('.prose');
    await ben.press('Control+Home', 'End');
    await ben.type(' Red ones.');
    await ben.room.saved();
    await ben.room.openShare();
    await ben.click('button', 'Change where it is sent');
    await ben.click('button', 'Send it there');
    assert.equal(await linkIn(ben), link, 'the link stays the same');
    await ben.room.done();

    await anna.room.write(' Perhaps three.');
    await anna.room.saved();
    await anna.click('button', 'Share');
    await anna.find('button', 'Publish again');
    assert.deepEqual(await axeFindings(anna, 'the list of places'), []);
    await anna.click('button', 'Publish again');
    await anna.see('Published. What others had published there came in first and is part of it.');
    await anna.press('Escape');
    const both = ['text: Vans: three. Red ones.', 'text: Days: two. Perhaps three.'];
    await untilEqual('Anna has both edits', () => anna.room.lines(), both);
    await ben.choose('More', 'Look for news');
    await untilEqual('Ben has both edits', () => ben.room.lines(), both);

    // A file beside the program opens at once, also without that host.
    await anna.look();
    await choosePlace(anna);
    const saved = await anna.device.downloaded(() => anna.click('button', 'Save the file'));
    const beside = await linkIn(anna);
    await anna.room.done();
    put.push(path.join(dist, path.basename(saved)));
    copyFileSync(saved, put[0]);
    const cleo = await person('Cleo');
    await cleo.visit(beside);
    await untilEqual('Cleo reads it', () => cleo.room.lines(), both);
  } finally {
    for (const file of put) rmSync(file, { force: true });
    await host.end();
  }
});
