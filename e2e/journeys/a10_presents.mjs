// An owner walks buyers through a room live: they follow, look around and come back, raise a hand, and a road that breaks ends nothing.

import assert from 'node:assert/strict';

import { axeFindings, whatSticksOut } from '../harness/axe.mjs';
import { journey } from '../harness/journey.mjs';
import { until } from '../harness/wait.mjs';
import { yWebsocketServer } from '../peers/servers.mjs';

const isLive = tab => until('it is live', () => tab.page.evaluate(() => document.querySelector('.live-chip')?.innerText.includes('Live')));

/** The heading of the section at the upper edge of the window. */
const atTop = tab => tab.page.evaluate(() => {
  const bar = document.querySelector('.room-bar').getBoundingClientRect().bottom;
  const lines = [...document.querySelectorAll('.prose p')];
  return lines.find(line => line.getBoundingClientRect().bottom > bar + 24)?.innerText;
});

/** What the presenter is told of those who attend. */
const attendees = tab => tab.page.$$eval('.attendees > li', all => all.map(one => [...one.querySelectorAll(':scope > span:not(.avatar)')].map(it => it.innerText).join(' ')));

journey('a10_presents_to_two_who_follow_look_around_and_raise_a_hand', { aside: true }, async ({ person }) => {
  const server = yWebsocketServer();
  await server.start();
  try {
    const also = [server.address];
    const ines = await person('Ines', { also });
    await ines.visit();
    await ines.home.newRoom('Month-end close');
    await ines.room.write(`# Why now\n${Array.from({ length: 90 }, (_, at) => `Line ${at + 1}`).join('\n')}`);
    await ines.room.saved();
    await ines.room.meetOver({ relay: 'y-websocket', address: server.address });
    const links = [await ines.room.link({ whom: 'Priya' }), await ines.room.link({ whom: 'Dana', right: 'Read' })];
    const priya = await person('Priya', { also });
    const dana = await person('Dana', { also });
    await dana.resize({ width: 360, height: 740 });
    for (const [at, buyer] of [priya, dana].entries()) {
      await buyer.visit(links[at]);
      await buyer.see('Line 90');
      await buyer.click('button', 'Connect');
      await isLive(buyer);
    }
    await isLive(ines);
    for (const one of [ines, priya, dana]) one.device.console.expect(/WebSocket|can.t establish a connection|connection to .* was interrupted/i);

    await ines.look();
    await ines.choose('More', 'Present');
    await ines.find('region', 'You are presenting');
    assert.deepEqual(await axeFindings(ines, 'presenting'), []);
    for (const buyer of [priya, dana]) {
      await buyer.look();
      await buyer.click('button', 'Follow');
      await buyer.find('region', 'Presentation');
    }
    assert.deepEqual([...await axeFindings(dana, 'following by thumb'), ...await whatSticksOut(dana, 'following by thumb')], []);
    await until('both follow', async () => (await attendees(ines)).filter(it => it.endsWith('follows')).length === 2);

    // They go along with scroll, pointer and place, whatever the size of their window.
    await ines.look();
    await ines.page.mouse.move(600, 500);
    await ines.page.mouse.wheel({ deltaY: 900 });
    const line = await until('the presenter is further down', async () => {
      const line = await atTop(ines);
      return Number(line?.slice(5)) > 10 && line;
    });
    const near = async tab => Math.abs(Number((await atTop(tab))?.slice(5)) - Number((await atTop(ines)).slice(5))) <= 2;
    for (const buyer of [priya, dana]) await until(`${buyer.device.engine} is there as well, near ${line}`, () => near(buyer));
    await ines.page.mouse.move(620, 520);
    await until('her pointer is shown', () => priya.page.$('.stage-pointer'));
    await ines.click('link', 'Price');
    for (const buyer of [priya, dana]) await until('the price is before them', () => buyer.page.evaluate(() => location.hash.endsWith('/price')));
    await ines.click('link', 'Document');

    // Whoever scrolls by hand looks around, and comes back with one act.
    await priya.look();
    await until('she is back at the text', () => priya.page.$('.prose'));
    await priya.page.mouse.move(600, 400);
    await priya.page.mouse.wheel({ deltaY: -4000 });
    await priya.find('button', 'Come back');
    await until('the presenter is told', async () => (await attendees(ines)).includes('Priya looks around'));
    await priya.click('button', 'Come back');
    await until('she is there again', () => near(priya));
    await dana.click('button', 'Raise a hand');
    await until('the hand is up, and first', async () => (await attendees(ines))[0] === 'Dana raised a hand');
    await dana.click('button', 'Take the hand down');

    // The road breaks in the middle, and everything goes on when it is there again.
    await server.stop();
    await until('the presenter is alone', () => ines.page.evaluate(() => document.querySelector('.stage-bar')?.innerText.includes('not connected')));
    await server.start();
    await until('both are back by themselves', async () => (await attendees(ines)).filter(it => it.endsWith('follows')).length === 2);
    await ines.look();
    await ines.page.mouse.move(600, 500);
    await ines.page.mouse.wheel({ deltaY: 500 });
    for (const buyer of [priya, dana]) await until('and go along', () => near(buyer));

    await ines.click('button', 'Stop presenting');
    for (const buyer of [priya, dana]) await buyer.gone('region', 'Presentation');
    // What was attended is told like all reading, and its person sees it.
    await priya.look();
    await priya.choose('More', 'What is recorded');
    const told = await priya.find('dialog', 'What is recorded');
    await until('the presentation is in it', () => told.evaluate(told => told.innerText.includes('as it was presented')));
    await ines.choose('More', 'How they read it');
    await until('the seller sees who was there', () => ines.page.evaluate(() => /Presentations[^]*(Priya|Dana)[^]*There for/.test(document.body.innerText)));
  } finally {
    await server.stop();
  }
});
