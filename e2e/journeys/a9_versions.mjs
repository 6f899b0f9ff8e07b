// A version is named, the text goes on, both are compared by word, and the version comes back; the other side has it all, also
// where it wrote meanwhile.

import assert from 'node:assert/strict';

import { axeFindings, whatSticksOut } from '../harness/axe.mjs';
import { journey } from '../harness/journey.mjs';
import { until, untilEqual } from '../harness/wait.mjs';

const openVersions = async tab => {
  await tab.choose('More', 'Versions');
  await tab.find('heading', 'Versions');
};

/** What a comparison shows: words that came and went. */
const compared = tab => tab.page.$$eval('.comparison', all => all.flatMap(it => [
  ...[...it.querySelectorAll('del')].map(words => `-${words.innerText.trim()}`),
  ...[...it.querySelectorAll('ins')].map(words => `+${words.innerText.trim()}`),
]));

const names = tab => tab.page.$$eval('.version > strong', all => all.map(it => it.innerText));

journey('a9_a_version_is_named_compared_and_brought_back', {}, async ({ person }) => {
  const ines = await person('Ines');
  await ines.visit();
  await ines.home.newRoom('Month-end close');
  await ines.room.write('We close your books in five days.');
  await ines.room.saved();
  await openVersions(ines);
  await ines.click('button', 'Name this version');
  await ines.fill('textbox', 'Name', 'Before the call');
  await ines.click('button', 'Keep version');
  await until('the version is listed', async () => (await names(ines)).includes('Before the call'));

  // The text goes on; a copy goes to somebody who edits, and is away from then on.
  await ines.click('link', 'Document');
  await ines.room.ready();
  await ines.room.focusEnd();
  await ines.press('Backspace');
  await ines.type(' at most.');
  await ines.room.saved();
  const link = await ines.room.link({ right: 'Edit', whom: 'Priya Raman' });
  const priya = await person('Priya');
  await priya.visit(link);
  await priya.room.see('five days at most.');

  // What changed since is shown by word.
  await openVersions(ines);
  await ines.click('button', /^Before the call/);
  await untilEqual('the words that changed', async () => (await compared(ines)).join(' '), '+at most');
  await ines.press('F8');
  await until('a change has the keyboard', () => ines.page.evaluate(() => document.activeElement.matches('[data-change]')));
  assert.deepEqual(await axeFindings(ines, 'versions'), []);

  // The other writes while the version comes back.
  await priya.look();
  await priya.room.ready();
  await priya.room.focusEnd();
  await priya.press('Control+Home');
  await priya.type('Every month: ');
  await priya.room.saved();
  await ines.look();
  await ines.click('button', 'Restore');
  await until('it is said', () => ines.page.evaluate(() => document.body.innerText.includes('The room is as in “Before the call”.')));
  await until('nothing differs', () => ines.page.evaluate(() => Boolean(document.querySelector('.comparison-same'))));
  await ines.click('link', 'Document');
  await ines.room.see('in five days.');
  await ines.room.saved();

  // Brought together, both have the words that were written meanwhile, and the version.
  await ines.visit(await priya.room.link());
  await ines.room.see('Every month: We close your books in five days.');
  await priya.visit(await ines.room.link({ right: 'Edit', whom: 'Priya Raman' }));
  await priya.room.see('Every month: We close your books in five days.');
  await openVersions(priya);
  await until('the other has it', async () => (await names(priya)).includes('Before the call'));
  await priya.click('button', /^Before the call/);
  await untilEqual('what she wrote', async () => (await compared(priya)).join(' '), '+Every month:');
  await priya.resize({ width: 360, height: 740 });
  assert.deepEqual([...await axeFindings(priya, 'versions by thumb'), ...await whatSticksOut(priya, 'versions by thumb')], []);
});
