// Variables are words between braces: chips in the text and in tables, given values in a dialog, told of before sharing
// while they have none, and replaced by their values in what leaves the room.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

import { journey } from '../harness/journey.mjs';
import { insertTable } from '../harness/table.mjs';
import { untilEqual } from '../harness/wait.mjs';

journey('a2_variables', { aside: true }, async ({ person }) => {
  const anna = await person('Anna');
  await anna.visit();
  await anna.home.newRoom();
  await anna.choose('More', 'Variables');
  await anna.see('The text has no variables yet.');
  await anna.press('Escape');
  await anna.gone('dialog', 'Variables');

  await anna.room.write('# For {{account.name}}\nWritten by **{{rep}}** for {{ account.name }}.');
  const shown = wanted => untilEqual('variables are chips', () => chips(anna), wanted);
  await shown({ known: [], empty: ['{{account.name}}', '{{rep}}', '{{ account.name }}'] });

  // A value is given once for all places, and stays.
  await anna.choose('More', 'Variables');
  await anna.fill('textbox', 'account.name', 'Penhale Osgood');
  await anna.click('button', 'Done');
  await anna.gone('dialog', 'Variables');
  await shown({ known: ['{{account.name}}', '{{ account.name }}'], empty: ['{{rep}}'] });
  await anna.room.saved();
  await anna.reload();
  await anna.room.ready();
  await shown({ known: ['{{account.name}}', '{{ account.name }}'], empty: ['{{rep}}'] });

  // Typing in one is typing, and undo takes it back.
  await anna.room.focusEnd();
  await anna.press('ArrowLeft', 'ArrowLeft', 'ArrowLeft', 'ArrowLeft');
  await anna.type('s');
  await shown({ known: ['{{account.name}}'], empty: ['{{rep}}', '{{ account.names }}'] });
  await anna.press('Control+z');
  await shown({ known: ['{{account.name}}', '{{ account.name }}'], empty: ['{{rep}}'] });

  // In a table they are chips as well.
  await anna.room.focusEnd();
  await insertTable(anna);
  await anna.type('{{account.name}} and {{due}}');
  await shown({ known: ['{{account.name}}', '{{ account.name }}', '{{account.name}}'], empty: ['{{rep}}', '{{due}}'] });

  // Sharing tells which have no value, and gives the link all the same.
  const { link } = await anna.room.share();
  assert.ok(link);
  await anna.see('Without a value yet: {{rep}}, {{due}}.');
  await anna.room.done();

  const markdown = readFileSync(await anna.room.export('Export as Markdown'), 'utf8');
  assert.ok(markdown.startsWith('# For Penhale Osgood\n\nWritten by **{{rep}}** for Penhale Osgood.\n'), markdown);
  assert.match(markdown, /\| Penhale Osgood and \{\{due\}\} +\|/);
  const page = readFileSync(await anna.room.export('Export as web page'), 'utf8');
  assert.match(page, /Written by <strong><mark>\{\{rep\}\}<\/mark><\/strong> for Penhale Osgood\./);
  assert.match(await anna.room.text(), /\{\{account\.name\}\}/);
});

/** The chips in the text: those with a value, and those without. */
async function chips(tab) {
  return tab.page.evaluate(() => {
    const words = selector => [...document.querySelectorAll(selector)].map(chip => chip.textContent);
    return { known: words('.variable[data-value]'), empty: words('.variable:not([data-value])') };
  });
}
