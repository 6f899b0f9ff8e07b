// A room leaves as Markdown, as a web page and as a room file, each with everything in it.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';

import { journey } from '../harness/journey.mjs';
import { untilEqual } from '../harness/wait.mjs';

const LINES = [
  'heading 1: Our offer',
  'text: We bring <strong>three vans</strong> & a crane.',
  'bullet: Packing',
  'bullet: Moving',
  'quote: They were kind.',
];

journey('rooms_export', { aside: true }, async ({ person }) => {
  const anna = await person('Anna');
  await anna.visit();
  await anna.home.newRoom('Moving the archive');
  await anna.room.write('# Our offer\nWe bring **three vans** & a crane.\n- Packing\nMoving\n\n> They were kind.');
  await untilEqual('the room is written', () => anna.room.lines(), LINES);
  await anna.room.saved();

  const markdown = await anna.room.export('Export as Markdown');
  assert.equal(path.extname(markdown), '.md');
  assert.match(path.basename(markdown), /Moving.the.archive/i, 'the file is named after the room');
  const text = readFileSync(markdown, 'utf8');
  for (const piece of ['# Our offer\n', '**three vans**', /^[-*] Packing$/m, /^[-*] Moving$/m, '> They were kind.']) {
    assert.ok(typeof piece === 'string' ? text.includes(piece) : piece.test(text), `${piece} is in\n${text}`);
  }

  const page = await anna.room.export('Export as web page');
  assert.match(page, /\.html$/);
  const html = readFileSync(page, 'utf8');
  for (const piece of [/^<!doctype html>/i, /<title>Moving the archive<\/title>/, /<h[12][^>]*>Our offer<\/h[12]>/, /<strong>three vans<\/strong> &amp; a crane\./, /<ul>\s*<li>Packing<\/li>\s*<li>Moving<\/li>\s*<\/ul>/, /<blockquote>/]) {
    assert.match(html, piece);
  }
  assert.doesNotMatch(html, /<script|src=|https?:\/\//, 'the page asks for nothing from elsewhere');

  // From the list the same acts are there.
  await anna.room.allRooms();
  const again = await anna.device.downloaded(() => anna.home.act('Moving the archive', 'Export as Markdown'));
  assert.equal(readFileSync(again, 'utf8'), text);
  const file = await anna.device.downloaded(() => anna.home.act('Moving the archive', 'Save room file'));
  assert.match(file, /\.handsel$/);

  const ben = await person('Ben');
  await ben.visit();
  await ben.home.open(file);
  await untilEqual('the file has the room', () => ben.room.lines(), LINES);
  assert.equal(await ben.room.title(), 'Moving the archive');
  await ben.room.allRooms();
  await ben.home.open(markdown);
  await untilEqual('the Markdown has the text', () => ben.room.lines(), LINES);
});
