// A team keeps the list of what it sells in a workspace of its own; lines come from it into a price, with what they cost, and a
// colleague has the list by a link. Buyers get neither.

import assert from 'node:assert/strict';

import { axeFindings, whatSticksOut } from '../harness/axe.mjs';
import { journey } from '../harness/journey.mjs';
import { untilEqual } from '../harness/wait.mjs';

const ROWS = ['What\tQuantity\tEach', 'Licence\t1\t168.00', 'Training day\t1\t1,200.00', ''].join('\r\n');

const names = person => person.page.$$eval('[data-cell$="/0"]', cells => cells.map(cell => cell.value).filter(Boolean));

journey('a7_team_sells_from_a_product_list', {}, async ({ person }) => {
  const anna = await person('Anna');
  await anna.visit();
  await anna.home.newRoom('Moving the archive');
  await anna.room.saved();
  const room = anna.address();
  await anna.click('link', 'All rooms');
  await anna.click('button', 'Begin a workspace');
  await anna.fill('textbox', 'What your team is called', 'Northwind Sales');
  await anna.click('button', 'Begin');
  await anna.see('What your team sells, and for how much.');
  await anna.device.copy(ROWS);
  await anna.look();
  await (await anna.find('textbox', 'New line')).click();
  await anna.press('Control+v');
  await untilEqual('both products are there', () => names(anna), ['Licence', 'Training day']);
  await anna.click('button', 'Enter costs…');
  await anna.find('dialog', 'What it costs you');
  await anna.fill('textbox', 'Training day', '700');
  await anna.click('button', 'Keep costs');
  await anna.gone('dialog', 'What it costs you');
  await anna.room.saved();
  assert.deepEqual([...await axeFindings(anna, 'products'), ...await whatSticksOut(anna, 'products')], []);
  const link = await anna.room.link({ right: '', whom: 'Tom' });

  await anna.visit(room);
  await anna.click('link', 'Price');
  await anna.click('button', 'Add products');
  const dialog = await anna.find('dialog', 'Products of your team');
  await (await anna.find('checkbox', 'Training day, €1,200.00', dialog)).evaluate(box => box.click());
  assert.deepEqual(await axeFindings(anna, 'picking products'), []);
  await anna.click('button', 'Add 1 product');
  await untilEqual('the product is a line', () => names(anna), ['Training day']);
  await anna.see('€500.00 (41.7%)');
  await anna.room.saved();

  const tom = await person('Tom');
  await tom.visit(link);
  await tom.see('What your team sells, and for how much.');
  await untilEqual('he has both', () => names(tom), ['Licence', 'Training day']);
  await tom.resize({ width: 360, height: 740 });
  assert.deepEqual(await whatSticksOut(tom, 'products on a phone'), []);
  await tom.click('link', 'All rooms');
  await tom.see('Northwind Sales');
});
