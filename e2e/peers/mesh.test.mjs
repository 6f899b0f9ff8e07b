// Our copies find each other, and those of y-webrtc, by y-webrtc's own signalling server. Sockets are real, connections
// between browsers are played.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import WebSocket from 'ws';
import * as Y from 'yjs';

import { OurRoad } from './road.mjs';
import { PeerConnection, wrtc } from './rtc.mjs';
import { signallingServer } from './servers.mjs';
import { changed, until } from './until.mjs';

// y-webrtc is wrong about one thing: an answer that comes after it has given up its offer throws. A page goes on then.
const isKnown = error => /glareToken/.test(error?.message);
before(() => {
  process.removeAllListeners('unhandledRejection');
  process.on('unhandledRejection', error => { if (!isKnown(error)) throw error; });
});

// It takes sockets from the page.
globalThis.WebSocket = class extends WebSocket {
  set onmessage(handler) {
    super.onmessage = event => {
      try {
        handler(event);
      } catch (error) {
        if (!isKnown(error)) throw error;
      }
    };
  }
};
// There are no other tabs.
delete globalThis.BroadcastChannel;
const { WebrtcProvider } = await import('y-webrtc');

const PASSWORD = 'from the secret of a link';

const ended = [];
after(async () => {
  for (const end of ended) await end();
});

async function server() {
  const server = signallingServer();
  ended.push(() => server.stop());
  await server.start();
  return server;
}

/** A copy of ours at a topic. */
async function ours(number, { address }, topic, password, entries = false) {
  const road = new OurRoad();
  ended.push(() => road.end());
  const mesh = { server: address, topic, sealed: Boolean(password), name: `ours-${number}`, luck: number / 1_000 };
  await road.begin(number, { mesh }, { password, entries });
  return road;
}

/** A copy of y-webrtc's. */
function theirs(signalling, topic, password) {
  const doc = new Y.Doc();
  const provider = new WebrtcProvider(topic, doc, { signaling: [signalling.address], password, peerOpts: { wrtc } });
  const text = doc.getText('section/main');
  doc.on('update', changed);
  provider.awareness.on('change', changed);
  provider.on('peers', changed);
  // Being destroyed, it would go on dialling.
  ended.push(() => provider.disconnect(), () => provider.destroy(), () => doc.destroy());
  return { provider, text, people: () => [...provider.awareness.getStates().values()] };
}

test('three of ours meet, also long entries, a lost server and broken connections', async () => {
  const signalling = await server();
  const another = number => ours(number, signalling, 'deal', PASSWORD, true);
  const all = [await another(1), await another(2)];
  const whole = word => all.every(road => road.connected.length === all.length - 1 && road.text === all[0].text && road.text.includes(word));
  const said = () => all.map(road => ({ ...road.said, text: road.text.length }));
  await all[0].ask({ write: 'first' });
  await until('two meet', () => whole('first'), said);
  // Longer than any channel takes at once.
  await all[1].ask({ write: `long${'g'.repeat(300_000)}!` });
  await until('a long entry arrives', () => whole('g!'), said);
  all.push(await another(3));
  await until('a third one gets all', () => whole('g!'), said);
  await all[2].ask({ say: '{"name":"Ines"}' });
  await until('and is seen', () => all[0].said.others.some(([, state]) => state.includes('Ines')), said);

  await signalling.stop();
  await all[0].ask({ write: 'serverless' });
  await until('connections hold without the server', () => whole('serverless'), said);
  await signalling.start();
  PeerConnection.breakAll();
  await until('the break is noticed', () => !whole(''), said);
  await all[1].ask({ write: 'apart' });
  const from = Date.now();
  await until('they meet again', () => whole('apart'), said);
  console.log(`met again after ${Date.now() - from} ms`);
  assert.deepEqual(all.map(road => road.tooLong), [[], [], []]);

  const stranger = await ours(4, signalling, 'deal', 'another password');
  await until('who does not have the password is at the topic', () => stranger.said.wakesAt !== null);
  assert.deepEqual(stranger.connected, []);
});

for (const password of [PASSWORD, undefined]) {
  test(`ours and y-webrtc's meet, whoever comes first, ${password ? 'with' : 'without'} a password`, async () => {
    const signalling = await server();
    for (const oursFirst of [true, false]) {
      const topic = `deal ${oursFirst} ${password}`;
      const first = oursFirst ? await ours(5, signalling, topic, password) : undefined;
      if (first) await first.ask({ write: 'ours ' });
      const client = theirs(signalling, topic, password);
      client.text.insert(0, 'theirs ');
      const road = first ?? await ours(6, signalling, topic, password);
      if (!first) await road.ask({ write: 'ours ' });

      const same = () => road.text === client.text.toString();
      const said = () => [road.said, client.text.toString()];
      await until('words go both ways', () => same() && road.text.includes('ours') && road.text.includes('theirs'), said);
      await road.ask({ say: '{"user":{"name":"Ines"}}' });
      client.provider.awareness.setLocalState({ user: { name: 'Jo' } });
      await until('they see who is here', () => client.people().some(state => state.user?.name === 'Ines'), client.people);
      await until('we see who is here', () => road.said.others.some(([, state]) => state.includes('Jo')), said);

      // Both are told at the same moment, announce themselves, and make offers that cross.
      for (let round = 0; round < 2; round += 1) {
        PeerConnection.breakAll();
        await until('the break is noticed', () => road.connected.length === 0, said);
        await road.ask({ write: `apart ${round} ` });
        client.text.insert(0, `also apart ${round} `);
        await until('they meet again', () => same() && road.connected.length === 1 && road.text.includes(`also apart ${round}`), said);
      }
      // What y-webrtc would lose in silence is told.
      assert.deepEqual(road.tooLong, []);
      await road.ask({ write: 'x'.repeat(300_000) });
      assert.equal(road.tooLong.length, 1);
    }
  });
}
