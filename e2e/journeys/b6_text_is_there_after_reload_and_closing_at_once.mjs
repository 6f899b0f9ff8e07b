// Nothing that was typed is lost, however the page is left and however soon.

import { journey } from '../harness/journey.mjs';
import { untilEqual } from '../harness/wait.mjs';

journey('b6_text_is_there_after_reload_and_closing_at_once', {}, async ({ person }) => {
  let anna = await person('Anna');
  await anna.visit();
  await anna.home.newRoom('Moving the archive');
  await anna.room.write('We bring three vans.');
  await anna.room.saved();
  const address = anna.address();
  const shows = (when, lines) => untilEqual(`the text is whole ${when}`, () => anna.room.lines(), lines);

  await anna.room.write(' Two days.');
  await anna.reload();
  await shows('after a reload at once', ['text: We bring three vans. Two days.']);

  const other = await anna.newTab();
  await anna.look();
  await anna.room.write('\nOne crane.');
  await anna.close();
  anna = other;
  await anna.visit(address);
  await shows('after closing at once', ['text: We bring three vans. Two days.', 'text: One crane.']);

  await anna.room.write(' No cat.');
  await anna.visit(address);
  await shows('after leaving and coming again at once', ['text: We bring three vans. Two days.', 'text: One crane. No cat.']);

  await anna.room.write('\nThe end.');
  await anna.room.allRooms();
  await anna.home.enter('Moving the archive');
  await shows('after going to the list at once', ['text: We bring three vans. Two days.', 'text: One crane. No cat.', 'text: The end.']);

  await anna.room.write(' Really.');
  await anna.room.saved();
  await anna.device.restart();
  anna = await anna.newTab();
  await anna.visit(address);
  await shows('after the browser was started again', ['text: We bring three vans. Two days.', 'text: One crane. No cat.', 'text: The end. Really.']);
});
