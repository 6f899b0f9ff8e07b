// Chinese is composed with an input method: half-typed words stay in the tab, whole ones are text like any other.

import { journey } from '../harness/journey.mjs';
import { untilEqual } from '../harness/wait.mjs';

/** Composes as Pinyin input does, and takes the candidate. */
async function compose(session, steps, candidate) {
  for (const text of steps) {
    await session.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', windowsVirtualKeyCode: 229, key: 'Process' });
    await session.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length });
  }
  await session.send('Input.insertText', { text: candidate });
}

journey('a2_composes_chinese', { browsers: ['chromium'] }, async ({ person }) => {
  const anna = await person('Anna');
  await anna.visit();
  await anna.home.newRoom();
  const session = await anna.page.createCDPSession();
  const shows = lines => untilEqual('the text is so', () => anna.room.lines(), lines);

  await anna.room.focusEnd();
  await compose(session, ['n', 'ni', 'ni h', 'ni hao'], '你好');
  await shows(['text: 你好']);
  await anna.type(', Ms ');
  await compose(session, ['w', 'wang'], '王');
  await shows(['text: 你好, Ms 王']);

  // In the middle of a bold word, the composed word is bold too.
  await anna.press('Control+Shift+Home', 'Control+b', 'Control+Home', 'ArrowRight');
  await compose(session, ['m', 'men'], '们');
  await shows(['text: <strong>你们好, Ms 王</strong>']);

  // A composition given up leaves nothing.
  await session.send('Input.imeSetComposition', { text: 'x', selectionStart: 1, selectionEnd: 1 });
  await session.send('Input.imeSetComposition', { text: '', selectionStart: 0, selectionEnd: 0 });
  await shows(['text: <strong>你们好, Ms 王</strong>']);

  await anna.press('Control+z');
  await shows(['text: <strong>你好, Ms 王</strong>']);
  await anna.press('Control+Shift+z');
  await anna.room.saved();
  await anna.reload();
  await shows(['text: <strong>你们好, Ms 王</strong>']);
});

journey('a2_composes_chinese_while_the_other_window_types', { browsers: ['chromium'] }, async ({ person }) => {
  const first = await person('Anna');
  await first.visit();
  await first.home.newRoom();
  await first.room.write('end');
  await first.room.saved();
  const second = await first.newWindow();
  await second.visit(first.address());
  await second.room.see('end');
  // Words come in from the other window while this one composes in the same line.
  await second.page.focus('.prose');
  await second.press('Control+End');

  const session = await first.page.createCDPSession();
  await first.page.focus('.prose');
  await first.press('Control+Home');
  for (const text of ['n', 'ni']) {
    await session.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length });
  }
  await second.type('X');
  await untilEqual('half a word is nobody else\'s business', () => second.room.lines(), ['text: endX']);
  await session.send('Input.imeSetComposition', { text: 'ni h', selectionStart: 4, selectionEnd: 4 });
  await session.send('Input.insertText', { text: '你' });
  await untilEqual('the first window has both', () => first.room.lines(), ['text: 你endX']);
  await untilEqual('the second window has both', () => second.room.lines(), ['text: 你endX']);
});
