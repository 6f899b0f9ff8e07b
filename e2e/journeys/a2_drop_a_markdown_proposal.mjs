// A proposal written elsewhere as Markdown is dropped on the first page, or picked, and becomes a room.

import assert from 'node:assert/strict';

import { journey } from '../harness/journey.mjs';
import { proposals } from '../harness/paths.mjs';
import { until } from '../harness/wait.mjs';

/** Headings of the file as lines of a room. Hash signs inside code fences are no headings. */
function headingsOf(markdown) {
  const outside = markdown.replace(/^(```|~~~)[^]*?^\1/gm, '');
  return [...outside.matchAll(/^(#{1,6}) (.+?)(?: #+)?\s*$/gm)].map(([, { length }, words]) => `heading ${length}: ${words.replace(/[*_`\\]/g, '')}`);
}

/** Each table has one line that parts its head from its rows. */
const tablesOf = markdown => [...markdown.matchAll(/^(?=.*\|)(?=.*-)[ |:-]+$/gm)].length;

const plain = line => line.replace(/<[^>]*>/g, '');

journey('a2_drop_a_markdown_proposal', { aside: true }, async ({ person }) => {
  const files = proposals();
  assert.ok(files.length >= 3, 'there are three proposals to try');
  const anna = await person('Anna');

  for (const [index, { file, name, markdown }] of files.entries()) {
    await anna.visit();
    await anna.home.ready();
    if (index % 2 === 0) await anna.drop(file);
    else await anna.home.open(file);

    const wanted = headingsOf(markdown);
    assert.ok(wanted.length > 2, `${name} has headings`);
    const lines = await until(`${name} is open`, async () => {
      const lines = (await anna.room.lines()).map(plain);
      return lines.filter(line => line.startsWith('heading')).length >= wanted.length && lines;
    });
    const missing = wanted.filter(heading => !lines.includes(heading));
    assert.deepEqual(missing, [], `all headings of ${name} are there`);
    assert.equal(lines.filter(line => line.startsWith('table')).length, tablesOf(markdown), `all tables of ${name} are there`);
    assert.ok((await anna.room.title()).length > 3, `${name} gives the room a title`);

    await anna.room.saved();
    await anna.reload();
    await until(`${name} is the same after a reload`, async () => JSON.stringify((await anna.room.lines()).map(plain)) === JSON.stringify(lines));
  }

  await anna.room.allRooms();
  assert.equal((await anna.home.titles()).length, files.length);
});
