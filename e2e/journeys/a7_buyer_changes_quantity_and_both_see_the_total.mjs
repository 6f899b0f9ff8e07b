// The owner makes a price from a spreadsheet, a buyer chooses, and both see the same total: at once, and merged later.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

import { axeFindings } from '../harness/axe.mjs';
import { journey } from '../harness/journey.mjs';
import { until, untilEqual } from '../harness/wait.mjs';
import { yWebsocketServer } from '../peers/servers.mjs';

const ROWS = [
  'What\tQuantity\tEach\tAmount',
  'Licences\t420\t168.00\t70,560.00',
  'Support\t1\t620.00\t600.00',
  'Total\t\t\t71,160.00',
  '',
].join('\r\n');

const figure = person => person.page.$eval('.price-figure', figure => figure.textContent);
const seesFigure = (person, amount) => untilEqual(`the first year is ${amount}`, () => figure(person), amount);
const isLive = person => until('it is live', () => person.page.evaluate(() => document.querySelector('.live-chip')?.innerText.includes('Live')));

/** Opens the details of a line, writes in them and closes them. */
async function describe(person, line, write) {
  await person.click('button', `Details: ${line}`);
  const dialog = await person.find('dialog', line);
  await write(dialog);
  await person.click('button', 'Done', dialog);
  await person.gone('dialog', line);
}

journey('a7_buyer_changes_quantity_and_both_see_the_total', {}, async ({ person }) => {
  const server = yWebsocketServer();
  await server.start();
  try {
    const also = [server.address];
    const anna = await person('Anna', { also });
    await anna.visit();
    await anna.home.newRoom('Moving the archive');
    await anna.click('link', 'Price');
    await anna.device.copy(ROWS);
    await anna.look();
    await (await anna.find('textbox', 'New line')).click();
    await anna.press('Control+v');
    await anna.see('“Support” came with the amount 600.00, but quantity and price make 620.00.');
    await anna.see('The pasted total is 71,160.00, but the lines come to 71,180.00.');
    await seesFigure(anna, '€71,180.00');

    await anna.type('Rollout');
    await anna.press('Tab');
    await anna.type('14');
    await anna.press('Tab');
    await anna.type('2400');
    await anna.press('Enter');
    await seesFigure(anna, '€104,780.00');
    await untilEqual('the keyboard is where the next line begins', () => anna.focused(), 'New line');
    await anna.press('ArrowUp', 'ArrowUp', 'Alt+ArrowUp');
    await untilEqual('the second line is the first', () => anna.focused(), 'What you get: Support');
    const names = () => anna.page.$$eval('[data-cell$="/0"]', cells => cells.map(cell => cell.value).slice(0, 3));
    assert.deepEqual(await names(), ['Support', 'Licences', 'Rollout']);

    await describe(anna, 'Licences', async () => {
      await anna.fill('textbox', 'They may choose from', '380');
      await anna.fill('textbox', 'to', '620');
    });
    await describe(anna, 'Support', async dialog => {
      await dialog.$eval('select', select => { select.value = 'out'; select.dispatchEvent(new Event('change')); });
    });
    await seesFigure(anna, '€104,160.00');
    await anna.room.saved();

    await anna.click('button', 'Enter costs…');
    const costs = await anna.find('dialog', 'What it costs you');
    await anna.fill('textbox', 'Licences', '100');
    await anna.click('button', 'Keep costs', costs);
    await anna.see('€62,160.00 (59.7%)');
    await anna.see('1 line has no cost yet and counts as free.');
    await anna.room.saved();

    await anna.room.meetOver({ relay: 'y-websocket', address: server.address });
    const link = await anna.room.link({ whom: 'Ben' });
    const ben = await person('Ben', { also });
    await ben.visit(link);
    await ben.room.ready();
    await ben.click('button', 'Connect');
    await isLive(ben);
    await ben.click('link', 'Price');
    await ben.look();
    await seesFigure(ben, '€104,160.00');
    assert.ok(!(await ben.page.evaluate(() => document.body.innerText)).includes('Margin'), 'it is not his to know');
    await (await ben.find('switch', 'Support')).evaluate(it => it.click());
    await seesFigure(ben, '€104,780.00');
    await seesFigure(anna, '€104,780.00');
    await anna.see('Ben changed “Support”');

    for (const one of [anna, ben]) one.device.console.expect(/WebSocket|can.t establish a connection|connection to .* was interrupted/i);
    await server.stop();
    await ben.click('button', 'More', await ben.find('group', 'How many: Licences'));
    await ben.see('€70,728.00');
    await anna.look();
    await anna.fill('textbox', 'Each: Rollout', '2,500');
    await anna.press('Enter');
    await seesFigure(anna, '€106,180.00');
    await seesFigure(ben, '€104,948.00');
    await server.start();
    await seesFigure(anna, '€106,348.00');
    await seesFigure(ben, '€106,348.00');

    // A draft is the team's until it is published.
    await anna.look();
    await anna.click('button', 'Prepare a draft');
    await anna.see('It is still the same as the price that buyers see.');
    await anna.fill('textbox', 'Each: Rollout', '2,000');
    await anna.press('Enter');
    await seesFigure(anna, '€99,348.00');
    await anna.see('Compared with the price that buyers see: 1 line changed.');
    assert.deepEqual(await axeFindings(anna, 'a draft of a price'), []);
    await (await anna.find('radio', 'As the buyer sees it')).evaluate(radio => radio.click());
    await seesFigure(anna, '€106,348.00');
    await anna.see('Your team has a draft of the price.');
    await (await anna.find('radio', 'Edit')).evaluate(radio => radio.click());
    await seesFigure(anna, '€99,348.00');
    await anna.room.saved();
    assert.equal(await figure(ben), '€106,348.00');
    await anna.click('button', 'Discard the draft');
    await seesFigure(anna, '€106,348.00');
    await anna.click('button', 'Undo');
    await seesFigure(anna, '€99,348.00');
    await anna.click('button', 'Publish the price');
    await seesFigure(ben, '€99,348.00');
    await anna.see('The price is published.');
    await until('the draft is over', async () => (await anna.all('button', 'Publish the price')).length === 0);
  } finally {
    await server.stop();
  }
});

journey('a7_tiers_are_told_and_asked_about_and_columns_hidden', { aside: true }, async ({ person }) => {
  const anna = await person('Anna');
  await anna.visit();
  await anna.home.newRoom('Licences by number');
  await anna.click('link', 'Price');
  await (await anna.find('textbox', 'New line')).click();
  for (const cell of ['Licences', '20', '10']) {
    await anna.type(cell);
    await anna.press('Tab');
  }
  await seesFigure(anna, '€200.00');
  await describe(anna, 'Licences', async dialog => {
    for (const [place, [from, each]] of [['10', '9'], ['50', '8.00']].entries()) {
      await anna.click('button', 'Add a tier', dialog);
      await anna.fill('textbox', `Tier ${place + 1}, from`, from);
      await anna.fill('textbox', `Tier ${place + 1}, each`, each);
    }
    await anna.fill('textbox', 'They may choose from', '5');
    await anna.fill('textbox', 'to', '80');
  });
  await seesFigure(anna, '€180.00');
  await anna.see('from 10');

  // A quantity of another tier is asked about: left as it was, kept at its price, repriced.
  const quantity = async (many, answer) => {
    await anna.fill('textbox', 'Quantity: Licences', many);
    await anna.press('Tab');
    const dialog = await anna.find('dialog', 'Change the price too?');
    await anna.see(`For ${many} of “Licences” the tiers say`);
    await anna.click('button', answer, dialog);
    await anna.gone('dialog', 'Change the price too?');
  };
  await quantity('60', 'Close');
  await untilEqual('nothing changed', () => anna.page.$eval('[data-cell$="/1"]', cell => cell.value), '20');
  await seesFigure(anna, '€180.00');
  await quantity('60', 'Keep €9.00');
  await seesFigure(anna, '€540.00');
  await anna.see('kept, not of a tier');
  await anna.fill('textbox', 'Quantity: Licences', '30');
  await anna.press('Tab');
  await seesFigure(anna, '€270.00');
  await quantity('70', 'Use €8.00');
  await seesFigure(anna, '€560.00');
  await quantity('40', 'Use €9.00');
  await seesFigure(anna, '€360.00');
  await anna.room.saved();

  const link = await anna.room.link({ whom: 'Ben' });
  const ben = await person('Ben');
  await ben.visit(link);
  await ben.room.ready();
  await ben.resize({ width: 360, height: 740 });
  await ben.click('link', 'Price');
  await ben.see('From 50: €8.00 each');
  const holding = () => ben.page.$eval('.price-tiers [aria-current]', it => it.textContent);
  assert.equal(await holding(), 'From 10: €9.00 each');
  // What is typed is told before it is chosen.
  const field = await ben.find('textbox', 'How many: Licences');
  await field.evaluate(it => it.scrollIntoView({ block: 'center' }));
  await field.click();
  await ben.press('Control+a');
  await ben.type('50');
  await ben.see('50 at €8.00 each: €400.00');
  await seesFigure(ben, '€360.00');
  await ben.press('Tab');
  await seesFigure(ben, '€400.00');
  assert.equal(await holding(), 'From 50: €8.00 each');
  await ben.room.saved();
  assert.equal(await ben.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true);
  const table = async () => {
    const path = await ben.device.downloaded(() => ben.click('button', 'Save as a table'));
    return readFileSync(path, 'utf8').split('\r\n').slice(0, 2).map(row => row.replace('\ufeff', ''));
  };
  const [, row] = await table();
  assert.match(row, /Licences,.*,50,,8,"10: 9; 50: 8",Once,/);

  // Columns are hidden for buyers, in the table they save too; the sums stay.
  await anna.look();
  await (await anna.page.$('::-p-text(What buyers see)')).click();
  for (const column of ['Each', 'Less', 'Amount']) await (await anna.find('switch', column)).evaluate(it => it.click());
  await anna.click('radio', 'As the buyer sees it');
  await untilEqual('what is left', () => anna.page.$$eval('.price-lines th[data-num]', all => all.map(it => it.textContent)), ['Quantity']);
  await anna.room.saved();
  await ben.look();
  await ben.visit(await anna.room.link({ whom: 'Ben again' }));
  await ben.room.ready();
  await ben.click('link', 'Price');
  await seesFigure(ben, '€400.00');
  await untilEqual('no price of one is left', () => ben.page.$$eval('.price-each, .price-amount, .price-tiers', all => all.length), 0);
  const [head] = await table();
  assert.equal(head, 'Heading,What,More,Package,Included,Quantity,Unit,Paid,Tax %,Currency');
});
