// A team brings its library in from files, approves it, and two deals that differ are offered different parts of it, with reasons; one goes into
// the room with the buyer's name filled in, and comes out again.

import assert from 'node:assert/strict';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { axeFindings, whatSticksOut } from '../harness/axe.mjs';
import { journey } from '../harness/journey.mjs';
import { until, untilEqual } from '../harness/wait.mjs';

const FILES = {
  'close.md': `---
title: The close in four days
kind: case
industries: [Accounting]
steps: Qualify
problems: month-end close
review_by: 2020-01-31
---
For {{account.name}}: a firm of accountants closed in **four days** in place of nine.
`,
  'line.md': `---
kind: case
industries: Manufacturing
problems:
  - downtime
products: Monitor
---
# Line three stopped stopping

A maker of valves halved the downtime of a line.
`,
  'calculator.md': `---
title: What an idle machine costs
kind: calculator
industries: Manufacturing
author: Tom
---
Minutes, pieces an hour, margin of a piece.
`,
  'wrong.md': '---\ntitle: Wrong\nkind: poem\n---\nWords.\n',
};

/** The titles that the card offers, in order. */
const offered = tab => tab.page.$$eval('.worth > li strong', all => all.map(one => one.textContent));

async function pick(tab, files) {
  await tab.page.waitForSelector('.file-picker');
  const [chooser] = await Promise.all([tab.page.waitForFileChooser(), tab.page.click('.file-picker')]);
  await chooser.accept(files);
}

async function deal(tab, { account, name, industry, products, note }) {
  await tab.click('link', 'Pipeline');
  await until('a deal can be begun', async () => (await tab.all('button', 'New deal')).length > 0);
  await (await tab.all('button', 'New deal'))[0].click();
  await tab.find('dialog', 'New deal');
  await tab.type(account);
  await tab.press('Tab');
  await tab.type(name);
  await tab.press('Enter');
  await tab.gone('dialog', 'New deal');
  for (const [label, words] of [['Industry', industry], ['Products', products], ['Note', note]]) {
    await tab.page.waitForSelector(`.fields [aria-label="${label}"]`);
    await tab.page.focus(`.fields [aria-label="${label}"]`);
    await tab.type(words);
    await tab.page.keyboard.press('Tab');
  }
}

journey('d5_library_serves_up', { aside: true, browsers: ['chromium'], limit: 200_000 }, async ({ person }) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'library-'));
  const files = Object.entries(FILES).map(([name, words]) => {
    const file = path.join(folder, name);
    writeFileSync(file, words);
    return file;
  });
  const ines = await person('Ines');
  await ines.visit();
  await ines.home.newTeam('Northwind Sales');
  await ines.click('button', 'Begin with Few people, some weeks');

  await ines.click('link', 'Library');
  await ines.see('What sells for you will be here');
  assert.deepEqual(await axeFindings(ines, 'an empty library'), []);
  await pick(ines, files);
  await ines.see('3 new.');
  await ines.see('wrong.md, line 3: there is no kind “poem”.');
  await ines.see('calculator.md, line 5: “author” means nothing here and was left out.');
  await ines.click('button', 'Approve these 3');
  await ines.see('3 nuggets approved.');

  // A word with a typing error finds it; what comes again from the same file changes what came before.
  const titles = () => ines.page.$$eval('.nugget-open', all => all.map(one => one.textContent));
  await ines.fill('searchbox', 'Search the library', 'downtme');
  await untilEqual('it is found', titles, ['Line three stopped stopping']);
  await ines.click('button', 'Clear the search');
  await untilEqual('all are there', titles, ['Line three stopped stopping', 'The close in four days', 'What an idle machine costs']);
  writeFileSync(files[2], FILES['calculator.md'].replace('Minutes', 'Hours'));
  await pick(ines, files);
  await ines.see('1 changed, 2 already there.');
  assert.deepEqual(await axeFindings(ines, 'the library'), []);

  // Its words are others now, so it is a draft, and has those from before.
  await ines.click('button', 'What an idle machine costs');
  const dialog = await ines.find('dialog', 'Nugget');
  await ines.see('1 earlier version');
  await ines.click('radio', 'As the buyer reads it', dialog);
  await until('it is drawn', () => ines.page.$eval('.nugget-preview', it => it.innerText.includes('Hours, pieces an hour')));
  assert.deepEqual(await axeFindings(ines, 'a nugget'), []);
  await ines.click('button', 'Approve', dialog);
  await ines.gone('dialog', 'Nugget');

  await deal(ines, { account: 'Quillhaven', name: 'The close', industry: 'Accounting', products: 'Engagement', note: 'The month-end close takes nine days.' });
  await until('the close is first', async () => (await offered(ines))[0] === 'The close in four days');
  const why = await ines.page.$eval('.worth > li', it => it.innerText);
  assert.match(why, /Fits: step Qualify · problem month-end close · industry Accounting\./);
  assert.match(why, /Was to be reviewed by/);
  const close = ines.address();
  await deal(ines, { account: 'Ferrow Valves', name: 'Line two', industry: 'Manufacturing', products: 'Monitor', note: 'Downtime on line two.' });
  await untilEqual('the line is first', () => offered(ines), ['Line three stopped stopping', 'What an idle machine costs', 'The close in four days']);
  assert.deepEqual(await axeFindings(ines, 'worth using'), []);

  // Into the room, with the buyer's name; and back.
  await ines.visit(close);
  await ines.choose('Room', 'Make a room for it');
  await until('the room is there', () => ines.page.$('.prose'));
  await ines.room.saved();
  await ines.page.goBack();
  await until('it can be added', async () => (await ines.all('button', 'Add to the room')).length === 3);
  await (await ines.all('button', 'Add to the room'))[0].click();
  await ines.see('“The close in four days” is at the end of the room.');
  await ines.see('Used at this step');
  for (const scheme of ['light', 'dark']) {
    await ines.page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
    assert.deepEqual(await axeFindings(ines, `worth using, ${scheme}`), []);
  }
  await ines.page.emulateMediaFeatures([]);
  await ines.click('link', 'Open the room');
  await ines.see('a firm of accountants closed in four days in place of nine.');
  await until('the variable is filled', () => ines.page.evaluate(() => [...document.querySelectorAll('.prose')].some(it => it.innerHTML.includes('Quillhaven'))));
  await ines.page.goBack();
  await until('it is noted', () => ines.page.evaluate(() => document.body.innerText.includes('Used at this step')));

  await ines.resize({ width: 360, height: 740 });
  const narrow = ['a deal by thumb'];
  const findings = [...await axeFindings(ines, narrow[0]), ...await whatSticksOut(ines, narrow[0])];
  await ines.click('link', 'Library');
  await ines.see('3 nuggets');
  findings.push(...await axeFindings(ines, 'the library by thumb'), ...await whatSticksOut(ines, 'the library by thumb'));
  await until('no message lies over the list', () => ines.page.evaluate(() => !document.querySelector('.toast')));
  // Where a phone's bar at the bottom does not lie over it.
  await (await ines.find('button', 'The close in four days')).evaluate(row => row.scrollIntoView({ block: 'center' }));
  await ines.click('button', 'The close in four days');
  await ines.find('dialog', 'Nugget');
  findings.push(...await axeFindings(ines, 'a nugget by thumb'), ...await whatSticksOut(ines, 'a nugget by thumb'));
  assert.deepEqual(findings, []);
});
