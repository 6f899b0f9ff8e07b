// A plan counted back from its target: the buyer confirms, the target moves after a preview, and what was done apart is merged.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

import { axeFindings, whatSticksOut } from '../harness/axe.mjs';
import { journey } from '../harness/journey.mjs';
import { until } from '../harness/wait.mjs';

/** Gives a date field of the open dialog a day, as its picker does. */
async function pickDay(person, day) {
  const field = await until('there is a field for a day', () => person.page.$('dialog[open] input[type=date]'));
  await field.evaluate((field, day) => {
    field.value = day;
    field.dispatchEvent(new Event('input', { bubbles: true }));
  }, day);
}

/** Adds a step so many days before the target. */
async function addStep(person, name, { side, before, waits, inside }) {
  await person.click('button', 'Add a step');
  const dialog = await person.find('dialog', 'A new step');
  await person.fill('textbox', 'What is to be done', name);
  await (await person.find('radio', side, dialog)).evaluate(radio => radio.click());
  await dialog.$eval('.plan-count-row input', (field, before) => {
    field.value = before;
    field.dispatchEvent(new Event('input', { bubbles: true }));
  }, String(before));
  if (inside) await (await person.find('switch', 'Only our team has this step', dialog)).evaluate(box => box.click());
  if (waits) await (await person.find('checkbox', waits, dialog)).evaluate(box => box.click());
  await person.click('button', 'Save the step');
  await person.gone('dialog', 'A new step');
}

async function toPlan(person) {
  await person.click('link', 'Plan');
  await person.see('Go live on');
}

/** The plan's rows as their person reads them, in one line each. */
async function rows(person) {
  return person.page.$$eval('.plan-row:not([data-goal])', rows => rows.map(row =>
    [row.querySelector('.plan-name'), row.querySelector('.plan-due')].filter(Boolean).map(part => part.innerText).join(' ')));
}

async function seeRows(person, ...wanted) {
  let seen;
  await until(`the plan shows ${wanted.join(', ')}`, async () => {
    seen = await rows(person);
    return JSON.stringify(seen) === JSON.stringify(wanted);
  }).catch(error => { throw new Error(`${error.message}; it showed ${seen}`); });
}

journey('a6_buyer_confirms_a_step_and_both_see_progress', {}, async ({ person }) => {
  const ines = await person('Ines');
  await ines.visit();
  await ines.home.newRoom('Moving the archive');
  await ines.click('link', 'Plan');
  await ines.room.setTarget('2099-03-02', 'Go live');
  await addStep(ines, 'Sign', { side: 'Buyer', before: 20 });
  await addStep(ines, 'Train everybody', { side: 'Seller', before: 3, waits: 'Sign' });
  await seeRows(ines, 'Sign Feb 10, 2099', 'Train everybody Feb 27, 2099');
  await ines.see('0 of 2 done');
  await ines.room.saved();

  // By keys: with Alt a step moves, and the keyboard stays on it.
  await (await ines.find('button', 'Train everybody')).focus();
  await ines.press('Alt+ArrowUp');
  await seeRows(ines, 'Train everybody Feb 27, 2099', 'Sign Feb 10, 2099');
  await until('the step has the keyboard', async () => (await ines.focused()) === 'Train everybody');
  await ines.press('Alt+ArrowDown');
  await seeRows(ines, 'Sign Feb 10, 2099', 'Train everybody Feb 27, 2099');

  // Who would close a circle hears which.
  await ines.click('button', 'Sign');
  const form = await ines.find('dialog', 'Change the step');
  await (await ines.find('checkbox', 'Train everybody', form)).evaluate(box => box.click());
  await ines.click('button', 'Save the step');
  await ines.see('That would go round in a circle: “Train everybody” → “Sign” → “Train everybody”.');
  assert.deepEqual(await axeFindings(ines, 'the form of a step'), []);
  await ines.press('Escape');
  await ines.gone('dialog', 'Change the step');
  await ines.room.saved();

  // What only her team has stands with the rest, and is in nothing that others get.
  await addStep(ines, 'Ask for the discount', { side: 'Seller', before: 30, waits: 'Sign', inside: true });
  await seeRows(ines, 'Sign Feb 10, 2099', 'Train everybody Feb 27, 2099', 'Ask for the discount Jan 31, 2099');
  await ines.see('Only our team');
  await ines.see('0 of 2 done');
  await ines.room.saved();
  await ines.visit(ines.address());
  await toPlan(ines);
  await seeRows(ines, 'Sign Feb 10, 2099', 'Train everybody Feb 27, 2099', 'Ask for the discount Jan 31, 2099');

  const priya = await person('Priya');
  await priya.visit(await ines.room.link({ whom: 'Priya Raman' }));
  await toPlan(priya);
  await seeRows(priya, 'Sign Feb 10, 2099', 'Train everybody Feb 27, 2099');
  assert.deepEqual(await priya.all('button', 'Add a step'), [], 'she changes no step');
  await priya.click('button', 'Confirm that “Sign” is done');
  await priya.see('1 of 2 done');
  await priya.room.saved();

  // Meanwhile, apart, the target moves; what it does is shown before.
  await ines.click('button', 'Move the target…');
  await pickDay(ines, '2099-03-09');
  await ines.see('Feb 27, 2099 → Mar 6, 2099');
  await ines.see('3 steps move.');
  await (await ines.find('button', 'Move the target', await ines.find('dialog', 'The target'))).click();
  await ines.gone('dialog', 'The target');
  await seeRows(ines, 'Sign Feb 17, 2099', 'Train everybody Mar 6, 2099', 'Ask for the discount Feb 7, 2099');
  await ines.room.saved();

  // She sends back what she did, and gets what came since.
  await ines.visit(await priya.room.link());
  await toPlan(ines);
  await ines.see('1 of 2 done');
  await ines.see('Confirmed by Priya Raman');
  await seeRows(ines, 'Sign Feb 17, 2099', 'Train everybody Mar 6, 2099', 'Ask for the discount Feb 7, 2099');
  const calendar = await ines.device.downloaded(() => ines.choose('Take along', 'Calendar file (.ics)'));
  assert.doesNotMatch(readFileSync(calendar, 'utf8'), /discount/);
  assert.match(readFileSync(calendar, 'utf8'), /SUMMARY:Sign\r\n(?:[^B].*\r\n)*DUE;VALUE=DATE:20990217\r\nSTATUS:COMPLETED\r\n/);
  await priya.visit(await ines.room.link({ whom: 'Priya Raman' }));
  await toPlan(priya);
  await seeRows(priya, 'Sign Feb 17, 2099', 'Train everybody Mar 6, 2099');
  await priya.see('1 of 2 done');

  for (const size of [{ width: 1440, height: 900 }, { width: 320, height: 740 }]) {
    await priya.look();
    await priya.resize(size);
    assert.deepEqual([...await axeFindings(priya, 'a plan'), ...await whatSticksOut(priya, 'a plan')], []);
  }
});
