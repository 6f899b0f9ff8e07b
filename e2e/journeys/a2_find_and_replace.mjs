// Words are found and replaced by keys alone: counted, stepped through, followed as the text changes, and replaced in
// one step to undo with their marks.

import assert from 'node:assert/strict';

import { journey } from '../harness/journey.mjs';
import { insertTable, seeTable } from '../harness/table.mjs';
import { until, untilEqual } from '../harness/wait.mjs';

const TEXT = [
  '# The van plan',
  'Two vans come in May. A **Van** is a van.',
  '- Van one',
  'caravan',
].join('\n');

journey('a2_find_and_replace', { aside: true }, async ({ person }) => {
  const anna = await person('Anna');
  await anna.visit();
  await anna.home.newRoom('Moving house');
  await anna.room.write(TEXT);
  const lines = wanted => untilEqual('the text is so', () => anna.room.lines(), wanted);
  const counts = wanted => untilEqual('the bar counts', () => count(anna), wanted);

  // The bar opens with the keyboard in it, and what is typed goes there.
  await anna.press('Control+Home', 'Control+f');
  await anna.type('van');
  await counts('1 of 6');
  await anna.press('Enter');
  await counts('2 of 6');
  await anna.press('F3');
  await counts('3 of 6');
  await anna.press('Shift+Enter', 'Shift+Enter', 'Shift+Enter');
  await counts('6 of 6');
  await anna.press('Control+g');
  await counts('1 of 6');
  await untilEqual('all matches are set off', () => shown(anna), { found: 5, here: ['van'] });

  // Whole words, and case.
  await anna.click('button', 'Whole words');
  await counts('1 of 4');
  await anna.click('button', 'Match case');
  await counts('1 of 2');
  await anna.click('button', 'Match case');
  await anna.click('button', 'Whole words');
  await counts('1 of 6');
  await anna.fill('textbox', 'Find', 'lorry');
  await counts('Nothing found');
  await anna.fill('textbox', 'Find', 'van');
  await counts('1 of 6');

  // Escape gives the keyboard back to the text with the match selected, so typing goes there.
  await anna.press('Escape');
  await anna.gone('search', 'Find and replace');
  await untilEqual('the match is selected', () => anna.page.evaluate(() => getSelection().toString()), 'van');
  await untilEqual('nothing is set off', () => shown(anna), { found: 0, here: [] });
  await anna.type('lorry');
  await lines([
    'heading 1: The lorry plan', 'text: Two vans come in May. A <strong>Van</strong> is a van.', 'bullet: Van one', 'bullet: caravan',
  ]);

  // What is selected is looked for; the text is followed as it changes, here and in another tab.
  await anna.press('Control+Shift+ArrowLeft', 'Control+f');
  await counts('1 of 1');
  await anna.fill('textbox', 'Find', 'van');
  await counts('1 of 5');
  const other = await anna.newTab();
  await other.look();
  await other.visit(anna.address());
  await other.room.write(' and a van');
  await other.room.saved();
  await anna.look();
  await counts('1 of 6');
  await other.close();

  // Replacing one goes on to the next.
  await anna.press('Control+h');
  await anna.fill('textbox', 'Replace with', 'bus');
  await anna.click('button', 'Whole words');
  await counts('1 of 4');
  await anna.click('textbox', 'Replace with');
  await anna.press('Enter');
  await counts('1 of 3');
  await lines([
    'heading 1: The lorry plan', 'text: Two vans come in May. A <strong>bus</strong> is a van.', 'bullet: Van one', 'bullet: caravan and a van',
  ]);

  // Replacing all is one step to undo.
  await anna.click('button', 'Replace all');
  await counts('Nothing found');
  await anna.see('Replaced 3 matches.');
  await lines([
    'heading 1: The lorry plan', 'text: Two vans come in May. A <strong>bus</strong> is a bus.', 'bullet: bus one', 'bullet: caravan and a bus',
  ]);
  await anna.press('Escape', 'Control+z');
  await lines([
    'heading 1: The lorry plan', 'text: Two vans come in May. A <strong>bus</strong> is a van.', 'bullet: Van one', 'bullet: caravan and a van',
  ]);

  // Sections are one text to it, and all of them are one step.
  await anna.click('button', /^Add a section$/);
  await anna.type('A second van.');
  await anna.press('Control+h');
  await counts('1 of 4');
  await anna.press('Shift+Enter');
  await counts('4 of 4');
  await anna.click('button', 'Replace all');
  await anna.see('Replaced 4 matches.');
  await anna.see('A second bus.');
  await anna.press('Escape', 'Control+z');
  await anna.see('A second van.');
  await lines([
    'heading 1: The lorry plan', 'text: Two vans come in May. A <strong>bus</strong> is a van.', 'bullet: Van one', 'bullet: caravan and a van',
  ]);

  // Without keys it is in the menu.
  await anna.choose('More', /^Find and replace/);
  await until('the bar counts', async () => /of 4$/.test(await count(anna)));
  assert.equal(await anna.focused(), 'Find');
});

journey('a2_finds_in_tables_and_the_title', { aside: true }, async ({ person }) => {
  const anna = await person('Anna');
  await anna.visit();
  await anna.home.newRoom('The van plan');
  await anna.room.write('A van above');
  await insertTable(anna);
  for (const words of ['one van', 'no', 'van van']) {
    await anna.type(words);
    await anna.press('Tab');
  }
  await anna.press('Escape');
  await anna.type('A van below');
  const counts = wanted => untilEqual('the bar counts', () => count(anna), wanted);
  const here = wanted => untilEqual('one stands at', async () => (await shown(anna)).here, wanted);
  const titleIsHere = () => anna.page.$eval('.room-title', title => title.dataset.found === 'here');

  // In the order in which one reads: the title, the text above, cell by cell, the text below.
  await anna.press('Control+Home', 'Control+f');
  await anna.type('van');
  await counts('2 of 6');
  await untilEqual('all in the text are set off', () => shown(anna), { found: 4, here: ['van'] });
  await anna.press('Enter');
  await counts('3 of 6');
  await anna.press('Enter', 'Enter');
  await counts('5 of 6');
  await here(['van']);
  await anna.press('Enter', 'Enter');
  await counts('1 of 6');
  await until('the title is set off', titleIsHere);
  await here([]);
  await anna.press('Shift+Enter', 'Shift+Enter');
  await counts('5 of 6');

  // Escape goes into the cell, with the match selected.
  await anna.press('Escape');
  await untilEqual('the cell has the keyboard', () => anna.focused(), 'Row 1, column van van');
  await anna.type('bus');
  await seeTable(anna, 'one van | no | van bus', ' |  | ', ' |  | ');

  // One in a cell is replaced, then all: in the text and its cells they are one step to undo.
  await anna.press('Control+h');
  await anna.fill('textbox', 'Find', 'van');
  await anna.press('Shift+Enter');
  await counts('4 of 5');
  await anna.fill('textbox', 'Replace with', 'lorry');
  await anna.press('Enter');
  await counts('4 of 4');
  await seeTable(anna, 'one van | no | lorry bus', ' |  | ', ' |  | ');
  await anna.click('button', 'Replace all');
  await anna.see('Replaced 4 matches.');
  await counts('Nothing found');
  await seeTable(anna, 'one lorry | no | lorry bus', ' |  | ', ' |  | ');
  assert.equal(await anna.room.title(), 'The lorry plan');
  await anna.room.see('A lorry below');
  await anna.press('Escape', 'Control+z');
  await seeTable(anna, 'one van | no | lorry bus', ' |  | ', ' |  | ');
  await anna.room.see(/A van above[^]*A van below/);
});

/** What the bar says it has found. */
async function count(tab) {
  const bar = await tab.find('search', 'Find and replace');
  return bar.evaluate(bar => bar.querySelector('[role=status]').textContent);
}

/** How many matches are set off in the text, and the words of the one that the bar stands at. */
async function shown(tab) {
  return tab.page.evaluate(() => {
    const ranges = name => [...(CSS.highlights?.get(name) ?? [])];
    return { found: ranges('found').length, here: ranges('found-here').map(range => range.toString()) };
  });
}
