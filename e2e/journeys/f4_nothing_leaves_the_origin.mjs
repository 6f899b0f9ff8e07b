// A tour of everything, watched: no request leaves the origin, and the page's own policy lets none go but those that fetch
// and send what somebody wants fetched and sent.

import assert from 'node:assert/strict';

import { journey } from '../harness/journey.mjs';
import { proposals } from '../harness/paths.mjs';
import { screens } from '../harness/screens.mjs';

/** Ways to reach another host from a page, tried one by one; gives those the policy did not stop. */
async function tryToLeave() {
  const away = 'http://elsewhere.example/';
  const stopped = new Set();
  document.addEventListener('securitypolicyviolation', event => stopped.add(event.effectiveDirective));
  const element = (name, attributes) => document.body.append(Object.assign(document.createElement(name), attributes));
  const tries = {
    'img-src': () => element('img', { src: `${away}x.png` }),
    'script-src-elem': () => element('script', { src: `${away}x.js` }),
    'style-src-elem': () => element('link', { rel: 'stylesheet', href: `${away}x.css` }),
    'frame-src': () => element('iframe', { src: away }),
    'media-src': () => element('video', { src: `${away}x.mp4` }),
    'object-src': () => element('object', { data: `${away}x` }),
  };
  const left = [];
  for (const [directive, attempt] of Object.entries(tries)) {
    const heard = new Promise(done => {
      document.addEventListener('securitypolicyviolation', done, { once: true });
      setTimeout(done, 3_000);
    });
    try {
      attempt();
    } catch {
      // A socket or script that may not even be made has not left either.
      continue;
    }
    await heard;
    if (!stopped.has(directive)) left.push(directive);
  }
  return left;
}

journey('f4_nothing_leaves_the_origin', {}, async ({ person, server }) => {
  const anna = await person('Anna');
  // Peer connections go past proxies, so their making is watched in the page.
  await anna.page.evaluateOnNewDocument(() => {
    globalThis.peerConnections = 0;
    for (const name of ['RTCPeerConnection', 'WebSocket', 'WebTransport', 'EventSource']) {
      const real = globalThis[name];
      if (real) globalThis[name] = class extends real { constructor(...args) { super(...args); globalThis.peerConnections += 1; } };
    }
  });
  await screens(anna, proposals()[0], async name => {
    assert.equal(await anna.page.evaluate(() => globalThis.peerConnections), 0, `no connection is made on ${name}`);
  });
  const asked = anna.device.requests.urls;
  assert.ok(asked.some(url => url.endsWith('.wasm')), 'the requests were listened to');
  assert.ok(server.heard.includes('sw.js'), 'the wire was listened to');

  const policy = await anna.page.$eval('meta[http-equiv="Content-Security-Policy"]', meta => meta.content);
  // Rooms are kept at addresses that their people choose, and those may be anywhere.
  const connect = "connect-src 'self' https: http: wss: ws:";
  for (const directive of ["default-src 'none'", "script-src 'self'", connect, "base-uri 'none'", "form-action 'none'"]) {
    assert.ok(policy.includes(directive), `${directive} is in the policy: ${policy}`);
  }
  assert.ok(!/unsafe-inline|unsafe-eval'|\*|https?:/.test(policy.replace("'wasm-unsafe-eval'", '').replace(connect, '')), `the policy has no hole: ${policy}`);

  // A page that nobody listens to, but in the same browser: what leaves it would still be caught.
  const probe = await anna.device.browser.newPage();
  await probe.goto(server.address);
  assert.deepEqual(await probe.evaluate(tryToLeave), [], 'the policy stops every other way out');
  await probe.close();
});
