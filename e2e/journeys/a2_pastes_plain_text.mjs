// Text copied elsewhere is pasted: plain as it is, line by line; with Ctrl+Shift+V without its looks.

import { journey } from '../harness/journey.mjs';
import { untilEqual } from '../harness/wait.mjs';

journey('a2_pastes_plain_text', {}, async ({ person }) => {
  const anna = await person('Anna');
  await anna.visit();
  await anna.home.newRoom();
  const shows = lines => untilEqual('the text is so', () => anna.room.lines(), lines);

  await anna.device.copy('Dear Ms Okafor,\nthree vans <b>& a crane</b>,\n\ttwo days.');
  await anna.look();
  await anna.room.write('() ');
  await anna.press('ArrowLeft', 'ArrowLeft');
  await anna.press('Control+v');
  await shows(['text: (Dear Ms Okafor,', 'text: three vans <b>& a crane</b>,', 'text: \ttwo days.) ']);

  // The caret stands behind what was pasted, and one step takes all of it back.
  await anna.type('!');
  await shows(['text: (Dear Ms Okafor,', 'text: three vans <b>& a crane</b>,', 'text: \ttwo days.!) ']);
  await anna.press('Control+z', 'Control+z');
  await shows(['text: () ']);
});

journey('a2_pastes_rich_text_as_plain', { aside: true }, async ({ person }) => {
  const anna = await person('Anna');
  await anna.visit();
  await anna.home.newRoom();
  await anna.device.copyRich('<p>Three <b>vans</b></p><p>two days</p>');
  await anna.look();
  await anna.room.focusEnd();
  await anna.press('Control+Shift+v');
  await anna.room.see('two days');
  await untilEqual('no word is bold', async () => (await anna.room.lines()).filter(line => line.includes('<')), []);
});
