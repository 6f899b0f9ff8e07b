// Undo and redo give back text, marks and the caret's place, by keys and by the toolbar.

import { journey } from '../harness/journey.mjs';
import { untilEqual } from '../harness/wait.mjs';

journey('a2_undo_and_redo', {}, async ({ person }) => {
  const anna = await person('Anna');
  await anna.visit();
  await anna.home.newRoom();
  const shows = lines => untilEqual('the text is so', () => anna.room.lines(), lines);

  await anna.room.write('We bring three vans.');
  await anna.press('Control+Shift+Home', 'Control+b');
  await shows(['text: <strong>We bring three vans.</strong>']);

  await anna.press('Control+z');
  await shows(['text: We bring three vans.']);
  await anna.press('Control+Shift+z');
  await shows(['text: <strong>We bring three vans.</strong>']);
  await anna.press('Control+z');
  await shows(['text: We bring three vans.']);

  // What is typed over a selection comes back by one step, and the caret with it.
  await anna.press('Control+End', 'Control+Shift+ArrowLeft');
  await anna.press('Backspace');
  await anna.press('Enter');
  await anna.room.format('Undo');
  await anna.room.format('Undo');
  await shows(['text: We bring three vans.']);
  await anna.press('End');
  await anna.type(' Two days.');
  await shows(['text: We bring three vans. Two days.']);

  await anna.press('Control+z');
  await shows(['text: We bring three vans.']);
  await anna.room.format('Redo');
  await shows(['text: We bring three vans. Two days.']);

  // Everything can be taken back, and no more than that; then all of it comes again.
  for (let step = 0; step < 12; step += 1) await anna.press('Control+z');
  await shows(['text: ']);
  for (let step = 0; step < 12; step += 1) await anna.press('Control+y');
  await shows(['text: We bring three vans. Two days.']);

  // What was there when the room was opened is nobody's last step.
  await anna.room.saved();
  await anna.reload();
  await anna.room.focusEnd();
  await anna.press('Control+z');
  await shows(['text: We bring three vans. Two days.']);
});
