// What office programs, mail and web pages put on the clipboard is pasted: structure stays, junk does not.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

import { journey } from '../harness/journey.mjs';
import { untilEqual } from '../harness/wait.mjs';

const fixture = name => readFileSync(new URL(`../../app/exchange/fixtures/paste/${name}.html`, import.meta.url), 'utf8');

/** What each program's text shows, in part. */
const PROGRAMS = {
  'google-docs-two-lines': ['text: aaa', 'text: <strong>bbb</strong>'],
  'word-desktop': [
    'heading 1: What we bring',
    'bullet: Packing',
    'bullet 1: Boxes',
    'bullet 1: Tape, <strong>strong</strong>',
    'bullet: Moving',
    'number: Monday: load',
    'table: Item Price Van with driver 1 200',
  ],
  'google-docs': ['heading 2: What you get', 'bullet: one', 'bullet 1: deeper', 'bullet: two', 'ticked: <s>signed</s>', 'unticked: sent'],
  libreoffice: ['bullet: Cash', 'bullet 1: in euro', 'bullet 2: or pounds', 'bullet: Card', 'number: Sign', 'number: Pay', 'table: Step When Deposit'],
  excel: ['table: Region Q1 Q2 North 1,200.00 € 900.50 € South 2,000.00 €'],
  gmail: ['text: Hi Priya,', 'bullet: the <strong>start</strong> is on <em>Monday</em>', 'quote: Can you start early?'],
};

journey('a2_pastes_from_office_programs', {}, async ({ person }) => {
  const anna = await person('Anna');
  await anna.visit();
  await anna.home.newRoom();
  const { room } = anna;

  for (const [program, wanted] of Object.entries(PROGRAMS)) {
    await anna.device.copyForms({ 'text/html': fixture(program), 'text/plain': 'plain words' });
    await anna.look();
    await room.focusEnd();
    await anna.press('Control+a', 'Delete', 'Control+v');
    await untilEqual(`the text from ${program} is there`, async () => {
      const lines = await room.lines();
      return wanted.filter(line => !lines.includes(line));
    }, []);
    const lines = await room.lines();
    // Behind a table at the end there is a line to go on.
    assert.deepEqual(lines.slice(0, -1).filter(line => line === 'text: '), [], `${program} leaves no empty line`);
    assert.ok(!lines.join().includes('plain words'), `${program} came with its structure`);
  }

  // One step takes it back, also its tables, and brings it again.
  const before = await room.lines();
  await anna.device.copyForms({ 'text/html': fixture('google-sheets'), 'text/plain': 'Region\tLead\tSum' });
  await anna.look();
  await room.focusEnd();
  await anna.press('Control+v');
  const table = 'table: Region Lead Sum North Priya 1200 Ines and Bo 7';
  await untilEqual('the range is a table', async () => (await room.lines()).at(-2), table);
  await anna.press('Control+z');
  await untilEqual('undo takes all of it', () => room.lines(), before);
  await anna.press('Control+Shift+z');
  await untilEqual('redo brings the table', async () => (await room.lines()).at(-2), table);

  // A table goes to another room as it is.
  await anna.press('Control+a', 'Control+c');
  const all = await room.lines();
  await room.saved();
  await room.allRooms();
  await anna.home.newRoom();
  await room.focusEnd();
  await anna.press('Control+v');
  await untilEqual('another room has the same', async () => {
    const lines = await room.lines();
    // The last line, empty behind the table, is only where the text ends.
    return lines.slice(0, -1).map((line, at) => (line === all[at] ? '' : `${line} for ${all[at]}`)).filter(Boolean);
  }, []);
  await room.saved();
  await anna.reload();
  await untilEqual('and keeps it', async () => (await room.lines()).slice(0, -1), all.slice(0, -1));
});

journey('a2_reads_pasted_markdown_where_it_is_clear', { aside: true }, async ({ person }) => {
  const anna = await person('Anna');
  await anna.visit();
  await anna.home.newRoom();
  const { room } = anna;
  await anna.device.copy('# Offer\n\n- one\n- **two**\n\n| a | b |\n|---|---|\n| 1 | 2 |\n');
  await anna.look();
  await room.focusEnd();
  await anna.press('Control+v');
  await untilEqual('its signs are read', () => room.lines(), [
    'heading 1: Offer', 'bullet: one', 'bullet: <strong>two</strong>', 'table: a b 1 2', 'text: ',
  ]);
  await anna.press('Control+a', 'Delete', 'Control+Alt+0', 'Control+Shift+v');
  await untilEqual('or not, as asked', async () => (await room.lines()).slice(0, 3), ['text: # Offer', 'text: - one', 'text: - **two**']);

  await anna.press('Control+a', 'Delete', 'Control+Alt+0');
  await anna.device.copy('2 * 3 * 4\n# not a heading');
  await anna.look();
  await room.focusEnd();
  await anna.press('Control+v');
  await untilEqual('other words stay as they are', () => room.lines(), ['text: 2 * 3 * 4', 'text: # not a heading']);
});

journey('a2_copies_lists_that_other_programs_understand', { aside: true }, async ({ person }) => {
  const anna = await person('Anna');
  await anna.visit();
  await anna.home.newRoom();
  const { room } = anna;
  await room.focusEnd();
  await anna.type('- one\ndeeper');
  await anna.press('Tab');
  await anna.type('\ntwo');
  await anna.press('Shift+Tab');
  await untilEqual('a list is there', () => room.lines(), ['bullet: one', 'bullet 1: deeper', 'bullet: two']);
  await anna.press('Control+a', 'Control+c');
  const { html, plain } = await anna.device.clipboardForms();
  const bare = html.replace(/<!--.*?-->|<\/?(html|body|head|meta)\b[^>]*>/g, '').replace(/\n/g, '');
  assert.equal(bare, '<ul><li>one<ul><li>deeper</li></ul></li><li>two</li></ul>');
  assert.equal(plain, '- one\n  - deeper\n- two\n');
});
