// A buyer whose link lets her suggest proposes a replacement, an insertion and a deletion; the seller, who wrote meanwhile,
// sees whose they are, says yes and no, and both end with the same text.

import assert from 'node:assert/strict';

import { axeFindings, whatSticksOut } from '../harness/axe.mjs';
import { journey } from '../harness/journey.mjs';
import { until, untilEqual } from '../harness/wait.mjs';

/** The words that are shown as proposed and as struck out in the text. */
const shown = tab => tab.page.evaluate(() => ({
  ins: [...document.querySelectorAll('.prose ins')].map(it => it.textContent),
  del: [...document.querySelectorAll('.prose del')].map(it => it.textContent),
}));

const seesShown = (tab, ins, del) => untilEqual('what is proposed', () => shown(tab), { ins, del });

/** What the panel lists: words that go and words that come. */
const listed = tab => tab.page.$$eval('.threads .thread', all => all.map(it =>
  `${it.querySelector('strong').innerText}: -${it.querySelector('del')?.innerText ?? ''} +${it.querySelector('ins')?.innerText ?? ''}`));

/** Chooses a word by pressing it twice: once more where the page moved meanwhile. */
async function pressWord(tab, word) {
  await until(`"${word}" is chosen`, async () => {
    await pressTwice(tab, word);
    return (await tab.page.evaluate(() => String(document.getSelection()))).trim() === word;
  });
}

async function pressTwice(tab, word) {
  const at = await tab.page.evaluate(word => {
    const walk = document.createTreeWalker(document.querySelector('.prose'), NodeFilter.SHOW_TEXT);
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
      const start = node.data.indexOf(word);
      if (start < 0) continue;
      const range = document.createRange();
      range.setStart(node, start);
      range.setEnd(node, start + word.length);
      const { left, right, top, bottom } = range.getBoundingClientRect();
      return { x: (left + right) / 2, y: (top + bottom) / 2 };
    }
    throw new Error(`no "${word}"`);
  }, word);
  await tab.page.mouse.click(at.x, at.y, { count: 2 });
}

journey('a3_buyer_suggests_and_the_seller_decides', {}, async ({ person }) => {
  const ines = await person('Ines');
  await ines.visit();
  await ines.home.newRoom('Month-end close');
  await ines.room.write('We close your books in five days. Payment within 30 days.');
  await ines.room.saved();

  const priya = await person('Priya');
  await priya.visit(await ines.room.link({ right: 'Suggest changes', whom: 'Priya Raman' }));
  await priya.room.see('We close your books in five days. Payment within 30 days.');
  await priya.look();
  await pressWord(priya, 'five');
  await priya.type('three');
  await seesShown(priya, ['three'], ['five']);
  await pressWord(priya, 'within');
  await priya.press('Delete');
  await seesShown(priya, ['three'], ['five', 'within']);
  await priya.press('End');
  await priya.type(' Nte');
  await priya.press('Backspace', 'Backspace');
  await priya.type('et.');
  await seesShown(priya, ['three', ' Net.'], ['five', 'within']);
  await priya.press('Control+z');
  await until('the last step is taken back', async () => (await shown(priya)).ins.join() !== 'three, Net.');
  await priya.press('Control+Shift+z');
  await seesShown(priya, ['three', ' Net.'], ['five', 'within']);
  await priya.room.saved();
  const reply = await priya.room.link();

  // The seller writes before she has seen any of it.
  await ines.look();
  await ines.room.focusEnd();
  await ines.press('Control+Home');
  await ines.type('Believe us: ');
  await ines.room.saved();
  await ines.visit(reply);
  await ines.room.ready();
  await seesShown(ines, ['three', ' Net.'], ['five', 'within']);
  await ines.look();
  await ines.click('button', 'Suggestions, 3 open');
  const all = ['Priya Raman: -five +three', 'Priya Raman: -within +', 'Priya Raman: - + Net.'].map(it => it.replace('+ Net', '+Net'));
  await untilEqual('the list', async () => (await listed(ines)).map(it => it.replace('+ ', '+')), all);
  assert.deepEqual(await axeFindings(ines, 'suggestions'), []);

  // What waits keeps the room from being sealed, and the dialog leads to it.
  await ines.click('button', 'Close suggestions');
  await ines.click('link', 'Sign');
  await ines.click('button', 'Seal for signing');
  const sealing = await ines.find('dialog', 'Seal for signing');
  await until('it says how many wait', () => sealing.evaluate(it => it.innerText.includes('3 suggestions wait for a yes or no.')));
  await (await ines.find('button', 'Go to the first', sealing)).click();
  await untilEqual('the first is chosen, and has the keyboard', () => ines.page.evaluate(() => {
    const [chosen, ...more] = document.querySelectorAll('.threads .thread[data-chosen]');
    const words = document.querySelector('.prose ins')?.getBoundingClientRect();
    const isInSight = words && words.top > 0 && words.bottom < innerHeight;
    return chosen === document.activeElement && more.length === 0 && isInSight && chosen.getAttribute('aria-label');
  }), 'Priya Raman: “three” in place of “five”');

  // One is taken, one is not, and what is left is taken as well.
  const card = name => ines.find('article', name);
  await (await ines.find('button', 'Accept', await card('Priya Raman: “three” in place of “five”'))).click();
  await seesShown(ines, [' Net.'], ['within']);
  await (await ines.find('button', 'Decline', await card('Priya Raman: delete “within”'))).click();
  await seesShown(ines, [' Net.'], []);
  await (await ines.find('button', 'Accept', await card('Priya Raman: insert “ Net.”'))).click();
  await seesShown(ines, [], []);
  const text = 'Believe us: We close your books in three days. Payment within 30 days. Net.';
  await ines.room.see(text);
  await ines.room.saved();

  // She sees what became of it, and has the same text.
  await priya.visit(await ines.room.link({ right: 'Suggest changes', whom: 'Priya Raman' }));
  await priya.room.see(text);
  await seesShown(priya, [], []);
  await priya.look();
  await priya.click('button', 'Suggestions');
  await priya.click('radio', 'Decided');
  await until('all three are decided', async () => (await listed(priya)).length === 3);
  await priya.resize({ width: 360, height: 740 });
  assert.deepEqual([...await axeFindings(priya, 'suggestions by thumb'), ...await whatSticksOut(priya, 'suggestions by thumb')], []);
});
