// A team says how it sells, keeps its deals on a board and in a table, and sees its step beside what the buyer has done.

import assert from 'node:assert/strict';

import { axeFindings, whatSticksOut } from '../harness/axe.mjs';
import { journey } from '../harness/journey.mjs';
import { until, untilEqual } from '../harness/wait.mjs';

async function team(person, name) {
  const tab = await person(name);
  await tab.visit();
  await tab.home.newTeam('Quillhaven');
  return tab;
}

async function newDeal(tab, { account, name, amount, owner, closes }) {
  await tab.click('button', 'New deal');
  const dialog = await tab.find('dialog', 'New deal');
  const write = async (role, label, words) => {
    if (words === undefined) return;
    await (await tab.find(role, label, dialog)).click();
    await tab.press('Control+a');
    await tab.type(words);
  };
  await write('combobox', 'Account', account);
  await write('textbox', 'Name of the deal', name);
  await write('textbox', 'Amount', amount);
  await write('textbox', 'Owner', owner);
  if (closes) await dialog.$eval('input[type=date]', (field, day) => { field.value = day; field.dispatchEvent(new Event('input', { bubbles: true })); }, closes);
  await tab.click('button', 'Make the deal', dialog);
  await tab.gone('dialog', 'New deal');
  await tab.find('textbox', 'Name of the deal');
}

/** The columns of the board, each with the names on its cards. */
const board = tab => tab.page.$$eval('.board-column', all => Object.fromEntries(all.map(column => [
  column.querySelector('h2').firstChild.textContent.trim(),
  [...column.querySelectorAll('.deal-card h3')].map(it => it.innerText),
])));

journey('d2_deals_go_through_a_process_with_the_buyer_beside', {}, async ({ person }) => {
  const ines = await team(person, 'Ines');
  assert.deepEqual(await axeFindings(ines, 'how do you sell'), []);
  await ines.click('button', 'Begin with Few people, some weeks');
  await ines.see('Your deals will be here');

  await newDeal(ines, { account: 'Tarn & Holloway', name: 'Audit workflow', amount: '74,850', owner: 'Ines', closes: '2027-01-12' });
  // The page of the deal: both cycles, and the evidence that the first step asks for.
  await ines.see('At this step, 0 of 1 shown.');
  assert.deepEqual(await axeFindings(ines, 'a deal'), []);
  await ines.click('button', 'Move on to Show');
  await ines.see('Buyer 1 behind');
  await ines.see('You are at Show; the buyer is still at Qualify, 0 of 1 shown.');
  await ines.click('checkbox', 'Names a problem that we solve');
  await ines.see('In step');
  await ines.fill('textbox', 'What is to be done', 'Send the trial');
  await ines.press('Tab');
  await ines.fill('textbox', 'What happened', 'They have nine days of close.');
  await ines.press('Enter');
  await until('it is noted', () => ines.page.evaluate(() => document.querySelector('.deal-log')?.innerText.includes('nine days of close')));
  await ines.resize({ width: 360, height: 740 });
  assert.deepEqual([...await axeFindings(ines, 'a deal by thumb'), ...await whatSticksOut(ines, 'a deal by thumb')], []);
  await ines.resize({ width: 1300, height: 900 });

  await ines.click('link', 'Pipeline');
  await newDeal(ines, { account: 'Corrin Mills', amount: '940', owner: 'Tomas' });
  await ines.click('link', 'Pipeline');
  await until('the board has both', async () => {
    const columns = await board(ines);
    return columns.Qualify.join() === 'Corrin Mills' && columns.Show.join() === 'Audit workflow';
  });
  await ines.see('€75,790 open in 2 deals');
  assert.deepEqual(await axeFindings(ines, 'the board'), []);

  // Without dragging: from the card's menu, with a word of what the buyer has not shown.
  await ines.choose('Move Corrin Mills', 'Propose');
  await ines.see('The buyer has not shown “Names a problem that we solve” yet.');
  await until('it is there', async () => (await board(ines)).Propose.join() === 'Corrin Mills');
  await ines.press('Control+z');
  await until('and back', async () => (await board(ines)).Qualify.join() === 'Corrin Mills');
  // With the mouse.
  const card = await ines.page.waitForSelector('.deal-card ::-p-text(Corrin Mills)');
  const [from, to] = [await (await card.evaluateHandle(it => it.closest('.deal-card'))).boundingBox(), await (await ines.page.$('.board-column:nth-child(2)')).boundingBox()];
  if (ines.device.engine === 'chromium') {
    await ines.page.mouse.move(from.x + 20, from.y + from.height - 12);
    await ines.page.mouse.down();
    await ines.page.mouse.move(to.x + 60, to.y + 120, { steps: 8 });
    await ines.page.mouse.up();
    await until('it was dropped there', async () => (await board(ines)).Show.includes('Corrin Mills'));
  } else {
    await ines.choose('Move Corrin Mills', 'Show');
  }

  // The table: in order, written in, and several at once.
  await ines.click('radio', 'Table');
  const names = () => ines.page.$$eval('.deals tbody th', all => all.map(it => it.innerText));
  await until('by amount', async () => (await names()).join() === 'Audit workflow,Corrin Mills');
  await ines.click('button', 'Amount');
  await until('the other way', async () => (await names()).join() === 'Corrin Mills,Audit workflow');
  await ines.click('button', 'Amount: €940. Change it');
  const cell = await ines.find('textbox', 'Amount');
  await cell.evaluate(cell => cell.select());
  await ines.type('1,200.50');
  await ines.press('Enter');
  await ines.see('€76,050.50');
  assert.deepEqual(await axeFindings(ines, 'the table'), []);
  await ines.click('checkbox', 'Pick all that are shown');
  await ines.see('2 deals picked');
  await ines.choose('Give to', 'Tomas');
  await ines.see('2 deals given to Tomas.');
  await ines.click('button', 'Cancel');
  await (await ines.find('searchbox', 'Search deals')).click();
  await ines.type('tarn');
  await until('one is found', async () => (await names()).join() === 'Audit workflow');

  // A deal is lost for a reason, which is asked for.
  await ines.choose('Move Audit workflow', 'Close as lost');
  const closing = await ines.find('dialog', 'Close as lost');
  await ines.click('button', 'It is lost', closing);
  await ines.see('Say why it was lost. Later that is what helps.');
  assert.deepEqual(await axeFindings(ines, 'closing'), []);
  await (await ines.find('textbox', 'Why it was lost', closing)).click();
  await ines.type('Their price was lower');
  await (await ines.find('combobox', 'To whom', closing)).click();
  await ines.type('Ledgermoor');
  await ines.click('button', 'It is lost', closing);
  await ines.gone('dialog', 'Close as lost');
  await ines.click('radio', 'Closed');
  await until('it is among the closed', async () => (await names()).join() === 'Audit workflow');
  await ines.click('link', 'Audit workflow');
  await ines.see('Lost to Ledgermoor on');

  // It is all there after the browser was closed, and on a phone.
  await until('all is saved', () => ines.page.evaluate(() => document.querySelector('.status-chip')?.innerText.includes('Saved')));
  await ines.reload();
  await ines.see('Lost to Ledgermoor on');
  await ines.click('link', 'Accounts');
  await ines.see('1 open deal, €1,200.50');
  assert.deepEqual(await axeFindings(ines, 'accounts'), []);
  await ines.click('link', 'Tarn & Holloway');
  await ines.find('textbox', 'Account plan');
  assert.deepEqual(await axeFindings(ines, 'an account'), []);
  await ines.click('link', 'Pipeline');
  await ines.resize({ width: 360, height: 740 });
  await ines.find('heading', 'Pipeline');
  assert.deepEqual([...await axeFindings(ines, 'the board by thumb'), ...await whatSticksOut(ines, 'the board by thumb')], []);
});

journey('d2_what_buyers_do_in_the_room_is_offered_as_evidence', { aside: true }, async ({ person, server }) => {
  const ines = await team(person, 'Ines');
  await ines.click('button', 'Begin with Few people, some weeks');
  await newDeal(ines, { account: 'Tarn & Holloway', name: 'Audit workflow' });
  const deal = ines.address();
  await ines.click('button', 'Room');
  await ines.click('menuitem', 'Make a room for it');
  await ines.room.write('The audit takes nine days.');
  await ines.room.saved();
  const link = await ines.room.link({ right: 'Comment', whom: 'Ben' });
  await ines.visit(deal);
  await ines.see('Nobody came so far.');
  assert.deepEqual(await ines.all('button', 'Mark it'), [], 'nothing happened that is evidence');

  const ben = await person('Ben');
  await ben.visit(link);
  await ben.see('The audit takes nine days.');
  await ben.look();
  const begun = Date.now();
  await until('he has read for a while', async () => {
    await ben.page.mouse.move(100 + (Date.now() % 90), 300);
    return Date.now() - begun >= 3_000;
  });
  await ines.visit(await ben.room.link());
  await ines.see('It brought how the room was read, and nothing else.');
  await ines.visit(deal);
  await ines.click('button', 'Mark it');
  await until('it is marked, by what happened', () => ines.page.evaluate(() => !document.querySelector('.room-evidence')));
  await ines.page.select('select[aria-label=Step]', await ines.page.$eval('select[aria-label=Step]', list => [...list.options].find(it => it.text === 'Show').value));
  await until('with who did it and when', () => ines.page.evaluate(() => /Comes to the room[^]*Ben came on/.test(document.querySelector('.checks').innerText)));
  await ines.click('link', 'Brief');
  await ines.see('Before you talk about Audit workflow');
  assert.deepEqual(await axeFindings(ines, 'a brief'), []);
  await ines.resize({ width: 360, height: 740 });
  assert.deepEqual([...await axeFindings(ines, 'a brief by thumb'), ...await whatSticksOut(ines, 'a brief by thumb')], []);

  // On the way to the call there is no network.
  await ines.keptForOffline();
  await server.stop();
  await ines.reload();
  await ines.see('Before you talk about Audit workflow');
  await ines.click('link', 'Audit workflow');
  await ines.click('button', 'Move on to Show');
  await ines.see('Audit workflow is at Show now.');
  await ines.click('link', 'Pipeline');
  await until('it is there', async () => (await board(ines)).Show.join() === 'Audit workflow');
});

journey('d1_a_process_is_changed_and_deals_keep_their_history', { aside: true }, async ({ person }) => {
  const ines = await team(person, 'Ines');
  await ines.click('button', 'Begin with Many people, many months');
  await newDeal(ines, { account: 'Penhale Osgood', amount: '134,037.60' });
  await ines.click('button', 'Move on to Discover');
  await ines.click('link', 'Process');
  await ines.see('Version 1, since');
  assert.deepEqual(await axeFindings(ines, 'a process'), []);

  // What is written is kept as a whole, as one version.
  await ines.choose('More for Discover', 'Take it out');
  const first = (await ines.all('textbox', 'Step'))[0];
  await first.click();
  await ines.press('Control+a');
  await ines.type('First talk');
  await ines.press('Tab');
  await ines.see('Not saved yet');
  await ines.click('button', 'Save the process');
  await ines.see('Version 2, since');
  await ines.click('link', 'Pipeline');
  await untilEqual('the board has its steps', async () => Object.keys(await board(ines)), ['First talk', 'Design', 'Propose', 'Negotiate', 'Close']);
  await ines.click('radio', 'Table');
  await ines.click('link', 'Penhale Osgood');
  await until('the history names the step that is gone', () => ines.page.evaluate(() => document.querySelector('.deal-log')?.innerText.includes('To Discover')));
  await ines.click('link', 'Process');
  await ines.resize({ width: 360, height: 740 });
  assert.deepEqual([...await axeFindings(ines, 'a process by thumb'), ...await whatSticksOut(ines, 'a process by thumb')], []);
});
