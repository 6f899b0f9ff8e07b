// A room becomes a template, and a template becomes rooms, without what belongs to one buyer.

import assert from 'node:assert/strict';

import { axeFindings, whatSticksOut } from '../harness/axe.mjs';
import { journey } from '../harness/journey.mjs';
import { until, untilEqual } from '../harness/wait.mjs';

journey('a1_a_room_becomes_a_template_and_a_template_becomes_rooms', { aside: true }, async ({ person }) => {
  const ines = await person('Ines');
  const { home, room } = ines;
  const shows = titles => untilEqual('the list shows', () => home.titles(), titles);
  await ines.visit();
  await home.newRoom('Month-end close');
  await room.write('# Our offer\nWe close your books in five days.');
  await room.saved();
  const priya = await person('Priya');
  await priya.visit(await room.link({ right: 'Comment', whom: 'Priya' }));
  await priya.find('group', 'Text of the proposal');
  await room.allRooms();

  await home.act('Month-end close', 'Make a template');
  await ines.find('dialog', 'Make a template');
  assert.deepEqual(await axeFindings(ines, 'the dialog'), []);
  await ines.fill('textbox', 'Title', '  ');
  await ines.see('Give it a title.');
  await ines.fill('textbox', 'Title', 'Our usual offer');
  await ines.click('button', 'Make the template');
  await ines.see('“Our usual offer” is among your templates');
  await shows(['Month-end close']);
  await home.show('Templates');
  await shows(['Our usual offer']);
  assert.match((await home.rooms())[0], /^Template$/m);

  // Changed as any room.
  await home.enter('Our usual offer');
  await room.see('We close your books in five days.');
  await room.write(' Always.');
  await room.saved();
  await room.allRooms();

  // From the menu beside "New room".
  await ines.choose('From a template', 'Our usual offer');
  await ines.find('dialog', 'New room from a template');
  await ines.fill('textbox', 'Title', 'Offer for Penhale');
  await ines.page.keyboard.press('Enter');
  await until('the room is open', async () => await room.title() === 'Offer for Penhale');
  await room.see('We close your books in five days.');
  await room.allRooms();
  await shows(['Offer for Penhale', 'Month-end close']);
  const stage = async title => (await home.rooms()).find(room => room.startsWith(title))?.match(/^(Draft|Shared.*|Template)$/m)?.[0];
  assert.equal(await stage('Offer for Penhale'), 'Draft', 'nobody has it, whoever had the room it comes from');

  await home.act('Month-end close', 'Duplicate');
  await ines.find('dialog', 'Duplicate the room');
  await ines.click('button', 'Make the room');
  await until('the copy is open', async () => await room.title() === 'Copy of Month-end close');
  await room.see('We close your books in five days.');
  await room.allRooms();
  await ines.resize({ width: 360, height: 740 });
  await home.show('Templates');
  await shows(['Our usual offer']);
  assert.deepEqual([...await axeFindings(ines, 'templates by thumb'), ...await whatSticksOut(ines, 'templates by thumb')], []);

  // Whoever came by a link makes none of it.
  await priya.room.allRooms();
  await priya.click('button', 'More for Month-end close');
  assert.deepEqual(await priya.all('menuitem', 'Duplicate'), []);
});
