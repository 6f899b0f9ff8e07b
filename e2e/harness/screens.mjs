// A walk through every screen and dialog there is.

import { cutLink } from './forge.mjs';
import { insertTable } from './table.mjs';

/** Walks from an empty home to a bad link and calls `look` with the name of each screen on the way. */
export async function screens(tab, proposal, look) {
  const { home, room } = tab;
  await tab.visit();
  await home.ready();
  await look('home-empty');

  await home.newRoom();
  await look('room-empty');
  await room.rename('Moving the archive');
  await room.write('# Our offer\nWe bring **three vans**.\n- Packing\nMoving');
  await room.saved();
  await look('room-short');

  await room.openKinds();
  await look('room-kind-menu');
  await tab.press('Escape');

  await tab.click('button', 'More');
  await tab.find('menuitem', 'Print');
  await look('room-menu');
  await tab.press('Escape');

  await room.focusEnd();
  await insertTable(tab);
  await tab.type('Step');
  await tab.press('Tab');
  await tab.type('Weeks');
  await tab.press('Tab', 'Tab');
  await tab.type('Packing');
  await look('room-table');
  await tab.click('button', 'Column');
  await tab.find('menuitem', 'Delete column');
  await look('room-table-menu');
  await tab.press('Escape');
  await tab.choose('Table', 'Delete table');

  await room.focusEnd();
  await tab.press('Control+k');
  await tab.find('dialog', 'Link');
  await look('link-dialog');
  await tab.press('Escape');
  await tab.gone('dialog', 'Link');

  await room.focusEnd();
  await tab.press('Control+h');
  await tab.type('v');
  await look('room-find');
  await tab.press('Escape');

  await room.focusEnd();
  await tab.type(' for {{account.name}}');
  await tab.choose('More', 'Variables');
  await tab.find('dialog', 'Variables');
  await look('variables-dialog');
  await tab.press('Escape');
  await tab.gone('dialog', 'Variables');

  await tab.click('button', 'Share');
  await tab.find('button', 'Make the link');
  await look('share-terms');
  await tab.press('Escape');
  await tab.gone('dialog', 'Share this room');

  const { link } = await room.share();
  await look('share-dialog');
  await room.done();
  await room.allRooms();

  await home.open(proposal.file);
  await room.saved();
  await look('room-proposal');
  await room.allRooms();
  await look('home-rooms');

  await tab.click('button', 'More for Moving the archive');
  await tab.find('menuitem', 'Delete');
  await look('home-menu');
  await tab.press('Escape');
  await home.act('Moving the archive', 'Rename');
  await tab.find('dialog', 'Rename room');
  await look('rename-dialog');
  await tab.click('button', 'Cancel');
  await tab.gone('dialog', 'Rename room');
  await home.act('Moving the archive', 'Delete');
  await tab.find('button', 'Undo');
  await look('home-toast');

  await tab.visit(cutLink(link));
  await tab.see('This link cannot be opened');
  await look('bad-link');
}
