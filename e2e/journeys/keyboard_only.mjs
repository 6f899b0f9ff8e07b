// From the first page to a shared link with the keyboard alone.

import assert from 'node:assert/strict';

import { journey } from '../harness/journey.mjs';
import { until, untilEqual } from '../harness/wait.mjs';

// Headless Firefox sometimes gives no click for Enter on a button after the text was written in (CAVEATS.md), so it plays no
// part here.
journey('keyboard_only', { browsers: ['chromium'] }, async ({ person }) => {
  const anna = await person('Anna');
  await anna.visit();
  await anna.home.ready();

  await anna.tabTo('New room');
  await anna.press('Enter');
  await anna.room.ready();
  if ((await anna.focused()) !== 'Title of the room') await anna.tabTo('Title of the room');
  await anna.press('Control+a');
  await anna.type('Moving the archive');
  await anna.tabTo('Text of the proposal');
  await anna.type('# Our offer\nWe bring ');
  await anna.press('Control+b');
  await anna.type('three vans');
  await anna.press('Control+b');
  await anna.type('.');
  await untilEqual('the room is written', () => anna.room.lines(), ['heading 1: Our offer', 'text: We bring <strong>three vans</strong>.']);

  // The toolbar is one stop, and arrows go through it.
  await anna.press('Control+Shift+ArrowLeft', 'Control+Shift+ArrowLeft');
  await anna.tabTo(/^(Kind of line|Text$)/, { back: true });
  await anna.press('ArrowRight');
  assert.equal(await anna.focused(), 'Bold', 'an arrow goes to the next button');
  await anna.press('Shift+Tab');
  assert.doesNotMatch(await anna.focused(), /^(Kind of line|Text$|Bold)/, 'one Tab leaves the toolbar');

  await anna.tabTo('Share', { back: true });
  await anna.press('Enter');
  await anna.find('dialog', 'Share this room');
  await anna.tabTo('Make the link');
  await anna.press('Enter');
  const link = await until('the link is there', () => anna.page.evaluate(() => document.querySelector('dialog[open] input[readonly]')?.value));
  await anna.tabTo('Copy link');
  await anna.press('Enter');
  await until('the link is on the clipboard', async () => (await anna.device.clipboard()) === link);
  await anna.look();
  await anna.press('Escape');
  await anna.gone('dialog', 'Share this room');
  assert.equal(await anna.focused(), 'Share', 'the keyboard is back where it was');

  await anna.tabTo('All rooms', { back: true });
  await anna.press('Enter');
  await anna.home.ready();
  await anna.tabTo('More for Moving the archive');
  await anna.press('Enter');
  await anna.find('menuitem', 'Archive');
  await anna.press('ArrowDown');
  assert.equal(await anna.focused(), 'Archive', 'an arrow goes to the next act');
  await anna.press('Enter');
  await untilEqual('the room is put away', () => anna.home.titles(), []);
});
