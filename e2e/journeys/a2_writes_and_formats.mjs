// A proposal is written and formatted: with the toolbar, with shortcut keys, and by typing Markdown's signs.

import { journey } from '../harness/journey.mjs';
import { untilEqual } from '../harness/wait.mjs';

async function staysAfterReload(anna, wanted) {
  await untilEqual('the text is formatted', () => anna.room.lines(), wanted);
  await anna.room.saved();
  await anna.reload();
  await untilEqual('the text is the same after a reload', () => anna.room.lines(), wanted);
}

journey('a2_writes_and_formats_by_toolbar', { aside: true }, async ({ person }) => {
  const anna = await person('Anna');
  await anna.visit();
  await anna.home.newRoom();
  const { room } = anna;

  await room.focusEnd();
  await room.kind('Heading 1');
  await anna.type('Our offer\nWe bring ');
  await room.format('Bold');
  await anna.type('three vans');
  await room.format('Bold');
  await anna.type(', ');
  await room.format('Italic');
  await anna.type('on time');
  await room.format('Italic');
  await anna.type(', ');
  await room.format('Underline');
  await anna.type('insured');
  await room.format('Underline');
  await anna.type(', not ');
  await room.format('Strikethrough');
  await anna.type('two');
  await room.format('Strikethrough');
  await anna.type(' or ');
  await room.format('Code');
  await anna.type('N');
  await room.format('Code');
  await anna.type('.\n');
  await room.kind('Heading 2');
  await anna.type('What you get\n');
  await room.format('Bulleted list');
  await anna.type('Packing\nMoving\n\n');
  await room.format('Numbered list');
  await anna.type('Monday\nTuesday\n\n');
  await room.format('Checklist');
  await anna.type('Keys\n\n');
  await room.format('Quote');
  await anna.type('They were kind.');

  await staysAfterReload(anna, [
    'heading 1: Our offer',
    'text: We bring <strong>three vans</strong>, <em>on time</em>, <u>insured</u>, not <s>two</s> or <code>N</code>.',
    'heading 2: What you get',
    'bullet: Packing',
    'bullet: Moving',
    'number: Monday',
    'number: Tuesday',
    'unticked: Keys',
    'quote: They were kind.',
  ]);
});

journey('a2_writes_and_formats_by_keys', { aside: true }, async ({ person }) => {
  const anna = await person('Anna');
  await anna.visit();
  await anna.home.newRoom();
  const { room } = anna;

  await room.focusEnd();
  await anna.type('A ');
  await anna.press('Control+b');
  await anna.type('bold');
  await anna.press('Control+b');
  await anna.type(' and ');
  await anna.press('Control+i');
  await anna.type('slanted');
  await anna.press('Control+i');
  await anna.type(' and ');
  await anna.press('Control+u');
  await anna.type('firm');
  await anna.press('Control+u');
  await anna.type(' word from our site');

  await anna.press('Control+Shift+ArrowLeft', 'Control+Shift+ArrowLeft', 'Control+k');
  await anna.find('dialog', 'Link');
  await anna.fill('textbox', 'Address', 'https://quillhaven.example/offer');
  await anna.press('Enter');
  await anna.gone('dialog', 'Link');
  // The selection is still there, and what is typed behind the link is not part of it.
  await anna.press('End');
  await anna.type('.');

  const line = 'text: A <strong>bold</strong> and <em>slanted</em> and <u>firm</u> word from ';
  await staysAfterReload(anna, [`${line}<a https://quillhaven.example/offer>our site</a>.`]);

  // A caret within the words of a link stands for all of it.
  await room.focusEnd();
  await anna.press('ArrowLeft', 'ArrowLeft', 'ArrowLeft', 'Control+k');
  await anna.find('dialog', 'Link');
  const address = await anna.find('textbox', 'Address');
  await untilEqual('the dialog shows where the link leads', () => address.evaluate(field => field.value), 'https://quillhaven.example/offer');
  await anna.click('button', 'Remove link');
  await staysAfterReload(anna, [`${line}our site.`]);
});

journey('a2_changes_lines_by_keys', { aside: true }, async ({ person }) => {
  const anna = await person('Anna');
  await anna.visit();
  await anna.home.newRoom();

  await anna.room.write('Our offer');
  await anna.press('Control+Alt+1', 'Enter');
  await anna.type('Monday');
  await anna.press('Control+Shift+7', 'Enter', 'Tab');
  await anna.type('Morning\nEvening');
  await anna.press('Shift+Tab', 'Enter');
  await anna.press('Control+Shift+8');
  await anna.type('Packing');
  await anna.press('Enter', 'Control+Shift+9');
  await anna.type('Keys');
  await anna.press('Control+Enter', 'Enter', 'Enter');
  await anna.type('That is all.');

  await staysAfterReload(anna, [
    'heading 1: Our offer',
    'number: Monday',
    'number 1: Morning',
    'number: Evening',
    'bullet: Packing',
    'ticked: Keys',
    'text: That is all.',
  ]);
});

journey('a2_writes_and_formats_by_typed_markdown', {}, async ({ person }) => {
  const anna = await person('Anna');
  await anna.visit();
  await anna.home.newRoom();
  const { room } = anna;

  await room.write('# Our offer\n## In short\n');
  await anna.type('**Three** vans and *two* days, see `plan`.\n');
  await anna.type('- Packing\nMoving\n\n');
  await anna.type('1. Monday\nTuesday\n\n');
  await anna.type('[ ] Keys\n\n');
  await anna.type('> They were kind.');

  await staysAfterReload(anna, [
    'heading 1: Our offer',
    'heading 2: In short',
    'text: <strong>Three</strong> vans and <em>two</em> days, see <code>plan</code>.',
    'bullet: Packing',
    'bullet: Moving',
    'number: Monday',
    'number: Tuesday',
    'unticked: Keys',
    'quote: They were kind.',
  ]);
});
