// A long history of one person's writing, edit by edit through the page, ends in its known text.
//
// `HANDSEL_TRACES` names a folder with `automerge-paper.json.gz`, as for `app/replica/tests/traces.rs`; without it a small
// history is written.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';

import { journey } from '../harness/journey.mjs';
import { until, untilEqual } from '../harness/wait.mjs';

const FOLDER = process.env.HANDSEL_TRACES;

/** Edits as place, units deleted, words inserted, and the text they end in. */
function history() {
  if (!FOLDER) {
    console.log('HANDSEL_TRACES names no folder, so only a small history was written');
    const text = Array(20).fill('We bring three vans and eight people.').join('\n');
    // Every eleventh letter is first another one, and taken back.
    const edits = [...text].flatMap((letter, at) => (at % 11 ? [[at, 0, letter]] : [[at, 0, '?'], [at, 1, letter]]));
    return { name: 'small', edits, text };
  }
  const trace = JSON.parse(gunzipSync(readFileSync(path.join(FOLDER, 'automerge-paper.json.gz'))));
  return { name: 'automerge-paper', edits: trace.txns.flatMap(({ patches }) => patches), text: trace.endContent };
}

journey('a long history through the page', { browsers: ['chromium'], limit: 1_800_000 }, async ({ person, server }) => {
  const { name, edits, text } = history();
  const anna = await person('Anna');
  anna.page.setDefaultTimeout(0);
  await anna.visit(`${server.address}?bench=1&room=trace`);
  await anna.room.ready();
  await until('the room is offered', () => anna.page.evaluate(() => Boolean(window.bench)));
  const told = await anna.page.evaluate(edits => window.bench.replay(JSON.parse(edits), { keep: true }), JSON.stringify(edits));
  assert.equal(told.text, text, 'the text that was written');
  // The empty line that was there before comes first or last, by who wrote it.
  const bare = text => text.replace(/^\n|\n+$/g, '');
  const wanted = bare(text);
  assert.equal(bare(await anna.page.evaluate(() => window.bench.getText())), wanted, 'the text that is open');
  const shown = async () => bare(await anna.page.$$eval('.prose > *', lines => lines.map(line => line.textContent).join('\n')));
  const difference = async () => {
    const seen = await shown();
    const at = [...wanted].findIndex((letter, at) => letter !== seen[at]);
    return seen === wanted ? 'none' : { at, seen: seen.slice(at, at + 60), wanted: wanted.slice(at, at + 60) };
  };
  await untilEqual('the page shows it', difference, 'none');
  await anna.page.evaluate(() => window.bench.flush());
  await anna.reload();
  await anna.room.ready();
  await untilEqual('the page shows it when it is opened anew', difference, 'none');
  const times = ['replayMs', 'encodeMs', 'decodeMs', 'toStringMs'].map(step => `${step} ${told[step].toFixed(0)}`);
  console.log(`${name}: ${edits.length} edits, ${told.bytes} bytes; ${times.join(', ')}`);
});
