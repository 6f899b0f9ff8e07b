// Our copies and those of Yjs's own providers meet on real servers: y-websocket's and Hocuspocus's, as their makers
// publish them.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { after, test } from 'node:test';

import { HocuspocusProvider, HocuspocusProviderWebsocket } from '@hocuspocus/provider';
import WebSocket from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';

import { OurRoad } from './road.mjs';
import { hocuspocusServer, yWebsocketServer } from './servers.mjs';
import { changed, until } from './until.mjs';

const ended = [];
after(async () => {
  for (const end of ended) await end();
});

function ours() {
  const road = new OurRoad();
  ended.push(() => road.end());
  return road;
}

/** A Yjs document with the text that ours show; `provide` connects it. */
function theirs(provide) {
  const doc = new Y.Doc();
  const provider = provide(doc);
  const text = doc.getText('section/main');
  doc.on('update', changed);
  provider.awareness.on('change', changed);
  ended.push(() => provider.destroy(), () => doc.destroy());
  return { doc, provider, text, people: () => [...provider.awareness.getStates().values()] };
}

function yWebsocketClient(server, room) {
  return theirs(doc => new WebsocketProvider(server.address, room, doc, { WebSocketPolyfill: WebSocket, disableBc: true }));
}

function hocuspocusClient(server, name, token) {
  const socket = new HocuspocusProviderWebsocket({ url: server.address, WebSocketPolyfill: WebSocket, delay: 100, minDelay: 100 });
  const client = theirs(document => new HocuspocusProvider({ websocketProvider: socket, name, document, token }));
  ended.push(() => socket.destroy());
  client.provider.attach();
  return client;
}

/** Both write, both see it, and who is there; then once more after the server has forgotten everything. */
async function meet(server, road, client, ourRoad) {
  await road.ask({ write: 'ours ' });
  client.text.insert(0, 'theirs ');
  const same = () => road.text === client.text.toString();
  await until('words go both ways', () => same() && road.text.includes('ours') && road.text.includes('theirs'), () => [road.said, client.text]);
  await until('all has arrived', () => road.status === 'in step' && road.said.standing.unacknowledged === 0, () => road.said);

  await road.ask({ say: JSON.stringify({ user: { name: 'Ines' } }) });
  client.provider.awareness.setLocalState({ user: { name: 'Jo' } });
  await until('they see who is here', () => client.people().some(state => state.user?.name === 'Ines'), client.people);
  await until('we see who is here', () => road.said.others.some(([, state]) => state.includes('Jo')), () => road.said);

  await server.stop();
  await until('the loss is told', () => road.status === 'waiting', () => road.said);
  assert.deepEqual(road.said.others, [], 'nobody is seen there any more');
  await road.ask({ write: 'written meanwhile ' });
  assert.equal(road.said.standing.unacknowledged, 1);
  client.text.insert(0, 'also theirs ');
  await server.start();
  await until('words written meanwhile go both ways', () => same() && road.text.includes('meanwhile') && road.text.includes('also'), () => [road.said, client.text]);
  await until('all has arrived again', () => road.status === 'in step' && road.said.standing.unacknowledged === 0, () => road.said);
  await until('they see us again', () => client.people().some(state => state.user?.name === 'Ines'), client.people);

  // The server holds what both wrote: somebody new gets it from there alone.
  const late = ours();
  await late.begin(4_000_000_000_003, ourRoad);
  await until('a third copy gets all of it', () => late.text === road.text && late.status === 'in step', () => late.said);
  assert.equal(road.said.standing.faults, 0);

  // Hocuspocus 4.7 passes on nobody's leaving, but notices it when a socket closes.
  await road.ask({ say: null });
  if (ourRoad.hocuspocus) await road.ask('stop');
  await until('they see that we left', () => !client.people().some(state => state.user?.name === 'Ines'), client.people);
}

test('a y-websocket server carries words and people both ways, and through its own restart', async () => {
  const server = yWebsocketServer();
  ended.push(() => server.stop());
  await server.start();
  const road = ours();
  const ourRoad = { yWebsocket: { server: server.address, room: 'deal' } };
  await road.begin(4_000_000_000_001, ourRoad);
  await meet(server, road, yWebsocketClient(server, 'deal'), ourRoad);
});

test('a Hocuspocus server carries words and people both ways, and through its own restart', async () => {
  const server = hocuspocusServer();
  ended.push(() => server.stop());
  await server.start();
  const road = ours();
  const ourRoad = { hocuspocus: { server: server.address, name: 'deal', token: 'write' } };
  await road.begin(4_000_000_000_002, ourRoad);
  await meet(server, road, hocuspocusClient(server, 'deal', 'write'), ourRoad);
});

test('entries, sealed and in their carrier, go over both kinds of server and outlive a restart', async () => {
  for (const [server, roadTo] of [
    [yWebsocketServer(), address => ({ yWebsocket: { server: address, room: 'entries' } })],
    [hocuspocusServer(), address => ({ hocuspocus: { server: address, name: 'entries', token: 'write' } })],
  ]) {
    ended.push(() => server.stop());
    await server.start();
    const [one, other] = [ours(), ours()];
    for (const [at, road] of [one, other].entries()) await road.begin(20 + at, roadTo(server.address), { entries: true });
    const said = () => [one.said, other.said];
    const arrived = () => [one, other].every(road => road.status === 'in step' && road.said.standing.unacknowledged === 0);
    await one.ask({ write: 'a' });
    await other.ask({ write: 'b' });
    // The same entry by two, as when both had it from a link.
    await one.ask({ write: 'c' });
    await other.ask({ write: 'c' });
    await until('both have all', () => one.text === 'a b c' && other.text === 'a b c' && arrived(), said);
    await server.stop();
    await one.ask({ write: 'd' });
    await server.start();
    await until('also what was written meanwhile', () => other.text === 'a b c d' && arrived(), said);
    const late = ours();
    await late.begin(22, roadTo(server.address), { entries: true });
    await until('and somebody new, from the server', () => late.text === 'a b c d', () => late.said);
  }
});

test('a Hocuspocus server refuses a token, and lets others only read', async () => {
  const server = hocuspocusServer();
  ended.push(() => server.stop());
  await server.start();

  const refused = ours();
  await refused.begin(11, { hocuspocus: { server: server.address, name: 'deal', token: 'wrong' } });
  await until('a refusal is told', () => refused.status === 'refused', () => refused.said);
  assert.equal(refused.said.standing.reason, 'no such token');
  assert.equal(refused.said.wakesAt, null, 'nothing is tried again');

  const reader = ours();
  await reader.begin(12, { hocuspocus: { server: server.address, name: 'deal', token: 'read' } });
  const client = hocuspocusClient(server, 'deal', 'write');
  client.text.insert(0, 'to be read');
  await until('a reader reads', () => reader.text === 'to be read' && reader.status === 'read only', () => reader.said);
  await reader.ask({ write: ' mine' });
  await reader.ask('wake');
  await until('and is told that words stay here', () => reader.said.standing.unacknowledged > 0, () => reader.said);
  assert.equal(client.text.toString(), 'to be read');

  // With another token the words arrive that could not.
  await reader.ask('stop');
  await reader.ask({ hocuspocus: { server: server.address, name: 'deal', token: 'write' } });
  await reader.ask('start');
  await until('words arrive with a right', () => client.text.toString() === 'to be read mine', () => [reader.said, client.text]);
});

test('a y-websocket server that closes for good is believed', async () => {
  const { WebSocketServer } = await import('ws');
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  await once(server, 'listening');
  ended.push(() => server.close());
  server.on('connection', socket => socket.close(4403, 'not your room'));
  const road = ours();
  await road.begin(13, { yWebsocket: { server: `ws://127.0.0.1:${server.address().port}`, room: 'deal' } });
  await until('a refusal is told', () => road.status === 'refused', () => road.said);
  assert.equal(road.said.standing.reason, 'not your room');
});
