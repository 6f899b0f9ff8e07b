// The program of a room's roads meets others of its kind, and those who know Yjs only, on real servers.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import WebSocket from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';

import { Program, digest } from './program.mjs';
import { hocuspocusServer, signallingServer, yWebsocketServer } from './servers.mjs';
import { changed, until } from './until.mjs';

const ended = [];
after(async () => {
  for (const end of ended) await end();
});

async function started(server) {
  ended.push(() => server.stop());
  await server.start();
  return server;
}

async function program(plan) {
  const one = await Program.start(plan);
  ended.push(() => one.end());
  return one;
}

const image = Buffer.from(Array.from({ length: 700_000 }, (_, at) => at ^ at >> 7));

const isWhole = (copy, ...texts) =>
  texts.every(text => copy.entries.has(digest(text).toString('hex'))) && copy.blobs.has(digest(image).toString('hex'));
const told = (...copies) => copies.map(({ entries, blobs, standing }) => [entries.size, blobs.size, standing]);

for (const [kind, make, token] of [['y-websocket', yWebsocketServer], ['hocuspocus', hocuspocusServer, 'write']]) {
  test(`entries and images go through ${kind}, also when it forgot them`, async () => {
    const server = await started(make());
    const relay = { kind, address: server.address, token };
    const [one, other] = [await program({ client: 1, relay }), await program({ client: 2, relay })];
    one.put('one', 'two');
    other.putBlob(image);
    await until('both have all', () => isWhole(one, 'one', 'two') && isWhole(other, 'one', 'two'), () => told(one, other));
    await until('all has arrived', () => [one, other].every(({ standing }) => standing.relay === 'in step' && standing.unacknowledged === 0), () => told(one, other));
    await server.stop();
    other.put('written meanwhile');
    await server.start();
    await until('it comes through', () => isWhole(one, 'written meanwhile'), () => told(one, other));
    const late = await program({ client: 3, relay });
    await until('who comes late has all', () => isWhole(late, 'one', 'two', 'written meanwhile'), () => told(late));
    assert.equal(late.standing.faults, 0);
  });
}

test('a Yjs document takes what the program puts in, and what it deletes comes back', async () => {
  const server = await started(yWebsocketServer());
  const relay = { kind: 'y-websocket', address: server.address };
  const one = await program({ client: 1, relay });
  one.put('words');
  one.putBlob(image);
  const doc = new Y.Doc();
  const provider = new WebsocketProvider(server.address, 'room', doc, { WebSocketPolyfill: WebSocket, disableBc: true });
  ended.push(() => provider.destroy(), () => doc.destroy());
  doc.on('update', changed);
  const [entries, blobs] = [doc.getMap('entries'), doc.getMap('blobs')];
  await until('Yjs has all', () => entries.size === 1 && blobs.size === 5, () => [entries.size, blobs.size]);
  const name = digest('words').toString('hex');
  assert.deepEqual(Buffer.from(entries.get(name)), Buffer.from('words'));
  doc.transact(() => {
    entries.clear();
    blobs.clear();
    entries.set(digest('other words').toString('hex'), new Uint8Array([1, 2, 3]));
  });
  await until('it is back', () => entries.has(`${name}.1`) && blobs.size === 5, () => [...entries.keys(), ...blobs.keys()]);
  const late = await program({ client: 2, relay });
  await until('who comes late has all', () => isWhole(late, 'words'), () => told(late));
  assert.equal(late.entries.size, 1, 'and no junk');
});

test('copies find each other by a signalling server', async () => {
  const server = await started(signallingServer());
  const copies = await Promise.all([1, 2, 3].map(client => program({ client, signalling: [server.address] })));
  copies[0].putBlob(image);
  copies.forEach((copy, at) => copy.put(`by ${at}`));
  await until('all have all', () => copies.every(copy => isWhole(copy, 'by 0', 'by 1', 'by 2')), () => told(...copies));
  await until('all are connected', () => copies.every(({ standing }) => standing.peers === 2), () => told(...copies));
});
