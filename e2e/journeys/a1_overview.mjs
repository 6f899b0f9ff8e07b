// The first page greets the buyer, says what is next and who is who, and, on a later visit, what changed meanwhile.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';

import { axeFindings, whatSticksOut } from '../harness/axe.mjs';
import { journey } from '../harness/journey.mjs';
import { print } from '../harness/paper.mjs';
import { noImage, png } from '../harness/pictures.mjs';
import { until, untilEqual } from '../harness/wait.mjs';

/** Pastes a file, as a clipboard with a picture in it does. */
async function pasteFile(field, file) {
  await field.evaluate((field, name, base64) => {
    const clipboardData = new DataTransfer();
    clipboardData.items.add(new File([Uint8Array.from(atob(base64), letter => letter.charCodeAt(0))], name));
    const paste = new ClipboardEvent('paste', { bubbles: true, cancelable: true });
    // Firefox hands out no files of an event that is made with them.
    Object.defineProperty(paste, 'clipboardData', { value: clipboardData });
    field.dispatchEvent(paste);
  }, path.basename(file), readFileSync(file).toString('base64'));
}

const shows = (tab, ...words) => until(`the page shows ${words}`, () => tab.page.evaluate(words => {
  const page = document.querySelector('main.overview')?.innerText ?? '';
  return words.every(words => page.includes(words));
}, words));

journey('a1_buyer_is_greeted_and_later_hears_what_changed', {}, async ({ person }) => {
  const ines = await person('Ines');
  await ines.visit();
  await ines.home.newRoom('Month-end close');
  await ines.room.write('# Our offer\nWe close your books in five days.');
  await ines.room.saved();
  await ines.click('link', 'Overview');
  await shows(ines, 'Month-end close', 'There is no plan yet.', 'Our offer');

  await ines.click('button', 'Edit this page');
  await ines.fill('textbox', 'Your company', 'Quillhaven');
  await ines.fill('textbox', 'Their company', 'Penhale Osgood');
  await ines.fill('textbox', 'Greeting', 'Fourteen offices, one way of working.');
  await ines.click('radio', 'Green');
  await ines.click('button', 'Keep');
  await shows(ines, 'Quillhaven for Penhale Osgood', 'Fourteen offices, one way of working.');
  const green = await ines.page.$eval('.greeting', greeting => getComputedStyle(greeting).backgroundColor);

  // Somebody who is named, and somebody who is not named yet.
  await ines.click('button', 'Add somebody');
  await ines.click('button', 'Keep');
  await until('what is missing is said', () => ines.page.evaluate(() => document.querySelector('dialog:modal').innerText.includes('Say a name or a role.')));
  await ines.fill('textbox', 'Role', 'Legal reviewer');
  await ines.click('button', 'Keep');
  await shows(ines, 'Legal reviewer', 'not named yet');
  await ines.click('button', 'Add somebody');
  await ines.click('radio', 'Seller');
  await ines.fill('textbox', 'Name', 'Ines Okafor');
  await ines.fill('textbox', 'Phone', '+44 20 7946 0184');
  await ines.click('button', 'Keep');
  await shows(ines, 'Ines Okafor', '+44 20 7946 0184');
  await ines.room.saved();

  // The buyer sees the same in the same colour, and changes nothing of it.
  const priya = await person('Priya');
  await priya.visit(await ines.room.link({ right: 'Comment', whom: 'Priya' }));
  await shows(priya, 'Fourteen offices, one way of working.', 'Ines Okafor', 'Legal reviewer', 'Our offer');
  assert.equal(await priya.page.$eval('.greeting', greeting => getComputedStyle(greeting).backgroundColor), green);
  assert.deepEqual(await priya.all('button', 'Edit this page'), []);
  assert.deepEqual(await axeFindings(priya, 'overview'), []);
  await priya.look();
  await priya.resize({ width: 360, height: 740 });
  assert.deepEqual([...await axeFindings(priya, 'overview by thumb'), ...await whatSticksOut(priya, 'overview by thumb')], []);
  await priya.resize({ width: 1200, height: 800 });
  await priya.room.allRooms();

  // Later, with a newer copy.
  await ines.look();
  await ines.click('link', 'Document');
  await ines.room.write(' And no later.');
  await ines.room.saved();
  await priya.visit(await ines.room.link({ right: 'Comment', whom: 'Priya' }));
  await priya.click('link', 'Overview');
  await shows(priya, 'Since your last visit', '“Our offer” was changed');
});

journey('a1_logo_is_chosen_travels_and_is_taken_away', { aside: true }, async ({ person }) => {
  const logos = tab => tab.page.$$eval('.greeting .logo, .room-bar .logo', all => all.map(one => one.complete && one.naturalWidth));
  const ines = await person('Ines');
  await ines.visit();
  await ines.home.newRoom('Month-end close');
  await ines.room.saved();
  await ines.click('link', 'Overview');
  await ines.click('button', 'Edit this page');
  const dialog = await ines.find('dialog', 'First page');
  const pick = async file => (await dialog.$('input[type=file]')).uploadFile(file);
  await pick(noImage('logo.png'));
  await until('what is no image is told', () => dialog.evaluate(it => it.innerText.includes('logo.png')));
  // What is too wide is drawn smaller.
  await pick(png('wide.png', { width: 2_000, height: 400, colour: [20, 90, 110] }));
  await until('it is shown', () => dialog.$eval('.logo', one => one.complete && one.naturalWidth > 0));
  await ines.fill('textbox', 'What the logo shows', 'Quillhaven');
  await ines.click('button', 'Keep');
  await ines.gone('dialog', 'First page');
  await untilEqual('it is on the page and in the bar', () => logos(ines), [512, 512]);
  assert.equal(await ines.page.$eval('.greeting .logo', one => one.alt), 'Quillhaven');
  if (ines.device.engine === 'chromium') {
    const { pdf } = await print(ines);
    assert.match(pdf.toString('latin1'), /\/Subtype \/Image\b[^>]*\/Width 512\b|\/Width 512\b[^>]*\/Subtype \/Image\b/, 'it is printed');
  }
  await ines.click('button', 'Edit this page');
  const again = await ines.find('dialog', 'First page');
  const isShown = width => until(`one of ${width} pixels is shown`, () => again.$eval('.logo', (one, width) => one.naturalWidth === width, width));
  const field = await again.$('.logo-field');
  await field.evaluate(field => field.scrollIntoView({ block: 'center' }));
  const { x, y, width, height } = await field.boundingBox();
  await ines.drop(png('dropped.png', { width: 120, height: 30, colour: [40, 40, 200] }), { x: x + width / 2, y: y + height / 2 });
  await isShown(120);
  await pasteFile(field, png('small.png', { width: 90, height: 30, colour: [200, 40, 40] }));
  await isShown(90);
  await ines.click('button', 'Keep');
  await untilEqual('it was replaced', () => logos(ines), [90, 90]);
  await ines.room.saved();

  const priya = await person('Priya');
  await priya.visit(await ines.room.link({ right: 'Read', whom: 'Priya' }));
  await priya.click('link', 'Overview');
  await untilEqual('the buyer sees it', () => logos(priya), [90, 90]);
  await priya.resize({ width: 360, height: 740 });
  assert.deepEqual([...await axeFindings(priya, 'logo by thumb'), ...await whatSticksOut(priya, 'logo by thumb')], []);

  await ines.look();
  await ines.click('button', 'Edit this page');
  await ines.click('button', 'Take the logo away');
  await ines.click('button', 'Keep');
  await untilEqual('it is gone', () => logos(ines), []);
});
