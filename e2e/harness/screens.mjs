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

  await tab.click('link', 'Overview');
  await tab.click('button', 'Edit this page');
  await tab.find('dialog', 'First page');
  await look('overview-dialog');
  await tab.fill('textbox', 'Greeting', 'Fourteen offices, one way of working.');
  await tab.click('button', 'Keep');
  await tab.click('button', 'Add somebody');
  await tab.fill('textbox', 'Role', 'Legal reviewer');
  await look('overview-person');
  await tab.click('button', 'Keep');
  await tab.find('button', 'Change Legal reviewer');
  await look('overview');
  await tab.click('link', 'Document');

  await room.focusEnd();
  await tab.press('Shift+Home', 'Control+Alt+m');
  await tab.fill('textbox', 'Your comment', 'Is that so?');
  await look('room-comment');
  await tab.fill('textbox', 'Your name', 'Anna');
  await tab.press('Control+Enter');
  await tab.find('article', /^Anna on/);
  await look('room-comments');
  await tab.click('button', 'Close comments');

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

  await tab.click('link', 'Price');
  await look('price-empty');
  await (await tab.find('textbox', 'New line')).click();
  for (const [name, quantity, price] of [['Vans', '3', '420.00'], ['Packing', '12', '65.50']]) {
    await tab.type(name);
    await tab.press('Tab');
    await tab.type(quantity);
    await tab.press('Tab');
    await tab.type(price);
    await tab.press('Enter');
    await tab.find('textbox', `Each: ${name}`);
    await (await tab.find('textbox', 'New line')).click();
  }
  await look('price-edit');
  await tab.click('button', 'Details: Packing');
  const details = await tab.find('dialog', 'Packing');
  await look('price-details');
  await details.$eval('select', select => { select.value = 'in'; select.dispatchEvent(new Event('change')); });
  await tab.fill('textbox', 'They may choose from', '4');
  await tab.fill('textbox', 'to', '20');
  await tab.click('button', 'Done', details);
  await tab.gone('dialog', 'Packing');
  await (await tab.find('radio', 'As the buyer sees it')).evaluate(radio => radio.click());
  await tab.find('switch', 'Packing');
  await look('price-buyer');
  await tab.click('link', 'Document');

  await tab.choose('More', 'Live connection');
  const live = await tab.find('dialog', 'Live connection');
  await live.$$eval('details', all => all.forEach(one => { one.open = true; }));
  await look('live-dialog');
  await tab.press('Escape');
  await tab.gone('dialog', 'Live connection');

  await tab.click('button', 'Share');
  await tab.find('dialog', 'Share this room');
  await tab.find('button', 'Make the link');
  await look('share-terms');
  await tab.press('Escape');
  await tab.gone('dialog', 'Share this room');

  const { link } = await room.share();
  await look('share-dialog');
  await tab.click('button', 'Choose a place');
  await (await tab.find('radio', 'At another address')).evaluate(radio => radio.click());
  await tab.find('textbox', 'Address to send to');
  await look('share-kept');
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
