// Hebrew and Arabic beside English: each line begins on the side of its own words, and what is typed stays where it was
// typed.

import { journey } from '../harness/journey.mjs';
import { untilEqual } from '../harness/wait.mjs';

/** Runs in the page: the side of its line on which each line's words begin. */
function sides(text) {
  return [...text.children].map(line => {
    const range = document.createRange();
    range.selectNodeContents(line);
    const [words, box] = [range.getBoundingClientRect(), line.getBoundingClientRect()];
    return words.left - box.left < box.right - words.right ? 'left' : 'right';
  });
}

journey('a2_right_to_left', {}, async ({ person }) => {
  const anna = await person('Anna');
  await anna.visit();
  await anna.home.newRoom();
  const shows = lines => untilEqual('the text is so', () => anna.room.lines(), lines);

  await anna.room.write('We meet at ten.\nשלום עולם\nab שלום cd\nمرحبا 10');
  await shows(['text: We meet at ten.', 'text: שלום עולם', 'text: ab שלום cd', 'text: مرحبا 10']);
  const text = await anna.room.ready();
  await untilEqual('lines begin on their own sides', () => text.evaluate(sides), ['left', 'right', 'left', 'right']);

  // Home is where the line's first word begins; Backspace and Delete go by reading order.
  await anna.press('Home');
  await anna.type('א');
  await anna.press('End', 'Backspace', 'Backspace', 'Backspace');
  await shows(['text: We meet at ten.', 'text: שלום עולם', 'text: ab שלום cd', 'text: אمرحبا']);
  await anna.press('Home', 'Delete', 'ArrowUp', 'Home', 'Delete', 'Delete', 'Delete');
  await shows(['text: We meet at ten.', 'text: שלום עולם', 'text: שלום cd', 'text: مرحبا']);
  await untilEqual('the line changed sides', () => text.evaluate(sides), ['left', 'right', 'right', 'right']);

  await anna.room.saved();
  await anna.reload();
  await shows(['text: We meet at ten.', 'text: שלום עולם', 'text: שלום cd', 'text: مرحبا']);
});
