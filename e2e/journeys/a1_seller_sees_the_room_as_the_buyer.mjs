// The seller looks at the room in the buyer's place: without what is the team's, free to try everything, and with no trace of it.

import assert from 'node:assert/strict';

import { axeFindings, whatSticksOut } from '../harness/axe.mjs';
import { journey } from '../harness/journey.mjs';
import { until, untilEqual } from '../harness/wait.mjs';

const figure = person => person.page.$eval('.price-figure', figure => figure.textContent);
const seesFigure = (person, amount) => untilEqual(`the first year is ${amount}`, () => figure(person), amount);
const isPreview = person => until('it is the preview', () => person.page.$('.preview-strip'));
const isRoom = person => until('it is the room itself', async () =>
  !(await person.page.$('.preview-strip')) && await person.has('button', 'Share'));
const steps = person => person.page.$$eval('.plan-row:not([data-goal]) .plan-name', all => all.map(it => it.innerText));
const tick = async (person, role, name) => (await person.find(role, name)).evaluate(it => it.click());

async function addStep(person, name, inside) {
  await person.click('button', 'Add a step');
  await person.find('dialog', 'A new step');
  await person.fill('textbox', 'What is to be done', name);
  if (inside) await tick(person, 'switch', 'Only our team has this step');
  await person.click('button', 'Save the step');
  await person.gone('dialog', 'A new step');
}

journey('a1_seller_sees_the_room_as_the_buyer', { aside: true }, async ({ person }) => {
  const ines = await person('Ines');
  await ines.visit();
  await ines.home.newRoom('Moving the archive');
  await ines.room.write('We bring three vans.');
  await ines.click('link', 'Plan');
  await ines.room.setTarget('2099-03-02');
  await addStep(ines, 'Sign');
  await addStep(ines, 'Ask for the discount', true);
  await ines.click('link', 'Price');
  await (await ines.find('textbox', 'New line')).click();
  for (const cell of ['Licences', '20', '10', 'Support', '1', '620']) {
    await ines.type(cell);
    await ines.press('Tab');
    if (cell === '10') await (await ines.find('textbox', 'New line')).click();
  }
  await seesFigure(ines, '€820.00');
  await ines.click('button', 'Details: Support');
  const details = await ines.find('dialog', 'Support');
  await details.$eval('select', select => { select.value = 'out'; select.dispatchEvent(new Event('change')); });
  await ines.click('button', 'Done', details);
  await ines.gone('dialog', 'Support');
  await seesFigure(ines, '€200.00');
  await (await ines.page.$('::-p-text(What buyers see)')).click();
  await tick(ines, 'switch', 'Each');
  await ines.room.saved();

  // From the dialog that shares, and from the menu.
  await ines.room.openShare();
  await ines.click('link', 'See it as the buyer');
  await isPreview(ines);
  await ines.see('This is what a buyer sees who has a link to comment.');
  await seesFigure(ines, '€200.00');
  const columns = await ines.page.$$eval('.price-lines th[data-num]', all => all.map(it => it.textContent));
  assert.ok(columns.includes('Amount') && !columns.includes('Each'), `the hidden column is not among ${columns}`);
  assert.ok(!(await ines.has('textbox', 'New line')), 'nobody writes in the price');
  await ines.see('Nothing is kept');
  await tick(ines, 'switch', 'Support');
  await seesFigure(ines, '€820.00');
  await ines.click('link', 'Plan');
  await untilEqual('the steps are those of both', () => steps(ines), ['Sign']);
  for (const size of [{ width: 1200, height: 800 }, { width: 360, height: 740 }]) {
    await ines.resize(size);
    assert.deepEqual([...await axeFindings(ines, 'a preview'), ...await whatSticksOut(ines, 'a preview')], []);
  }
  await ines.resize({ width: 1200, height: 800 });
  await ines.click('button', 'Send back');
  await ines.see('In a preview there is nothing to send.');
  await ines.click('button', 'Done');
  await ines.gone('dialog', 'Send back your changes');

  // The way back leads to where it began, and nothing came along.
  await ines.click('link', 'Price');
  await seesFigure(ines, '€820.00');
  await ines.click('link', 'Back to your room');
  await isRoom(ines);
  await seesFigure(ines, '€200.00');
  await ines.click('link', 'Plan');
  await ines.see('Ask for the discount');

  // Each preview begins anew. Going back leaves it, and so does loading the page.
  await ines.choose('More', 'See it as the buyer');
  await isPreview(ines);
  await untilEqual('the steps are those of both', () => steps(ines), ['Sign']);
  await ines.click('link', 'Price');
  await seesFigure(ines, '€200.00');
  await ines.page.evaluate(() => history.go(-2));
  await isRoom(ines);
  await ines.see('Ask for the discount');
  await ines.page.evaluate(() => history.forward());
  await isPreview(ines);
  await ines.reload();
  await isRoom(ines);
  await ines.see('Ask for the discount');
  assert.match(ines.address(), /#\/room\//);
});
