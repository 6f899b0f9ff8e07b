// One link carries the whole room. It opens in another browser, with nothing of it ever sent to the server.

import assert from 'node:assert/strict';

import { journey } from '../harness/journey.mjs';
import { until, untilEqual } from '../harness/wait.mjs';

const LINES = ['heading 1: Our offer', 'text: We bring <strong>three vans</strong>.', 'bullet: Packing', 'bullet: 搬运 déjà vu 🚚'];

journey('b1_link_opens_in_another_browser', {}, async ({ person, server, engine }) => {
  const anna = await person('Anna');
  await anna.visit();
  await anna.home.newRoom('Moving the archive');
  await anna.room.write('# Our offer\nWe bring **three vans**.\n- Packing\n搬运 déjà vu 🚚');
  await untilEqual('the room is written', () => anna.room.lines(), LINES);
  await anna.room.saved();

  const { link } = await anna.room.share();
  assert.ok(link.startsWith(`${server.address}#1.`), `everything is in the fragment: ${link.slice(0, 80)}`);
  assert.ok(!/vans|offer|archive/i.test(decodeURIComponent(link)), 'the link shows nothing of the text');
  await anna.click('button', 'Copy link');
  await until('the link is on the clipboard', async () => (await anna.device.clipboard()) === link);
  await anna.look();
  await anna.room.done();

  // Ben uses the other engine where that is possible, and the same one where it is not.
  const ben = await person('Ben', { engine: engine === 'chromium' ? 'firefox' : 'chromium' });
  await ben.visit(link);
  await untilEqual('Ben reads the proposal', () => ben.room.lines(), LINES);
  assert.equal(await ben.room.title(), 'Moving the archive');
  await until('the link has left the address bar', () => /#\/room\/[0-9a-f]{32}$/.test(ben.address()));

  await ben.room.write(' OK');
  await ben.room.saved();
  await ben.keptForOffline();
  await server.stop();
  await ben.reload();
  const edited = [...LINES.slice(0, -1), `${LINES.at(-1)} OK`];
  await untilEqual('Ben reads it again without a network', () => ben.room.lines(), edited);
  await ben.room.allRooms();
  assert.deepEqual(await ben.home.titles(), ['Moving the archive']);

  // What is edited there stays there: nobody else has heard of it.
  await server.restart();
  await anna.reload();
  await untilEqual('Anna\'s room is as she left it', () => anna.room.lines(), LINES);

  const said = server.heard;
  assert.ok(said.includes('GET / HTTP/1.1'), 'the wire was listened to');
  const secret = link.split('#1.')[1];
  for (let at = 0; at + 16 <= secret.length; at += 16) {
    assert.ok(!said.includes(secret.slice(at, at + 16)), 'no request carries any part of the link');
  }
  assert.ok(!said.includes('#'), 'no request carries a fragment');
});

journey('b1_link_pasted_into_an_open_tab', { aside: true }, async ({ person }) => {
  const anna = await person('Anna');
  await anna.visit();
  await anna.home.newRoom('Moving the archive');
  await anna.room.write('We bring three vans.');
  await anna.room.saved();
  const link = await anna.room.link();

  // Only the fragment differs from the page that is open, so the browser loads nothing.
  const ben = await person('Ben');
  await ben.visit();
  await ben.home.ready();
  await ben.page.goto(link);
  await ben.room.see('We bring three vans.');
  await until('the link has left the address bar', () => /#\/room\/[0-9a-f]{32}$/.test(ben.address()));
  await ben.page.goBack();
  await ben.home.ready();
  await ben.page.goForward();
  await ben.room.see('We bring three vans.');
});
