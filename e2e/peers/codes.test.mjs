// Two browsers of different makers connect by codes: each has only what a code says of the other.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { after, test } from 'node:test';

import puppeteer from 'puppeteer-core';

import { OurRoad } from './road.mjs';

const PROGRAMS = {
  chrome: process.env.HANDSEL_CHROMIUM ?? '/usr/bin/chromium',
  firefox: process.env.HANDSEL_FIREFOX ?? '/usr/bin/firefox-esr',
};

const ended = [];
after(async () => {
  for (const end of ended) await end();
});

const codes = new OurRoad();
ended.push(() => codes.end());

/** A page with one connection, and functions for each step of it. */
async function page(browser) {
  const running = await puppeteer.launch({
    browser,
    executablePath: PROGRAMS[browser],
    headless: true,
    args: browser === 'chrome' ? ['--no-sandbox'] : [],
  });
  ended.push(() => running.close());
  const page = await running.newPage();
  await page.goto(address);
  await page.evaluate(() => {
    let connection;
    const described = async () => {
      await connection.setLocalDescription();
      if (connection.iceGatheringState !== 'complete') {
        await new Promise(resolve => {
          connection.onicegatheringstatechange = () => connection.iceGatheringState === 'complete' && resolve();
          // Some addresses may never be found out.
          setTimeout(resolve, 1_000);
        });
      }
      return connection.localDescription.sdp;
    };
    const opened = channel => channel.readyState === 'open' ? true : new Promise(resolve => { channel.onopen = () => resolve(true); });
    Object.assign(globalThis, {
      offer() {
        connection = new RTCPeerConnection();
        globalThis.open = opened(connection.createDataChannel('handsel'));
        return described();
      },
      async answer(sdp) {
        connection = new RTCPeerConnection();
        globalThis.open = new Promise(resolve => { connection.ondatachannel = ({ channel }) => resolve(opened(channel)); });
        await connection.setRemoteDescription({ type: 'offer', sdp });
        return described();
      },
      accept: sdp => connection.setRemoteDescription({ type: 'answer', sdp }),
    });
  });
  return page;
}

/** A description as the other browser gets it by a code. */
async function byCode(kind, sdp) {
  const { outputs: [{ code }] } = await codes.ask({ code: { kind, sdp } });
  assert.ok(code.length < 400, `a code of ${code.length} letters`);
  const { outputs: [{ description }] } = await codes.ask({ description: code });
  return description;
}

const server = createServer((_, response) => response.setHeader('content-type', 'text/html').end('<!doctype html><title>codes</title>'));
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const address = `http://localhost:${server.address().port}/`;
ended.push(() => server.close());

test('Chromium and Firefox connect by codes, whoever begins', async () => {
  const pages = await Promise.all([page('chrome'), page('firefox')]);
  for (const [one, other] of [pages, pages.toReversed()]) {
    const offer = await byCode('offer', await one.evaluate(() => globalThis.offer()));
    const answer = await byCode('answer', await other.evaluate(sdp => globalThis.answer(sdp), offer));
    await one.evaluate(sdp => globalThis.accept(sdp), answer);
    // Where there is no network at all, browsers have no addresses; then it is enough that they take the descriptions.
    if (!offer.includes('a=candidate:')) continue;
    for (const side of [one, other]) assert.equal(await side.evaluate(() => globalThis.open), true);
  }
});
