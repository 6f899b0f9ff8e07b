// A link with a passphrase opens with that only, and says nothing of the room before.

import assert from 'node:assert/strict';

import { axeFindings, whatSticksOut } from '../harness/axe.mjs';
import { journey } from '../harness/journey.mjs';

journey('b5_a_passphrase_is_needed_beside_the_link', { aside: true }, async ({ person }) => {
  const anna = await person('Anna');
  await anna.visit();
  await anna.home.newRoom('Moving the archive');
  await anna.room.write('We bring three vans.');
  await anna.room.saved();
  const link = await anna.room.link({ passphrase: 'crème brûlée' });

  const ben = await person('Ben');
  await ben.visit(link);
  // What is typed unseen has no role, and some browsers give it none.
  const field = await ben.page.waitForSelector('input[type=password]');
  assert.doesNotMatch(await ben.text(), /archive|vans/i, 'nothing of the room is shown');
  await field.type('creme brulee');
  await ben.press('Enter');
  await ben.see('does not open it');
  await ben.look();
  await ben.resize({ width: 360, height: 740 });
  assert.deepEqual([...await axeFindings(ben, 'the passphrase'), ...await whatSticksOut(ben, 'the passphrase')], []);

  // The accents apart from their letters, as some keyboards give them.
  await field.evaluate(field => field.select());
  await field.type(` ${'crème brûlée'.normalize('NFD')} `);
  await ben.click('button', 'Open the room');
  await ben.room.see('We bring three vans.');
});
