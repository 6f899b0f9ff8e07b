// Measures a build with the adapter beside a bare editable page, in one run: `node bench/run.mjs [--quick]`.
// `cargo xtask bench` builds, then calls this. Rounds visit both pages in turn, so that whatever else the machine does falls
// on both alike. A figure is the median of its rounds; compare within one run only.

import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import puppeteer from 'puppeteer-core';

import { Server } from '../harness/server.mjs';
import { commented, pages as pdfPages, worked } from './beside.mjs';
import { opening, remote, store } from './documents.mjs';
import { long, storeLong } from './long.mjs';
import { ranInside } from './namespace.mjs';
import { met } from './met.mjs';
import { linked } from './reaching.mjs';
import { rows, table } from './report.mjs';
import { cold, settleIn, warm } from './starts.mjs';
import { read as readLooks, teams } from './team.mjs';
import { keys } from './typing.mjs';
import { paragraphs } from './words.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const root = path.join(here, '../..');
const BUILD = path.resolve(process.env.HANDSEL_BENCH_DIST ?? path.join(root, 'target/bench-dist'));
const OUT = path.resolve(process.env.HANDSEL_BENCH_OUT ?? path.join(root, 'target/bench'));
const BYTES = Number(process.env.HANDSEL_BENCH_BYTES ?? 0);
const UPDATES = 1_000;

const quick = process.argv.includes('--quick');
const rounds = quick ? { starts: 3, keys: 1, opening: 3, remote: 1, long: 1 } : { starts: 9, keys: 3, opening: 7, remote: 3, long: 3 };
const keysEach = quick ? 60 : 100;

function launch() {
  return puppeteer.launch({
    executablePath: process.env.HANDSEL_CHROMIUM ?? '/usr/bin/chromium',
    headless: true,
    // The real window, for what lies outside of it is never painted.
    defaultViewport: null,
    args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '--window-size=1100,900', '--lang=en-GB'],
  });
}

/** Each page once a round, and the other way round in every second one. */
async function inTurn(pages, count, visit) {
  for (let round = 0; round < count; round += 1) {
    for (const page of round % 2 ? [...pages].reverse() : pages) await visit(page, round);
  }
}

async function measure(pages) {
  const [handsel] = pages;
  const measured = Object.fromEntries(pages.map(page => [page.name, {}]));
  const note = (page, name, ...values) => (measured[page.name][name] ??= []).push(...values);
  const say = words => console.error(`measuring ${words} …`);
  const texts = { '1k': paragraphs(1_000), '10k': paragraphs(10_000) };
  const browser = await launch();
  const chromium = await browser.version();

  say('cold starts');
  await inTurn(pages, rounds.starts, async page => note(page, 'cold', (await cold(browser, page.room('start'))).cold));
  say('warm starts');
  for (const page of pages) await settleIn(browser, page.room('start'), page === handsel);
  await inTurn(pages, rounds.starts, async page => {
    const { warm: visit, reload } = await warm(browser, page.room('start'), page === handsel);
    note(page, 'warm', visit);
    note(page, 'reload', reload);
  });
  for (const [size, text] of Object.entries(texts)) {
    say(`keys in ${size} words`);
    await inTurn(pages, rounds.keys, async (page, round) => {
      const { rendered, processor } = await keys(browser, page.room('keys'), text, keysEach, 7 + round);
      note(page, `rendered ${size}`, ...rendered);
      note(page, `processor ${size}`, ...processor);
    });
  }
  say('a stored text');
  const stored = await store(browser, handsel.room('stored'), texts['10k']);
  for (let round = 0; round <= rounds.opening; round += 1) {
    const seen = await opening(browser, handsel.room('stored'), texts['10k']);
    if (round > 0) note(handsel, 'opening', seen);
  }
  say('changes by others');
  for (let round = 0; round < rounds.remote; round += 1) {
    const { painted, each } = await remote(browser, handsel.room('remote'), texts['10k'], UPDATES, 3 + round);
    note(handsel, 'remote', painted);
    note(handsel, 'remote each', each);
  }
  say('a long room');
  await storeLong(browser, handsel.room('long'));
  for (let round = 0; round < rounds.long; round += 1) {
    const { seen, ready, rendered, processor, end } = await long(browser, handsel.room('long'), keysEach, 5 + round);
    note(handsel, 'long opening', seen);
    note(handsel, 'long ready', ready);
    note(handsel, 'rendered long', ...rendered);
    note(handsel, 'processor long', ...processor);
    note(handsel, 'long end', end);
  }
  say('what stands beside the text');
  const { price, plan, seal } = await worked(browser, handsel.room('worked'));
  for (const [name, figure] of Object.entries(price)) note(handsel, `price ${name}`, figure);
  for (const [name, figure] of Object.entries(plan)) note(handsel, `plan ${name}`, figure);
  note(handsel, 'sealed', seal.sealed);
  const comments = await commented(browser, handsel.room('commented'), texts['10k'], keysEach, 11);
  note(handsel, 'comments read', comments.read);
  note(handsel, 'comments longest', comments.longest);
  note(handsel, 'rendered comments', ...comments.rendered);
  note(handsel, 'processor comments', ...comments.processor);
  const read = await pdfPages(browser, handsel.room('pages'));
  for (const [name, figure] of Object.entries(read)) note(handsel, `pages ${name}`, figure);
  say('a team with many deals');
  for (const [count, figures] of Object.entries(await teams(browser, handsel.room('team')))) {
    for (const [name, figure] of Object.entries(figures)) note(handsel, `team ${count} ${name}`, figure);
  }
  for (const [count, took] of Object.entries(await readLooks(browser, handsel.room('looks')))) note(handsel, `looks ${count}`, took);
  say('a room on its way to somebody');
  const opened = await linked(browser, handsel.room('linked'), rounds.opening);
  note(handsel, 'linked stored', ...opened.stored);
  note(handsel, 'linked link', ...opened.link);
  note(handsel, 'linked bytes', opened.bytes);
  await browser.close();
  for (let round = 0; round < rounds.remote; round += 1) note(handsel, 'met', await met(BUILD));
  return { chromium, stored, measured };
}

async function main() {
  const servers = [];
  for (const folder of [BUILD, path.join(here, 'floor')]) servers.push(await Server.start({ folder }));
  const address = server => room => `${server.address}?bench=1&room=${room}`;
  const pages = [
    { name: 'handsel', room: address(servers[0]) },
    { name: 'floor', room: address(servers[1]) },
  ];
  try {
    const loadBefore = loadavg();
    const { chromium, stored, measured } = await measure(pages);
    const made = rows({ bytes: BYTES, stored, measured });
    const machine = { cpu: cpus()[0]?.model.trim(), cores: cpus().length, chromium, node: process.version };
    const results = { date: new Date().toISOString(), quick, machine, loadBefore, loadAfter: loadavg(), rows: made, measured };
    mkdirSync(OUT, { recursive: true });
    writeFileSync(path.join(OUT, 'results.json'), `${JSON.stringify(results, null, 1)}\n`);
    console.log(table(made));
    console.log(`\n${chromium}, ${machine.cores} cores, load ${loadBefore[0].toFixed(1)} before and ${loadavg()[0].toFixed(1)} after.`);
  } finally {
    for (const server of servers) await server.end();
  }
}

if (!ranInside()) await main();
