// Whoever owns rooms is told what happened in them, on the first page and in the room, and says what they want to be told.

import assert from 'node:assert/strict';

import { axeFindings, whatSticksOut } from '../harness/axe.mjs';
import { journey } from '../harness/journey.mjs';
import { until, untilEqual } from '../harness/wait.mjs';

const told = tab => tab.page.$$eval('.alert-feed .alert-row', rows => rows.map(row => ({
  words: row.querySelector('.alert-words').innerText,
  room: row.querySelector('.alert-room')?.innerText,
  isNew: row.hasAttribute('data-new'),
})));

const words = async tab => (await told(tab)).map(line => line.words).sort();

journey('c3_the_seller_is_told_what_happened', {}, async ({ person }) => {
  const ines = await person('Ines');
  const { home, room } = ines;
  await ines.visit();
  await home.newRoom('Month-end close');
  await room.write('We close your books in five days.');
  await room.saved();
  const link = await room.link({ right: 'Comment', whom: 'Priya' });
  await room.allRooms();
  assert.deepEqual(await told(ines), [], 'nothing happened so far');

  const priya = await person('Priya');
  await priya.visit(link);
  await priya.see('We close your books in five days.');
  await priya.look();
  await until('she moved, and it was noted', async () => {
    await priya.page.mouse.move(100 + (Date.now() % 90), 300);
    await priya.choose('More', 'What is recorded');
    const noted = await priya.find('dialog', 'What is recorded');
    const isNoted = await noted.$('.recorded li');
    await priya.page.keyboard.press('Escape');
    await priya.gone('dialog', 'What is recorded');
    return isNoted;
  });
  const sharing = await priya.room.openShare();
  const reply = await (await priya.find('textbox', 'Link', sharing)).evaluate(field => field.value);

  await ines.visit(reply);
  await ines.see('It brought how the room was read, and nothing else.');
  await room.allRooms();
  await untilEqual('she is told', () => words(ines), ['Priya opened the room for the first time']);
  const [line] = await told(ines);
  assert.deepEqual([line.room, line.isNew], ['Month-end close', true]);
  await until('the list says how warm it is', () => ines.page.$eval('.room-marks .warmth', mark => mark.innerText.startsWith('Cold')));
  assert.deepEqual(await axeFindings(ines, 'what happened'), []);

  // The room has its own, and in it one kind is switched off.
  await ines.click('link', /^Priya opened the room for the first time/);
  await ines.find('heading', 'How they read it');
  await untilEqual('the room tells it, too', () => words(ines), ['Priya opened the room for the first time']);
  await ines.click('button', 'What you are told');
  const dialog = await ines.find('dialog', 'What you are told');
  assert.deepEqual(await axeFindings(ines, 'what is told'), []);
  assert.equal(await (await ines.find('switch', 'Accepted', dialog)).evaluate(one => one.disabled), true);
  await ines.click('switch', 'The first visit', dialog);
  await untilEqual('it is told no more', () => words(ines), []);
  await ines.click('switch', 'The first visit', dialog);
  await untilEqual('and is again', () => words(ines), ['Priya opened the room for the first time']);
  await ines.page.keyboard.press('Escape');
  await ines.gone('dialog', 'What you are told');
  await room.allRooms();
  // What is looked at for two seconds was seen.
  const begun = Date.now();
  await until('she looked at it', async () => (await told(ines)).length === 1 && Date.now() - begun > 4_000);
  await ines.reload();
  await untilEqual('what was seen is not new', async () => (await told(ines)).map(line => line.isNew), [false]);
  await ines.resize({ width: 360, height: 740 });
  assert.deepEqual([...await axeFindings(ines, 'what happened, by thumb'), ...await whatSticksOut(ines, 'what happened, by thumb')], []);

  // Buyers are told nothing.
  await priya.page.keyboard.press('Escape');
  await priya.room.allRooms();
  assert.deepEqual(await told(priya), []);
});
