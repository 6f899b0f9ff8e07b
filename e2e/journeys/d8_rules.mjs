// A team's rule stops a share at a discount that is too large; the director approves it in another browser and the share goes on; a lower
// price stops it again. Nobody's button, link or board gets round it.

import assert from 'node:assert/strict';

import { axeFindings, whatSticksOut } from '../harness/axe.mjs';
import { journey } from '../harness/journey.mjs';
import { until, untilEqual } from '../harness/wait.mjs';

/** Writes the price of the only line of a room. */
async function sellAt(tab, price) {
  await tab.fill('textbox', 'Each: Licence', price);
  await tab.press('Enter');
  await tab.room.saved();
}

/** Tries to give out a link, as far as the rules let it; answers the link. */
async function shared(tab) {
  const dialog = await tab.room.openShare();
  await tab.click('button', 'Make the link', dialog);
  const link = await until('there is a link, or what holds it back', async () => {
    if (await tab.has('dialog', 'Your team’s rules hold this back')) return 'held';
    const [field] = await tab.all('textbox', 'Link', dialog);
    return field && field.evaluate(field => field.value);
  });
  return link === 'held' ? undefined : link;
}

/** The address of the team whose room is on the screen. */
const teamOf = tab => tab.address().replace('/room/', '/team/').replace(/(#\/team\/\w+).*/, '$1');

/** Brings what one has of the team to the other. */
async function bring(from, to, team) {
  await from.visit(`${team.replace('/team/', '/room/')}/price`);
  await from.room.saved();
  const link = await from.room.link({ right: '', whom: 'Ruth' });
  await to.visit(link);
  await to.find('button', 'Invite a colleague');
  await to.room.saved();
}

journey('d8_a_discount_waits_for_the_director', { limit: 300_000 }, async ({ person }) => {
  const ines = await person('Ines');
  await ines.visit();
  await ines.home.newTeam('Quillhaven');
  await ines.click('button', 'Begin with Few people, some weeks');
  await ines.see('Your deals will be here');
  const team = ines.address();
  await ines.click('link', 'Products');
  await ines.see('What your team sells, and for how much.');
  await ines.device.copy(['What\tQuantity\tEach', 'Licence\t1\t200.00', ''].join('\r\n'));
  await ines.look();
  await (await ines.find('textbox', 'New line')).click();
  await ines.press('Control+v');
  await ines.find('textbox', 'Each: Licence');
  await ines.room.saved();

  // The rule, from those to begin with; and one of one's own, written by hand.
  await ines.visit(`${team}/rules`);
  await ines.see('Nothing is held back');
  assert.deepEqual(await axeFindings(ines, 'no rules'), []);
  await ines.click('button', 'Discount over 5 %: the regional director approves');
  await ines.see('When Discount is more than 5%');
  await ines.see('Regional director must approve');
  await ines.choose('Add a rule', 'New rule');
  const dialog = await ines.find('dialog', 'Rule');
  await ines.fill('textbox', 'Name of the rule', 'Long terms');
  assert.deepEqual(await axeFindings(ines, 'a rule'), []);
  await (await ines.find('combobox', 'What is looked at', dialog)).select('months');
  await ines.fill('textbox', 'With what', 'a year');
  await ines.click('radio', 'Warns', dialog);
  await ines.fill('textbox', 'What it says', 'Longer than we usually sell.');
  await ines.click('button', 'Save the rule', dialog);
  await ines.see('One of the conditions has a value that cannot be read.');
  await ines.fill('textbox', 'With what', '24');
  await ines.click('button', 'Save the rule', dialog);
  await ines.gone('dialog', 'Rule');
  await ines.see('When Months of the term is more than 24');
  assert.deepEqual(await axeFindings(ines, 'rules'), []);
  await ines.resize({ width: 360, height: 740 });
  assert.deepEqual([...await axeFindings(ines, 'rules by thumb'), ...await whatSticksOut(ines, 'rules by thumb')], []);
  await ines.resize({ width: 1280, height: 900 });

  // A colleague comes, and is the director from now on.
  const ruth = await person('Ruth');
  await bring(ines, ruth, team);
  await bring(ruth, ines, teamOf(ruth));
  await ines.visit(`${team}/rules`);
  await ines.click('button', 'Give roles');
  const roles = await ines.find('dialog', 'Give roles');
  const who = await ines.find('combobox', 'Who', roles);
  await who.select(await who.evaluate(list => [...list.options].find(it => it.text === 'Ruth').value));
  await ines.fill('textbox', 'Roles', 'Regional director');
  assert.deepEqual(await axeFindings(ines, 'giving roles'), []);
  await ines.click('button', 'Give roles', roles);
  await ines.gone('dialog', 'Give roles');
  await ines.see('Ruth holds Regional director');

  // A deal with a room, sold a tenth below the list.
  await ines.click('link', 'Pipeline');
  await ines.click('button', 'New deal');
  await ines.find('dialog', 'New deal');
  await ines.type('Tarn & Holloway');
  await ines.press('Tab');
  await ines.type('Audit workflow');
  await ines.press('Enter');
  await ines.gone('dialog', 'New deal');
  await ines.choose('Room', 'Make a room for it');
  await until('the room is there', () => ines.page.$('.prose'));
  await ines.click('link', 'Price');
  await ines.device.copy(['What\tQuantity\tEach', 'Licence\t1\t180.00', ''].join('\r\n'));
  await ines.look();
  await (await ines.find('textbox', 'New line')).click();
  await ines.press('Control+v');
  await ines.find('textbox', 'Each: Licence');
  await ines.room.saved();
  await ines.fill('textbox', 'Term in months', '36');
  await ines.press('Enter');
  await ines.room.saved();
  const room = ines.address();
  assert.equal(await shared(ines), undefined, 'it is held back');
  await ines.see('Discount: 10% (is more than 5%)');
  await ines.see('Regional director: Ruth');
  await ines.see('Long terms: Longer than we usually sell.');
  assert.deepEqual(await axeFindings(ines, 'what is held back'), []);
  await ines.fill('textbox', 'Your name', 'Ines');
  await ines.fill('textbox', 'A word to whoever decides (optional)', 'They sign this week.');
  await ines.click('button', 'Ask for approval');
  await ines.see('Asked. Ruth will find it under Rules.');

  // She reads what it is about, and approves.
  await bring(ines, ruth, team);
  await ruth.visit(`${teamOf(ruth)}/rules`);
  await ruth.see('Waits for you');
  await ruth.see('Ines asks for Audit workflow');
  await ruth.see('They sign this week.');
  await ruth.see('Discount: 10% (is more than 5%)');
  assert.deepEqual(await axeFindings(ruth, 'what waits'), []);
  await ruth.resize({ width: 360, height: 740 });
  assert.deepEqual(await whatSticksOut(ruth, 'what waits, by thumb'), []);
  await ruth.click('button', 'Approve');
  await ruth.see('Approved for Regional director: Discounts');
  await bring(ruth, ines, teamOf(ruth));
  await ines.visit(room);
  await ines.find('textbox', 'Each: Licence');
  assert.ok(await shared(ines), 'it goes on');
  await ines.room.done();

  // What the buyer has stays as it is until a draft is published. For the better it is still approved; for the worse it is not.
  await ines.see('what you change here is a draft until you publish it.');
  await sellAt(ines, '185');
  await ines.click('button', 'Publish the price');
  await ines.see('what you change here is a draft until you publish it.');
  await sellAt(ines, '150');
  await ines.click('button', 'Publish the price');
  await ines.find('dialog', 'Your team’s rules hold this back');
  await ines.see('It was asked for before, and has become worse since, or the rule asks for more.');
  await ines.visit(`${team}/rules`);
  await untilEqual('the log has it all, the newest first', () => ines.page.$$eval('.deal-log > li > p:first-child', all => all.map(it => it.innerText.trim())), [
    'Approved for Regional director: Discounts', 'Asked: Discounts, for Audit workflow', 'Ruth holds Regional director',
  ]);
});
