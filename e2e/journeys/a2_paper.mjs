// A long proposal is printed: on paper is the text alone, whole, and in pages that one can read.

import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { journey } from '../harness/journey.mjs';
import { print } from '../harness/paper.mjs';
import { png } from '../harness/pictures.mjs';

const ROWS = 70;
const CODE = 60;
const HEADINGS = 24;

/** Words for a paragraph of some length. */
const prose = (count, seed) => Array.from({ length: count }, (_, at) =>
  `Sentence ${seed}.${at} tells what both sides agree on and who does what by when.`).join(' ');

function proposal() {
  const image = (name, width, height, colour) =>
    `![${name}](data:image/png;base64,${readFileSync(png(`${name}.png`, { width, height, colour })).toString('base64')})`;
  const rows = Array.from({ length: ROWS }, (_, at) => `| Step ${at} begins<br>Step ${at} ends | ${at % 7 + 1} weeks |`);
  const parts = Array.from({ length: HEADINGS }, (_, at) => `## Part ${at}\n\n${prose(1 + at % 5, `p${at}`)}\n\n${prose(4, `q${at}`)}`);
  return [
    '# Rollout for {{account.name}}',
    `Written by **{{rep}}** for {{ account.name }}. Read [the terms](https://terms.example/2026).`,
    ...parts,
    '## The plan week by week',
    ['| What | How long |', '| --- | --- |', ...rows].join('\n'),
    '## How it looks',
    image('wide', 1600, 900, [60, 110, 190]),
    prose(6, 'after'),
    image('tall', 700, 2400, [190, 120, 60]),
    '> [!NOTE]\n> What is agreed holds for ninety days.\n>\n> Then prices are looked at anew.',
    '> A quotation of somebody who has done it before.',
    '- first\n- second\n  - and below it\n\n1. one\n2. two\n\n- [ ] open\n- [x] done',
    '---',
    '## What the interface takes',
    ['```json', ...Array.from({ length: CODE }, (_, at) => `{ "line": ${at}, "words": "of a long example" }`), '```'].join('\n'),
    '## The last words',
    prose(3, 'end'),
  ].join('\n\n');
}

journey('a2_paper', { browsers: ['chromium'] }, async ({ person }) => {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'handsel-paper-')), 'Rollout.md');
  writeFileSync(file, proposal());
  const anna = await person('Anna');
  await anna.visit();
  await anna.home.open(file);
  await anna.room.see('The last words');
  await anna.room.seeImages(2);
  await anna.choose('More', 'Variables');
  await anna.fill('textbox', 'account.name', 'Penhale Osgood');
  await anna.click('button', 'Done');
  await anna.gone('dialog', 'Variables');

  const { pages, pdf } = await print(anna);
  if (process.env.HANDSEL_PAPER) writeFileSync(process.env.HANDSEL_PAPER, pdf);
  const numbers = pages.map((_, at) => `${at + 1} / ${pages.length}`);
  assert.deepEqual(pages.map(lines => lines.find(line => /^\d+ \/ \d+$/.test(line))), numbers, 'each page has its number');
  const text = pages.map((lines, at) => lines.filter(line => line !== numbers[at]));
  const all = text.flat().join(' ').replace(/\s+/g, ' ');
  assert.ok(pages.length > 12 && pages.length < 30, `${pages.length} pages`);

  // The text is all there, with values, and nothing else is.
  assert.match(all, /^Rollout for Penhale Osgood/);
  assert.match(all, /Written by \{\{rep\}\} for Penhale Osgood\. Read the terms\./);
  for (const words of ['What is agreed holds for ninety days.', 'A quotation of', 'and below it', 'done', `"line": ${CODE - 1},`]) assert.ok(all.includes(words), words);
  assert.equal(all.match(/Sentence \w+\.\d+ tells/g).length, proposal().match(/Sentence \w+\.\d+ tells/g).length);
  assert.doesNotMatch(all, /Share|Saved here|Outline|account\.name|Add section|Heading 1/);

  // No heading stands alone at the foot of a page.
  const headings = [...Array.from({ length: HEADINGS }, (_, at) => `Part ${at}`), 'The plan week by week', 'What the interface takes', 'The last words'];
  for (const heading of headings) {
    const at = text.findIndex(lines => lines.includes(heading));
    assert.ok(at >= 0, `${heading} is there`);
    assert.notEqual(text[at].at(-1), heading, `${heading} has words below it`);
  }

  // The table says on each page what its columns are, and no row is torn.
  const pageOf = words => text.findIndex(lines => lines.some(line => line.includes(words)));
  const [first, last] = [pageOf('Step 0 begins'), pageOf(`Step ${ROWS - 1} ends`)];
  assert.ok(last > first, 'the table is longer than a page');
  for (let at = first; at <= last; at += 1) assert.ok(text[at].some(line => line.startsWith('What')), `page ${at + 1} names the columns`);
  for (let row = 0; row < ROWS; row += 1) assert.equal(pageOf(`Step ${row} begins`), pageOf(`Step ${row} ends`), `row ${row} is whole`);
});
