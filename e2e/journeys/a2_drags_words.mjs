// Words are picked up with the mouse and let go elsewhere in the text.

import { journey } from '../harness/journey.mjs';
import { untilEqual } from '../harness/wait.mjs';

/** Runs in the page: the middle of some words in the text. */
function middleOf(text, words) {
  const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const at = walker.currentNode.data.indexOf(words);
    if (at < 0) continue;
    const range = document.createRange();
    range.setStart(walker.currentNode, at);
    range.setEnd(walker.currentNode, at + words.length);
    const { left, right, top, bottom } = range.getBoundingClientRect();
    return { x: (left + right) / 2, left, y: (top + bottom) / 2 };
  }
  throw new Error(`the text does not show ${words}`);
}

journey('a2_drags_words', { browsers: ['chromium'] }, async ({ person }) => {
  const anna = await person('Anna');
  await anna.visit();
  await anna.home.newRoom();
  await anna.room.write('three vans bring everything\nand people');
  const shows = lines => untilEqual('the text is so', () => anna.room.lines(), lines);
  const text = await anna.room.ready();
  const place = words => text.evaluate(middleOf, words);
  const { mouse } = anna.page;

  const from = await place('vans');
  await mouse.click(from.x, from.y, { count: 2 });
  const to = await place('people');
  await mouse.move(from.x, from.y);
  await mouse.down();
  await mouse.move(from.x + 20, from.y + 5, { steps: 3 });
  await mouse.move(to.left, to.y, { steps: 5 });
  await mouse.up();
  await shows(['text: three  bring everything', 'text: and vanspeople']);
  await anna.press('Control+z');
  await shows(['text: three vans bring everything', 'text: and people']);
});
