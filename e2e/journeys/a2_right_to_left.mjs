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

/** Runs in the page: on which side of each line there is room for a marker before its words, in pixels. */
function margins(text) {
  return [...text.children].map(line => {
    const range = document.createRange();
    range.selectNodeContents(line);
    const [words, box] = [range.getBoundingClientRect(), line.getBoundingClientRect()];
    const [left, right] = [words.left - box.left, box.right - words.right];
    return left < right ? `left ${Math.round(left)}` : `right ${Math.round(right)}`;
  });
}

journey('a2_right_to_left', { aside: true }, async ({ person }) => {
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

  // A marker stands where its line begins, and a press on a box ticks it there.
  await anna.room.write('\n[] milk\nחלב');
  const shown = await anna.room.ready();
  const items = (await shown.$$('[data-list]')).slice(-2);
  await untilEqual('boxes stand before the words', () => shown.evaluate(margins).then(all => all.slice(-2)), ['left 26', 'right 26']);
  const box = await items[1].boundingBox();
  await anna.page.mouse.click(box.x + box.width - 10, box.y + box.height / 2);
  const lines = (await anna.room.lines()).slice(0, 4);
  await shows([...lines, 'unticked: milk', 'ticked: חלב']);
});
