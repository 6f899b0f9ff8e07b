// A link allows what it was given out for, and ends when it is revoked.

import assert from 'node:assert/strict';

import { axeFindings, whatSticksOut } from '../harness/axe.mjs';
import { journey } from '../harness/journey.mjs';
import { until, untilEqual } from '../harness/wait.mjs';

async function begin(anna) {
  await anna.visit();
  await anna.home.newRoom('Moving the archive');
  await anna.room.write('We bring three vans.');
  await anna.room.saved();
}

async function seesReadOnly(person) {
  await until('the room says so', () => person.page.evaluate(() => document.body.innerText.includes('Read only')));
}

journey('b5_a_link_to_read_changes_nothing', {}, async ({ person }) => {
  const anna = await person('Anna');
  await begin(anna);
  const link = await anna.room.link({ right: 'Read', whom: 'Priya' });

  const priya = await person('Priya');
  await priya.visit(link);
  const text = await priya.find('group', 'Text of the proposal');
  await untilEqual('she reads it', () => text.evaluate(text => text.innerText.trim()), 'We bring three vans.');
  await seesReadOnly(priya);
  await text.click();
  await priya.type('Never. ');
  await priya.press('Backspace', 'Enter');
  assert.equal(await text.evaluate(text => text.innerText.trim()), 'We bring three vans.');
  assert.ok(await priya.page.$eval('input.room-title', title => title.readOnly), 'the title cannot be changed');
  assert.deepEqual(await priya.all('button', 'Bold'), [], 'there are no tools');
  await priya.look();
  await priya.resize({ width: 360, height: 740 });
  assert.deepEqual([...await axeFindings(priya, 'a room to read'), ...await whatSticksOut(priya, 'a room to read')], []);

  // Whoever gets it from her may read as well, and no more.
  const passedOn = await priya.room.link();
  const devi = await person('Devi');
  await devi.visit(passedOn);
  await devi.find('group', 'Text of the proposal');
  await seesReadOnly(devi);
});

journey('b5_a_revoked_link_brings_nothing_more', { aside: true }, async ({ person }) => {
  const anna = await person('Anna');
  await begin(anna);
  const ben = await person('Ben');
  await ben.visit(await anna.room.link({ whom: 'Ben' }));
  await ben.room.see('We bring three vans.');
  await ben.room.write(' Thanks.');
  await ben.room.saved();
  await anna.visit(await ben.room.link());
  await anna.room.see('We bring three vans. Thanks.');

  await anna.click('button', 'Share');
  const dialog = await anna.find('dialog', 'Share this room');
  await anna.look();
  await (await anna.find('button', 'Revoke the link of Ben', dialog)).click();
  await until('the list says so', () => dialog.evaluate(dialog => dialog.innerText.includes('revoked')));
  await anna.click('button', 'Give the room new keys', dialog);
  await anna.see('The room has new keys.');
  await anna.room.done();

  await ben.room.write(' One more thing.');
  await ben.room.saved();
  await anna.visit(await ben.room.link());
  await anna.room.see('We bring three vans. Thanks.');
  assert.doesNotMatch(await anna.room.text(), /One more thing/);
  // What is written here goes on, in the same room.
  await anna.room.write(' Until Friday.');
  await anna.room.saved();
  await anna.reload();
  await anna.room.see('We bring three vans. Thanks. Until Friday.');

  // Who had the room by the revoked link hears of it with the next one, and may do what that allows.
  await ben.visit(await anna.room.link({ right: 'Read' }));
  await until('he reads what is new', () => ben.page.evaluate(() => document.body.innerText.includes('Until Friday.')));
  await seesReadOnly(ben);
});
