// Who has a room from somebody sends it back, and who opens the reply is told what came.

import assert from 'node:assert/strict';

import { axeFindings, whatSticksOut } from '../harness/axe.mjs';
import { journey } from '../harness/journey.mjs';
import { until } from '../harness/wait.mjs';

journey('b2_a_reply_says_what_came', {}, async ({ person }) => {
  const anna = await person('Anna');
  await anna.visit();
  await anna.home.newRoom('Moving the archive');
  await anna.room.write('# Our offer\nWe bring three vans.');
  await anna.room.saved();
  const ben = await person('Ben');
  await ben.visit(await anna.room.link());
  await ben.room.see('We bring three vans.');
  await ben.room.write(' Four are better.');
  await ben.room.saved();

  const dialog = await ben.room.openShare();
  await ben.find('button', 'Copy link', dialog);
  await ben.click('button', 'Show a QR code');
  await until('the code is there, or why it is not', async () =>
    (await ben.all('image', 'QR code of the link. The camera of a phone opens it.', dialog)).length > 0 ||
    (await dialog.evaluate(dialog => dialog.innerText)).includes('too long for a code'));
  const draft = await dialog.$eval('a[href^="mailto:"]', link => link.href);
  assert.match(decodeURIComponent(draft), /^mailto:\?subject=Re: Moving the archive&body=Hello,\r\n/);
  await ben.resize({ width: 360, height: 740 });
  assert.deepEqual([...await axeFindings(ben, 'sending back'), ...await whatSticksOut(ben, 'sending back')], []);
  const link = await (await ben.find('textbox', 'Link', dialog)).evaluate(field => field.value);

  await anna.visit(link);
  await anna.see('The link brought 1 change by somebody else, in “Our offer”.');
  await anna.click('button', 'Show');
  await until('the keyboard is in that text', () => anna.page.evaluate(() =>
    document.activeElement?.innerText.includes('Four are better.')));
});
