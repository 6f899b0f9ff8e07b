// The team says who decides on the buying side, sees who of them was never there, and has buyers asked before anything is noted.

import assert from 'node:assert/strict';

import { axeFindings, whatSticksOut } from '../harness/axe.mjs';
import { journey } from '../harness/journey.mjs';
import { until } from '../harness/wait.mjs';

/** Reads for so many seconds: moves the pointer now and then, as people do. */
async function read(tab, seconds) {
  await tab.look();
  const begun = Date.now();
  await until(`read for ${seconds} s`, async () => {
    await tab.page.mouse.move(100 + (Date.now() % 90), 300);
    return Date.now() - begun >= 1_000 * seconds;
  });
}

/** The list of who decides: the names, each with all that is said of them. */
const deciders = tab => tab.page.$$eval('.decider-list > li', all => all.map(one => one.innerText.split('\n')));

async function add(tab, button, { name, title, role, say, reportsTo }) {
  await tab.click('button', button);
  const dialog = await tab.find('dialog', 'Somebody who has a say');
  const write = async (label, words) => {
    if (words === undefined) return;
    await (await tab.find('textbox', label, dialog)).click();
    await tab.press('Control+a');
    await tab.type(words);
  };
  await write('Name', name);
  await write('Title', title);
  const choose = async (label, words) => {
    if (words === undefined) return;
    const list = await tab.find('combobox', label, dialog);
    const value = await list.evaluate((list, words) => [...list.options].find(it => it.text === words)?.value, words);
    assert.notEqual(value, undefined, `${label} has ${words}`);
    await list.select(value);
  };
  await choose('Part in the decision', role);
  await choose('Reports to', reportsTo);
  if (say) await tab.click('radio', say, dialog);
  await tab.click('button', 'Save', dialog);
  await tab.gone('dialog', 'Somebody who has a say');
}

journey('c4_who_decides_and_who_is_asked_first', { aside: true }, async ({ person }) => {
  const ines = await person('Ines');
  await ines.visit();
  await ines.home.newRoom('Month-end close');
  await ines.room.write(`# Why now\nThe close takes nine days.${'\nAnd nine nights.'.repeat(60)}`);
  await ines.click('button', 'Add a section');
  await ines.find('textbox', 'Text of section 2');
  await ines.type('# Far below\nNobody gets there.');
  await ines.room.saved();
  const link = await ines.room.link({ right: 'Comment', whom: 'Priya' });
  await ines.choose('More', 'How they read it');
  await ines.see('Nothing has come yet');

  // Before anybody came: a title is enough, and nothing at all is not.
  await ines.click('button', 'Add somebody');
  const empty = await ines.find('dialog', 'Somebody who has a say');
  await ines.click('button', 'Save', empty);
  await ines.see('Write a name, or a title where the name is not known yet.');
  assert.deepEqual(await axeFindings(ines, 'somebody who has a say'), []);
  await ines.page.keyboard.press('Escape');
  await ines.gone('dialog', 'Somebody who has a say');
  await add(ines, 'Add somebody', { title: 'Chief of finance', role: 'Decides about the money', say: 'Much' });
  await ines.see('Chief of finance was never here');
  await ines.see('No champion is known');
  assert.deepEqual((await deciders(ines)).map(([name]) => name), ['Chief of finance']);
  await ines.click('switch', 'Ask before recording');
  await ines.room.saved();
  // Whoever got the link before has it after the room was given again.
  const asking = await ines.room.link({ right: 'Comment', whom: 'Priya Raman' });
  assert.notEqual(asking, link);

  const priya = await person('Priya');
  await priya.visit(asking);
  await priya.see('Nothing is noted unless you say yes.');
  assert.deepEqual(await axeFindings(priya, 'asked before recording'), []);
  await read(priya, 2);
  await priya.choose('More', 'What is recorded');
  await priya.see('Nothing is noted yet');
  await priya.page.keyboard.press('Escape');
  await priya.gone('dialog', 'What is recorded');
  await priya.click('button', 'Yes, they may');
  await until('the question is gone', async () => (await priya.all('button', 'Yes, they may')).length === 0);
  await read(priya, 3);
  // The list of sections beside the text names what is far below; that is not reading it.
  await priya.choose('More', 'What is recorded');
  const told = await priya.find('dialog', 'What is recorded');
  await until('it tells what was read', () => told.$('.recorded li'));
  const parts = await told.$$eval('.recorded tbody th', all => all.map(part => part.innerText));
  assert.ok(parts.length > 0 && parts.every(part => part.startsWith('Why now')), parts.join());
  await priya.page.keyboard.press('Escape');
  await priya.gone('dialog', 'What is recorded');
  const reply = await priya.room.link();

  await ines.visit(reply);
  await ines.click('button', 'Look at it');
  await ines.see('One contact only');
  await add(ines, 'Add Priya Raman', { title: 'Controller', role: 'Champion: wants it and pushes it along', say: 'Some', reportsTo: 'Chief of finance' });
  await until('she is on the map, below whom she reports to', async () => {
    const all = await deciders(ines);
    return all.length === 2 && all[1][0] === 'Priya Raman' && all[1].some(words => words.startsWith('Engagement '));
  });
  assert.deepEqual(await ines.all('button', 'Add Priya Raman'), []);
  await until('the champion is known', () => ines.page.evaluate(() => !document.body.innerText.includes('No champion is known')));
  const places = await ines.page.$$eval('.decider-dot', all => all.map(one => [one.querySelector('strong').textContent, one.dataset.unseen !== undefined, one.getBoundingClientRect().x]));
  assert.deepEqual(places.map(([name, unseen]) => [name, unseen]), [['Chief', true], ['Priya', false]]);
  assert.ok(places[0][2] < places[1][2], 'who read stands further to the right');
  assert.deepEqual(await axeFindings(ines, 'who decides'), []);
  await ines.resize({ width: 360, height: 740 });
  assert.deepEqual([...await axeFindings(ines, 'who decides by thumb'), ...await whatSticksOut(ines, 'who decides by thumb')], []);
  await ines.resize({ width: 1200, height: 800 });

  // It stays, is taken off, and comes back.
  await ines.room.saved();
  await ines.reload();
  await ines.click('button', 'Chief of finance');
  await ines.click('button', 'Take off the map');
  await until('one is left', async () => (await deciders(ines)).length === 1);
  await ines.click('button', 'Undo');
  await until('both are there', async () => (await deciders(ines)).length === 2);
  // A buyer has none of it.
  await priya.visit(await ines.room.link({ right: 'Comment', whom: 'Priya' }));
  await priya.see('The close takes nine days.');
  assert.doesNotMatch(await priya.page.evaluate(() => document.documentElement.innerHTML), /Chief of finance|Controller/);
});
