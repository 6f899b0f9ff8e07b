// Both sides say something about words of the text: the words keep their mark, the thread goes on, is settled, and is
// opened again; also where one was away meanwhile.

import assert from 'node:assert/strict';

import { axeFindings, whatSticksOut } from '../harness/axe.mjs';
import { journey } from '../harness/journey.mjs';
import { until, untilEqual } from '../harness/wait.mjs';

/** The threads that a tab shows: each as the words it is about and what was said. */
const threads = tab => tab.page.$$eval('.threads .thread', all => all.map(thread => [
  thread.querySelector('.thread-quote').innerText,
  ...[...thread.querySelectorAll('.remark')].map(remark =>
    `${remark.querySelector('strong').innerText}: ${remark.querySelector('.remark-text').innerText}`),
].join(' | ')));

const seesThreads = (tab, expected) => untilEqual('the threads', () => threads(tab), expected);

/** The words that are marked in the text. */
const marked = tab => tab.page.evaluate(() => ['comment', 'comment-here'].flatMap(name =>
  [...CSS.highlights.get(name) ?? []].map(range => range.toString())));

/** Selects words of a text that is only read, as a hand does. */
async function selectWords(tab, words) {
  await tab.look();
  const box = await tab.page.evaluate(words => {
    const walk = document.createTreeWalker(document.querySelector('.prose'), NodeFilter.SHOW_TEXT);
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
      const at = node.data.indexOf(words);
      if (at < 0) continue;
      const range = document.createRange();
      range.setStart(node, at);
      range.setEnd(node, at + words.length);
      const { left, right, top, bottom } = range.getBoundingClientRect();
      return { left, right, y: (top + bottom) / 2 };
    }
    throw new Error(`no "${words}"`);
  }, words);
  await tab.page.mouse.move(box.left + 1, box.y);
  await tab.page.mouse.down();
  await tab.page.mouse.move(box.right - 1, box.y, { steps: 4 });
  await tab.page.mouse.up();
}

async function passOn(from, to, terms) {
  await to.visit(await from.room.link(terms));
}

journey('a4_buyer_comments_on_words_and_the_seller_answers', {}, async ({ person }) => {
  const ines = await person('Ines');
  await ines.visit();
  await ines.home.newRoom('Month-end close');
  await ines.room.write('We close your books in five days.');
  await ines.room.saved();
  const priya = await person('Priya');
  await passOn(ines, priya, { right: 'Comment', whom: 'Priya Raman' });
  await priya.find('group', 'Text of the proposal');

  // The buyer selects words that she cannot change, and says something about them.
  await selectWords(priya, 'five days');
  await priya.click('button', 'Comment');
  await priya.fill('textbox', 'Your comment', 'Working days?');
  const panel = await priya.find('complementary', 'Comments');
  await (await priya.find('button', 'Comment', panel)).click();
  await until('her name is asked for', () => panel.evaluate(panel => panel.innerText.includes('Say who you are')));
  await priya.fill('textbox', 'Your name', 'Priya');
  await (await priya.find('button', 'Comment', panel)).click();
  await seesThreads(priya, ['five days | Priya: Working days?']);
  assert.deepEqual(await marked(priya), ['five days']);
  await priya.room.saved();

  // The seller gets it, writes around the words, and answers.
  await passOn(priya, ines);
  await until('what came is said', () => ines.page.evaluate(() => document.body.innerText.includes('The link brought 1 comment by somebody else.')));
  await ines.look();
  await ines.click('button', 'Comments, 1 open');
  await seesThreads(ines, ['five days | Priya: Working days?']);
  await ines.room.ready();
  await ines.room.focusEnd();
  await ines.press('Control+Home');
  await ines.type('Every month: ');
  await untilEqual('the mark goes along', () => marked(ines), ['five days']);
  await ines.click('article', 'Priya on “five days”');
  await ines.fill('textbox', 'Your answer', 'Yes, working days.');
  await ines.fill('textbox', 'Your name', 'Ines Okafor');
  await ines.click('button', 'Answer');
  const both = ['five days | Priya: Working days? | Ines Okafor: Yes, working days.'];
  await seesThreads(ines, both);
  await ines.room.saved();

  // Meanwhile the buyer, who has not seen it, says something about the whole section.
  await priya.look();
  await priya.click('button', 'Comment on what is selected, or on this section');
  await priya.fill('textbox', 'Your comment', 'Reads well.');
  await (await priya.find('button', 'Comment', panel)).click();
  await priya.room.saved();
  await passOn(ines, priya, { right: 'Comment', whom: 'Priya Raman' });
  await passOn(priya, ines);
  const all = ['On the whole section | Priya: Reads well.', ...both];
  for (const tab of [priya, ines]) {
    await tab.look();
    if (!await tab.has('complementary', 'Comments')) await tab.click('button', 'Comments, 2 open');
    await seesThreads(tab, all);
  }
  await ines.find('complementary', 'Comments');
  assert.deepEqual(await axeFindings(ines, 'comments'), []);

  // Settled, the words lose their mark; an answer opens it again. Without its words a thread keeps them.
  await ines.click('article', 'Priya on “five days”');
  await ines.click('button', 'Settle');
  await seesThreads(ines, all.slice(0, 1));
  assert.deepEqual(await marked(ines), []);
  await ines.click('radio', 'Settled');
  await seesThreads(ines, both);
  await (await ines.room.ready()).focus();
  await ines.press('Control+a', 'Delete');
  await until('the words are gone', () => ines.page.$('.thread-quote[data-gone]'));
  await seesThreads(ines, both);

  // By thumb: the panel comes from below, and nothing sticks out.
  await priya.look();
  await priya.resize({ width: 360, height: 740 });
  await priya.find('complementary', 'Comments');
  assert.deepEqual([...await axeFindings(priya, 'comments by thumb'), ...await whatSticksOut(priya, 'comments by thumb')], []);
});
