// Both sides say something about words of the text: the words keep their mark, the thread goes on, is settled, and is
// opened again; also where one was away meanwhile.

import assert from 'node:assert/strict';

import { axeFindings, whatSticksOut } from '../harness/axe.mjs';
import { journey } from '../harness/journey.mjs';
import { pdf } from '../harness/pages.mjs';
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

/** Selects words of a text that is only read, as a hand does: once more where the page moved meanwhile. */
async function selectWords(tab, words) {
  await until(`"${words}" is selected`, async () => {
    await drawOver(tab, words);
    return (await tab.page.evaluate(() => String(document.getSelection()))).trim() === words;
  });
}

async function drawOver(tab, words) {
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

  // What her team says among itself stands with the rest, and goes to no buyer.
  await ines.click('radio', 'Open');
  await ines.click('button', 'Comment on what is selected, or on this section');
  await (await ines.find('switch', 'For our team only')).evaluate(it => it.click());
  await ines.fill('textbox', 'Your comment', 'Five percent at most');
  await (await ines.find('button', 'Comment', await ines.find('complementary', 'Comments'))).click();
  await until('it is there', async () => (await ines.page.$$eval('.thread', all => all.map(one => one.innerText))).some(it =>
    it.includes('Five percent at most') && it.includes('Only your team has this.')));
  await ines.room.saved();
  await passOn(ines, priya, { right: 'Comment', whom: 'Priya Raman' });
  await priya.look();
  if (!await priya.has('complementary', 'Comments')) await priya.click('button', 'Comments, 1 open');
  await seesThreads(priya, all.slice(0, 1));
  assert.ok(!(await priya.page.evaluate(() => document.body.innerText)).includes('Five percent'));

  // By thumb: the panel comes from below, and nothing sticks out.
  await priya.look();
  await priya.resize({ width: 360, height: 740 });
  await priya.find('complementary', 'Comments');
  assert.deepEqual([...await axeFindings(priya, 'comments by thumb'), ...await whatSticksOut(priya, 'comments by thumb')], []);
});

/** The names of the marks beside things that were commented on. */
const counted = tab => tab.page.$$eval('.thing-mark[data-count]', all => all.map(mark => mark.getAttribute('aria-label')));

/** Presses a mark as a thumb does, where the bar at the bottom does not cover it. */
async function pressMark(tab, name) {
  await until(`the mark "${name}" is pressed`, async () => {
    const mark = await tab.find('button', name);
    await mark.evaluate(mark => mark.scrollIntoView({ block: 'center' }));
    await mark.click();
    return true;
  });
  await untilEqual('one can write at once', () => tab.focused(), 'Your comment');
}

async function say(tab, words) {
  await tab.fill('textbox', 'Your comment', words);
  await (await tab.find('button', 'Comment', await tab.find('complementary', 'Comments'))).click();
}

/** Whether something that a thread leads to can be seen: in the window, and not below the panel. */
const isInView = (tab, selector) => tab.page.$eval(selector, element => {
  const { left, top, width, height } = element.getBoundingClientRect();
  const there = document.elementFromPoint(left + width / 2, top + height / 2);
  return Boolean(there && (element.contains(there) || there.contains(element)));
});

journey('a4_buyer_comments_on_a_line_and_a_step_by_thumb_and_mentions_the_seller', { aside: true }, async ({ person }) => {
  const ines = await person('Ines');
  await ines.visit();
  await ines.home.newRoom('Moving the archive');
  await ines.room.write('We move your archive.');
  await ines.press('Control+Alt+m');
  await ines.fill('textbox', 'Your name', 'Ines Okafor');
  await say(ines, 'Anything unclear?');
  await ines.click('link', 'Price');
  await (await ines.find('textbox', 'New line')).click();
  for (const line of ['Licences', 'Support', 'Training', 'Travel', 'Rollout']) {
    await ines.type(`${line}\n`);
    await ines.find('button', `Details: ${line}`);
  }
  await ines.click('link', 'Plan');
  await ines.room.setTarget('2099-03-02', 'Go live');
  await ines.click('button', 'Add a step');
  await ines.fill('textbox', 'What is to be done', 'Security review');
  await ines.click('button', 'Save the step');
  await ines.room.saved();

  // The buyer, on a phone, says something of a line that she cannot change, and names the seller.
  const priya = await person('Priya');
  await priya.resize({ width: 360, height: 740 });
  await passOn(ines, priya, { right: 'Comment', whom: 'Priya Raman' });
  await priya.click('link', 'Price');
  await pressMark(priya, 'Comment on Rollout');
  await priya.type('@ok');
  await priya.find('option', /Ines Okafor/);
  assert.deepEqual([...await axeFindings(priya, 'people to mention'), ...await whatSticksOut(priya, 'people to mention')], []);
  await priya.press('Enter');
  await priya.type('what is in it?');
  await priya.fill('textbox', 'Your name', 'Priya');
  await (await priya.find('button', 'Comment', await priya.find('complementary', 'Comments'))).click();
  await seesThreads(priya, ['On the whole section | Ines Okafor: Anything unclear?', 'Price · Rollout | Priya: @Ines Okafor what is in it?']);
  assert.deepEqual(await counted(priya), ['Rollout: 1 open comment']);
  await priya.click('button', 'Close comments');
  await priya.click('link', 'Plan');
  await pressMark(priya, 'Comment on Security review');
  await say(priya, 'We need two weeks.');
  await untilEqual('the step is marked', () => counted(priya), ['Security review: 1 open comment']);
  assert.deepEqual([...await axeFindings(priya, 'comments on the plan'), ...await whatSticksOut(priya, 'comments on the plan')], []);

  // Chosen in the panel, the line on the other place comes into view above the panel.
  await priya.click('article', 'Priya on Price · Rollout');
  await until('the line is seen', async () => await priya.page.$('.price-lines') && isInView(priya, '.thing-mark[data-count]'));
  await priya.room.saved();

  // The seller sees that she is meant, looks at that alone, goes there, answers and settles.
  await passOn(priya, ines);
  await ines.look();
  await ines.click('link', 'Document');
  await ines.click('button', 'Comments, 3 open, 1 mentions you');
  await (await ines.find('combobox', 'Whose comments are shown')).select('2');
  await seesThreads(ines, ['Price · Rollout | Priya: @Ines Okafor what is in it?']);
  await ines.page.focus('.threads .thread');
  await ines.press('Alt+ArrowDown');
  await until('the price is open at the line', async () => await ines.page.$('.price-grid') && isInView(ines, '.thing-mark[data-here]'));
  await ines.fill('textbox', 'Your answer', 'Two days on site.');
  await ines.click('button', 'Answer');
  await seesThreads(ines, ['Price · Rollout | Priya: @Ines Okafor what is in it? | Ines Okafor: Two days on site.']);
  assert.deepEqual(await axeFindings(ines, 'comments beside the price'), []);
  await ines.click('button', 'Settle');
  await seesThreads(ines, []);
  await ines.click('button', 'Show all');
  await seesThreads(ines, ['On the whole section | Ines Okafor: Anything unclear?', 'Plan · Security review | Priya: We need two weeks.']);
  assert.deepEqual(await counted(ines), []);

  // What a thread stood on goes, and the thread says what it was.
  await ines.click('article', 'Priya on Plan · Security review');
  await ines.click('button', 'Security review');
  await ines.click('button', 'Delete the step');
  await until('it is said that it is gone', () => ines.page.$('.thread-quote[data-gone]'));
  await ines.find('article', 'Priya on Plan · Security review');

  // A page of a file has comments as well: begun while one looks at it, and a thread opens the file there.
  await ines.click('link', 'Files');
  await until('files can be picked', () => ines.page.$('.files-page input[type=file]'));
  await (await ines.page.$('.files-page input[type=file]')).uploadFile(pdf('Offer.pdf', 3));
  await ines.click('button', 'Offer.pdf');
  await pressMark(ines, 'Comment on Offer.pdf, page 2');
  await say(ines, 'This page is the one to read.');
  await ines.find('article', 'Ines Okafor on Files · Offer.pdf, page 2');
  await (await ines.find('button', 'Close', await ines.find('dialog', 'Offer.pdf'))).click();
  await ines.gone('dialog', 'Offer.pdf');
  await ines.click('link', 'Document');
  // The thread is chosen already: its head leads there.
  await ines.click('button', 'Files · Offer.pdf, page 2');
  await ines.find('dialog', 'Offer.pdf');
  await until('the page is seen', () => isInView(ines, '.viewer-page > .thing-mark[data-here]').catch(() => false));
});
