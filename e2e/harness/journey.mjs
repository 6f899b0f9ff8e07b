// A journey: one story told with real browsers, once per engine, with the checks that hold for every story.

import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';

import { Device } from './device.mjs';
import { out } from './paths.mjs';
import { Server } from './server.mjs';
import { Tab } from './tab.mjs';

const ENGINES = (process.env.HANDSEL_BROWSERS ?? 'chromium,firefox').split(',');
const WHOLE = Boolean(process.env.HANDSEL_WHOLE);

/** How long a whole journey may take, in milliseconds. */
const LIMIT = 480_000;

/**
 * Tells a journey in each of its browsers. `tell` gets:
 * - `person(name, options)`: a person at a device of their own, as a first, blank tab;
 * - `server`: the static host;
 * - `engine`: the browser's name.
 *
 * A journey that is `aside` is told in Firefox in whole runs only (`HANDSEL_WHOLE=1`): another one shows its row there, or
 * nothing in it depends on the engine.
 *
 * Afterwards no request may have left the origin and no page may have complained.
 */
export function journey(name, { browsers = ['chromium', 'firefox'], aside = false, base, limit = LIMIT } = {}, tell) {
  const isTold = engine => ENGINES.includes(engine) && (WHOLE || !aside || engine === 'chromium');
  for (const engine of browsers.filter(isTold)) {
    test(`${name} · ${engine}`, { timeout: limit }, () => play(`${name}-${engine}`, engine, base, tell));
  }
}

async function play(name, engine, base, tell) {
  const server = await Server.start({ base });
  const people = new Map();

  async function person(name, options = {}) {
    const device = await Device.open(options.engine ?? engine, { origin: server.origin, ...options });
    people.set(name, device);
    return new Tab(device, await device.newPage(), server);
  }

  try {
    rmSync(path.join(out, name), { recursive: true, force: true });
    await tell({ person, server, engine });
    for (const [who, device] of people) {
      const seen = { complaints: device.console.complaints, requestsThatLeftTheOrigin: device.escapes };
      const wanted = { complaints: [], requestsThatLeftTheOrigin: [] };
      assert.deepEqual(seen, wanted, `${who}'s browser is at peace`);
    }
  } catch (error) {
    await keepTraces(name, people);
    throw error;
  } finally {
    await Promise.allSettled([...people.values()].map(device => device.end()));
    await server.end();
  }
}

/** Keeps what the pages looked like and said, for whoever looks into the failure. */
async function keepTraces(name, people) {
  const folder = path.join(out, name);
  mkdirSync(folder, { recursive: true });
  for (const [who, device] of people) {
    writeFileSync(path.join(folder, `${who}-console.txt`), device.console.all.join('\n'));
    const pages = await inTime(device.browser.pages()).catch(() => []);
    for (const [index, page] of pages.filter(page => page.url() !== 'about:blank').entries()) {
      const file = path.join(folder, `${who}-${index}`);
      try {
        await inTime(keepPage(page, file));
      } catch (error) {
        writeFileSync(`${file}-unasked.txt`, `${page.url()} could not be asked: ${error.message}`);
      }
    }
  }
}

async function keepPage(page, file) {
  const text = await page.evaluate(() => `${location.href}\n\n${document.body?.innerText ?? ''}\n\n${document.documentElement.outerHTML}`);
  writeFileSync(`${file}.txt`, text);
  await page.bringToFront();
  await page.screenshot({ path: `${file}.png` });
}

/** A page that hangs must not hide the failure that led here. */
function inTime(work) {
  const late = new Promise((_, failed) => setTimeout(() => failed(new Error('it does not answer')), 10_000).unref());
  return Promise.race([work, late]);
}
