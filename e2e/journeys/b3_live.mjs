// Two people in one room, each in a browser of their own, joined by servers as their makers publish them.

import { journey } from '../harness/journey.mjs';
import { until } from '../harness/wait.mjs';
import { hocuspocusServer, signallingServer, yWebsocketServer } from '../peers/servers.mjs';

/** Anna's room meets over this server; Ben comes by a link and agrees to it. */
async function two(person, server) {
  const also = [server.address ?? server.signalling];
  const anna = await person('Anna', { also });
  await anna.visit();
  await anna.home.newRoom('Moving the archive');
  await anna.room.write('We bring three vans.');
  await anna.room.saved();
  await anna.room.meetOver(server);
  const link = await anna.room.link({ whom: 'Ben' });
  const ben = await person('Ben', { also });
  await ben.visit(link);
  await ben.room.see('We bring three vans.');
  await ben.click('button', 'Connect');
  await isLive(anna);
  await isLive(ben);
  // The server is to go away, of which browsers complain.
  for (const one of [anna, ben]) one.device.console.expect(/WebSocket|can.t establish a connection|connection to .* was interrupted/i);
  return { anna, ben };
}

const isLive = person => until('it is live', () => person.page.evaluate(() => document.querySelector('.live-chip')?.innerText.includes('Live')));

journey('b3_live_over_a_relay_that_goes_and_comes_back', { aside: true }, async ({ person }) => {
  const server = yWebsocketServer();
  await server.start();
  try {
    const { anna, ben } = await two(person, { relay: 'y-websocket', address: server.address });
    await ben.room.write(' Thanks!');
    await anna.room.see('We bring three vans. Thanks!');
    await until('Ben is beside the title', () => anna.page.evaluate(() => document.querySelector('.avatars')?.innerHTML.includes('Ben')));
    await until('his caret has his name', () => anna.page.evaluate(() => document.querySelector('.sheet')?.innerHTML.includes('Ben')));
    await anna.look();

    await server.stop();
    await until('she is told', () => anna.page.evaluate(() => document.querySelector('.live-chip')?.innerText.includes('No connection')));
    await ben.room.write(' On Friday?');
    await ben.room.saved();
    await server.start();
    await anna.room.see('We bring three vans. Thanks! On Friday?');
  } finally {
    await server.stop();
  }
});

journey('b3_live_directly_between_browsers', {}, async ({ person }) => {
  const server = signallingServer();
  await server.start();
  try {
    const { anna, ben } = await two(person, { signalling: server.address });
    await ben.room.write(' Thanks!');
    await anna.room.see('We bring three vans. Thanks!');
    // Once they are connected, they need no server.
    await server.stop();
    await anna.room.write(' You are welcome.');
    await ben.room.see('We bring three vans. Thanks! You are welcome.');
  } finally {
    await server.stop();
  }
});

journey('b3_a_relay_that_refuses_says_so', { browsers: ['chromium'] }, async ({ person }) => {
  const server = hocuspocusServer();
  await server.start();
  try {
    const anna = await person('Anna', { also: [server.address] });
    await anna.visit();
    await anna.home.newRoom('Moving the archive');
    await anna.room.meetOver({ relay: 'Hocuspocus', address: server.address, token: 'wrong' });
    await until('she is told', () => anna.page.evaluate(() => document.querySelector('.live-chip')?.innerText.includes('Refused')));
    await anna.room.meetOver({ relay: 'Hocuspocus', address: server.address, token: 'write' });
    await isLive(anna);
  } finally {
    await server.stop();
  }
});

journey('b3_live_by_two_codes', {}, async ({ person }) => {
  const anna = await person('Anna');
  await anna.visit();
  await anna.home.newRoom('Moving the archive');
  await anna.room.write('We bring three vans.');
  await anna.room.saved();
  const ben = await person('Ben');
  await ben.visit(await anna.room.link({ whom: 'Ben' }));
  await ben.room.see('We bring three vans.');

  const asking = await anna.room.makeCode();
  const answer = await ben.room.takeCode(asking);
  await anna.room.takeCode(answer);
  await isLive(anna);
  await isLive(ben);
  for (const one of [anna, ben]) await one.click('button', 'Done');
  await ben.room.write(' Thanks!');
  await anna.room.see('We bring three vans. Thanks!');
});
