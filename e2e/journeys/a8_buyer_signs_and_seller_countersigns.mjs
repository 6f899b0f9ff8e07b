// The seller seals a room and goes on writing; the buyer signs by hand, on a phone, what was sealed; the seller countersigns;
// somebody else verifies the certificate without a network, and finds the one byte that was changed.

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';

import { axeFindings, whatSticksOut } from '../harness/axe.mjs';
import { journey } from '../harness/journey.mjs';
import { until, untilEqual } from '../harness/wait.mjs';

const sealedText = tab => tab.page.$eval('.sealed', sealed => sealed.innerText);
const drawn = tab => tab.page.$$eval('.pad path', paths => paths.at(-1).getAttribute('d'));

/** Draws a stroke on the field for signatures. */
async function draw(tab, stroke) {
  const field = await until('there is a field to draw on', () => tab.page.$('.pad svg'));
  await field.evaluate(field => field.scrollIntoView({ block: 'center' }));
  const box = await field.boundingBox();
  const at = ([x, y]) => [box.x + x * box.width, box.y + y * box.height];
  await tab.page.mouse.move(...at(stroke[0]));
  await tab.page.mouse.down();
  for (const point of stroke.slice(1)) await tab.page.mouse.move(...at(point), { steps: 3 });
  await tab.page.mouse.up();
}

/** Opens a file in the place where certificates are verified. */
async function verify(tab, file) {
  const picker = await until('a file can be chosen', () => tab.page.$('.verify input[type=file]'));
  await picker.uploadFile(file);
}

/** Scrolls something to where the bar at the foot of a phone does not cover it, and presses it. */
async function press(tab, role, name) {
  const found = await tab.find(role, name);
  await found.evaluate(element => element.scrollIntoView({ block: 'center' }));
  await found.click();
}

journey('a8_buyer_signs_and_seller_countersigns', {}, async ({ person, server }) => {
  const ines = await person('Ines');
  await ines.visit();
  await ines.home.newRoom('Month-end close');
  await ines.room.write('We close your books in five days.');
  await ines.click('link', 'Price');
  await (await ines.find('textbox', 'New line')).click();
  for (const words of ['Licences', '10']) {
    await ines.type(words);
    await ines.press('Tab');
  }
  await ines.type('125');
  await ines.press('Enter');
  await ines.click('link', 'Sign');
  await ines.click('button', 'Seal for signing');
  const dialog = await ines.find('dialog', 'Seal for signing');
  await (await ines.find('textbox', 'Name', dialog)).type('Dana Whitfield');
  assert.deepEqual(await axeFindings(ines, 'seal'), []);
  await (await ines.find('button', 'Seal for signing', dialog)).click();
  await ines.gone('dialog', 'Seal for signing');
  await ines.see('Waiting for Dana Whitfield to sign.');

  // She goes on writing.
  await ines.click('link', 'Document');
  await ines.room.write(' Or in four.');
  await ines.room.saved();
  const dana = await person('Dana');
  await dana.resize({ width: 360, height: 740 });
  await dana.visit(await ines.room.link({ right: 'Comment', whom: 'Dana Whitfield' }));
  await dana.click('link', 'Sign');
  await until('the sealed text is there', async () => (await sealedText(dana)).includes('We close your books in five days.'));
  assert.ok(!(await sealedText(dana)).includes('four'));
  await dana.see('The room was changed since.');
  await dana.click('radio', 'Draw');
  await draw(dana, [[0.2, 0.7], [0.3, 0.2], [0.4, 0.7], [0.5, 0.4]]);
  await draw(dana, [[0.55, 0.6], [0.8, 0.3]]);
  await draw(dana, [[0.1, 0.1], [0.2, 0.1]]);
  await press(dana, 'button', 'Undo stroke');
  const signature = await drawn(dana);
  assert.equal(signature.match(/M/g).length, 2);
  assert.deepEqual([...await axeFindings(dana, 'sign'), ...await whatSticksOut(dana, 'sign')], []);
  await dana.resize({ width: 740, height: 360 });
  await untilEqual('turning the phone keeps it', () => drawn(dana), signature);
  await dana.resize({ width: 360, height: 740 });
  await dana.fill('textbox', 'E-mail', 'dana@northwind.example');
  await dana.fill('textbox', 'Your name', 'Dana Whitfield');
  await press(dana, 'button', /^Accept for/);
  await dana.see('Tick the sentence above');
  await press(dana, 'checkbox', 'I have read what was sealed, I accept it, and I may sign for the buyer.');
  await press(dana, 'button', /^Accept for .1,250\.00 in the first year$/);
  await dana.see('Saved here. The seller does not have it yet.');
  await press(dana, 'button', 'Send it to the seller');
  await press(dana, 'button', 'Copy link');
  await press(dana, 'button', 'Done');
  await dana.see('Sent. The seller has not said yet that it came.');
  const reply = await dana.room.link();

  await ines.visit(reply);
  await ines.see('1 act of signing');
  await ines.click('link', 'Overview');
  await ines.see('Signed by the buyer. Countersign to make it binding.');
  await ines.click('link', 'Countersign');
  await ines.fill('textbox', 'Your name', 'Ines Okafor');
  await ines.click('checkbox', 'I sign for the seller what was sealed, exactly as it is above.');
  await ines.click('button', 'Countersign');
  await ines.find('region', 'Agreed');
  assert.deepEqual(await axeFindings(ines, 'agreed'), []);
  const file = await ines.device.downloaded(() => ines.click('button', 'Save the certificate'));
  assert.match(file, /Month-end close\.handsel-certificate$/);
  await dana.visit(await ines.room.link({ right: 'Read' }));
  await dana.click('link', 'Sign');
  await dana.find('region', 'Agreed');

  const vera = await person('Vera');
  await vera.visit();
  await vera.keptForOffline();
  await server.stop();
  await vera.click('link', 'Verify a certificate');
  await verify(vera, file);
  await vera.see('This certificate holds');
  await vera.see('Dana Whitfield accepted exactly this.');
  assert.ok((await sealedText(vera)).includes('We close your books in five days.'));
  assert.deepEqual([...await axeFindings(vera, 'certificate')], []);
  const bytes = readFileSync(file);
  bytes[bytes.indexOf('five days')] ^= 1;
  writeFileSync(file, bytes);
  await verify(vera, file);
  await vera.see('This certificate was changed');
  await vera.see('The text of a section.');
});
