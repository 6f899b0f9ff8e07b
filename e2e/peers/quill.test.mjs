// A page with Quill and Yjs joins an open room's section and writes along; a bridge carries what either lacks.
//
// `HANDSEL_OPERATIONS` sets how many operations are done on each side, `HANDSEL_SEED` repeats them.

import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { build } from 'esbuild';

import { journey } from '../harness/journey.mjs';
import { out } from '../harness/paths.mjs';
import { Server } from '../harness/server.mjs';
import { until } from '../harness/wait.mjs';
import { normal } from './normal.mjs';
import { readLines } from './quill/lines.mjs';
import { Typist, WORDS } from './quill/typist.mjs';
import { Random } from './random.mjs';

const OPERATIONS = Number(process.env.HANDSEL_OPERATIONS ?? 60);
const SEED = Number(process.env.HANDSEL_SEED ?? 1);
const IMAGE = 'data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==';

const HANDSEL = {
  root: '.prose',
  undo: 'Control+Shift+z',
  own: ['Control+e', 'Control+Shift+x', 'Control+Shift+h', 'Control+\\'].map(keys => tab => tab.press(keys)),
  kinds: ['Control+Alt+1', 'Control+Alt+2', 'Control+Alt+0', 'Control+Shift+7', 'Control+Shift+8', 'Control+Shift+9', 'Tab', 'Shift+Tab']
    .map(keys => async tab => {
      await tab.press(keys);
      // Tab leaves the text where it means nothing there.
      await tab.page.focus('.prose');
    }),
};

const QUILL = {
  root: '.ql-editor',
  undo: 'Control+Shift+z',
  own: [['code', true], ['strike', true], ['link', 'https://a.example/'], ['link', false], ['bold', false]].map(format),
  kinds: [
    ...[['header', 1], ['header', 2], ['header', false], ['list', 'bullet'], ['list', 'ordered'], ['list', 'checked'], ['list', false]].map(format),
    tab => tab.page.evaluate(image => window.quill.insertEmbed(window.quill.getSelection(true).index, 'image', image, 'user'), IMAGE),
  ],
};

/** What Quill's own toolbar does. */
function format([name, value]) {
  return tab => tab.page.evaluate((name, value) => window.quill.format(name, value, 'user'), name, value);
}

/** Bundles the stranger's page; gives its folder. */
async function strangersPage() {
  const outdir = path.join(out, 'quill');
  mkdirSync(outdir, { recursive: true });
  await build({
    entryPoints: [new URL('quill/page.js', import.meta.url).pathname],
    bundle: true, outdir, format: 'esm', target: 'es2023', logLevel: 'warning',
  });
  writeFileSync(path.join(outdir, 'index.html'), [
    '<!doctype html><meta charset="utf-8"><title>Quill</title><link rel="icon" href="data:,">',
    '<link rel="stylesheet" href="page.css"><div id="editor"></div><script type="module" src="page.js"></script>',
  ].join('\n'));
  return outdir;
}

/** Carries updates between the two pages, as a connection would. */
class Bridge {
  constructor(handsel, quill) {
    this.handsel = handsel.page;
    this.quill = quill.page;
  }

  /** Quill's page learns what ours has. */
  async toQuill() {
    const known = await this.quill.evaluate(() => window.peer.known().join());
    const update = await this.handsel.evaluate(known => window.bench.encode(Uint8Array.from(known.split(','))).join(), known);
    await this.quill.evaluate(update => window.peer.receive(Uint8Array.from(update.split(','))), update);
  }

  /** Our page learns what was written in Quill's, update by update. */
  async toHandsel() {
    const updates = await this.quill.evaluate(() => window.peer.passOn().map(update => update.join()));
    await this.handsel.evaluate(updates => {
      for (const update of updates) window.bench.applyRemote(Uint8Array.from(update.split(',')));
    }, updates);
  }

  async both() {
    await this.toHandsel();
    await this.toQuill();
  }
}

const OF_WORDS = ['bold', 'italic', 'underline', 'strike', 'code', 'link'];
const OF_LINES = ['header', 'list', 'indent'];

/**
 * A document as Quill has it in its editor: without what it knows nothing of, and without marks on line ends and formats
 * on words. These come about when one side divides or joins what the other marks at that moment, and nobody shows them.
 */
function asQuill(delta) {
  const known = (attributes, names) => Object.fromEntries(Object.entries(attributes).filter(([name]) => names.includes(name)));
  return delta.flatMap(({ insert, attributes = {} }) => {
    const parts = typeof insert === 'string' ? insert.split(/(\n)/).filter(Boolean) : [insert];
    return parts.map(part => ({ insert: part, attributes: known(attributes, part === '\n' ? OF_LINES : OF_WORDS) }));
  });
}

async function compare(handsel, quill, when) {
  const shared = await quill.page.evaluate(() => window.peer.shared());
  const shown = await quill.page.evaluate(() => window.peer.shown());
  assert.deepEqual(normal(shown), normal(asQuill(shared)), `${when}: Quill shows what is in its document`);
  const lines = tab => tab.page.$eval(tab === handsel ? HANDSEL.root : QUILL.root, readLines);
  assert.deepEqual(await lines(handsel), await lines(quill), `${when}: both show the same`);
}

journey('a quill page and a room', { limit: 1_800_000 }, async ({ person, server, engine }) => {
  console.log(`HANDSEL_SEED=${SEED}, ${OPERATIONS} operations on each side`);
  const random = new Random(SEED);
  const stranger = await Server.start({ folder: await strangersPage() });
  try {
    const handsel = await person('Handsel');
    await handsel.visit(`${server.address}?bench=1&room=quill`);
    await handsel.room.ready();
    await until('the room is offered', () => handsel.page.evaluate(() => Boolean(window.bench)));
    const quill = await person('Quill', { origin: stranger.origin });
    await quill.visit(stranger.address);
    await until('Quill is there', () => quill.page.evaluate(() => Boolean(window.peer)));

    await handsel.room.write('Month-end in four days.\nWe bring three vans and eight people.');
    const bridge = new Bridge(handsel, quill);
    await bridge.toQuill();
    await compare(handsel, quill, 'at the start');
    const alone = async act => {
      await bridge.both();
      await act();
      await bridge.both();
    };
    // A driver types a character outside the basic plane into Firefox in two halves, which Quill passes on as such.
    const words = engine === 'firefox' ? WORDS.filter(word => word !== '😀') : WORDS;
    const typists = [new Typist(handsel, random, HANDSEL), new Typist(quill, random, { ...QUILL, words })];
    const left = [OPERATIONS, OPERATIONS];
    for (let step = 0; left[0] + left[1] > 0; step += 1) {
      const who = left[0] > 0 && (left[1] === 0 || random.once(2)) ? 0 : 1;
      left[who] -= 1;
      await typists[who].act(alone);
      if (random.once(4)) await bridge.toQuill();
      if (random.once(4)) await bridge.toHandsel();
      if (random.once(50)) {
        await bridge.both();
        await compare(handsel, quill, `step ${step}`);
      }
    }
    await bridge.both();
    await compare(handsel, quill, 'at the end');
    // What the room keeps is what was written together.
    const before = await handsel.room.lines();
    await handsel.page.evaluate(() => window.bench.flush());
    await handsel.reload();
    await handsel.room.ready();
    assert.deepEqual(await handsel.room.lines(), before, 'the room after it was opened anew');
  } finally {
    await stranger.end();
  }
});
