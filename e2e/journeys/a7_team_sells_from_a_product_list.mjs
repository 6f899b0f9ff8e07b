// A team keeps the list of what it sells in a workspace of its own; lines come from it into a price, with what they cost, and go back
// into it; a colleague has the list by a link. Buyers get neither.

import assert from 'node:assert/strict';

import { axeFindings, whatSticksOut } from '../harness/axe.mjs';
import { journey } from '../harness/journey.mjs';
import { untilEqual } from '../harness/wait.mjs';

const ROWS = ['What\tQuantity\tEach', 'Licence\t1\t168.00', 'Training day\t1\t1,200.00', ''].join('\r\n');

const names = person => person.page.$$eval('[data-cell$="/0"]', cells => cells.map(cell => cell.value).filter(Boolean));

journey('a7_team_sells_from_a_product_list', { aside: true }, async ({ person }) => {
  const anna = await person('Anna');
  await anna.visit();
  await anna.home.newRoom('Moving the archive');
  await anna.room.saved();
  const room = anna.address();
  await anna.click('link', 'All rooms');
  await anna.click('button', 'Begin a workspace');
  await anna.fill('textbox', 'What your team is called', 'Northwind Sales');
  await anna.click('button', 'Begin');
  await anna.click('link', 'Products');
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

  // What cannot be stored is said, and stays; and so is what another tab says meanwhile.
  const other = await anna.newTab();
  await other.visit(anna.address());
  await other.click('button', 'Enter costs…');
  await other.find('dialog', 'What it costs you');
  await anna.look();
  await anna.click('button', 'Enter costs…');
  const costs = await anna.find('dialog', 'What it costs you');
  await anna.fill('textbox', 'Licence', '90');
  await anna.page.evaluate(() => {
    globalThis.put = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = () => { throw new DOMException('full', 'QuotaExceededError'); };
  });
  await (await anna.find('button', 'Keep costs', costs)).click();
  await anna.see('What you entered is still here.');
  await anna.page.evaluate(() => { IDBObjectStore.prototype.put = globalThis.put; });
  await (await anna.find('button', 'Keep costs', costs)).click();
  await anna.gone('dialog', 'What it costs you');
  await other.look();
  await other.fill('textbox', 'Licence', '95');
  await other.click('button', 'Keep costs');
  await other.see('Somebody set this to €90.00 meanwhile.');
  await other.click('button', 'Keep costs');
  await other.gone('dialog', 'What it costs you');
  await other.close();
  await anna.look();
  assert.deepEqual([...await axeFindings(anna, 'products'), ...await whatSticksOut(anna, 'products')], []);
  const products = anna.address();

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

  // What was sold goes back into the list: a line in the place of the product of its name, another one as a new product.
  await anna.fill('textbox', 'Each: Training day', '1,250');
  await anna.press('Enter');
  await anna.see('€550.00 (44%)');
  const save = async (line, act, said) => {
    await (await anna.find('textbox', `Each: ${line}`)).focus();
    await anna.click('button', 'Save to products');
    const dialog = await anna.find('dialog', 'Save to products');
    await anna.find('button', act, dialog);
    if (said) await anna.see(said);
    assert.deepEqual(await axeFindings(anna, `saving ${line}`), []);
    await anna.click('button', act);
    await anna.gone('dialog', 'Save to products');
  };
  await save('Training day', 'Put it in its place', 'The list has this already: Training day, €1,200.00.');
  await (await anna.find('textbox', 'New line')).click();
  await anna.type('Travel');
  await anna.press('Enter');
  await anna.fill('textbox', 'Each: Travel', '90');
  await anna.press('Enter');
  await save('Travel', 'Add to products');
  await anna.room.saved();
  await anna.visit(products);
  await untilEqual('the list has it', () => names(anna), ['Licence', 'Training day', 'Travel']);
  assert.equal(await (await anna.find('textbox', 'Each: Training day')).evaluate(field => field.value), '1,250.00');
  const link = await anna.room.link({ right: '', whom: 'Tom' });

  const tom = await person('Tom');
  await tom.visit(link);
  await tom.see('What your team sells, and for how much.');
  await untilEqual('he has all', () => names(tom), ['Licence', 'Training day', 'Travel']);
  await tom.resize({ width: 360, height: 740 });
  assert.deepEqual(await whatSticksOut(tom, 'products on a phone'), []);
  await tom.click('link', 'To the team');
  await tom.click('link', 'All rooms');
  await tom.see('Northwind Sales');
});
