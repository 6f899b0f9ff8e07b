// A team brings its pipeline from another system: what it sells first, then its deals, where what is unclear is asked. All of it can be
// taken back, and what leaves as a table changes nothing when it comes in again.

import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { axeFindings, whatSticksOut } from '../harness/axe.mjs';
import { journey } from '../harness/journey.mjs';
import { until, untilEqual } from '../harness/wait.mjs';

const crm = fileURLToPath(new URL('../../app/exchange/tests/crm/', import.meta.url));
const LINES = 600;

const pick = async (tab, ...files) => {
  const input = await until('files can be picked', () => tab.page.$('main .file-picker input'));
  await input.uploadFile(...files);
};

const choose = async (tab, name, words) => {
  const select = await tab.find('combobox', name);
  await select.evaluate((select, words) => {
    select.value = [...select.options].find(option => option.textContent === words).value;
    select.dispatchEvent(new Event('change', { bubbles: true }));
  }, words);
};

const summary = tab => tab.page.$$eval('.import-summary .lines li', lines => lines.map(line => line.innerText));

const look = async (tab, name) => {
  if (process.env.HANDSEL_PICTURES) await tab.page.screenshot({ path: path.join(process.env.HANDSEL_PICTURES, `${name}.png`), fullPage: true });
};

journey('f3_import_a_table', { aside: true }, async ({ person }) => {
  const rows = readFileSync(path.join(crm, 'sales_pipeline.csv'), 'utf8').split('\n').slice(0, LINES + 1).filter(Boolean).map(row => row.trim());
  const cells = rows.slice(1).map(row => row.split(','));
  const folder = mkdtempSync(path.join(tmpdir(), 'handsel-f3-'));
  const deals = path.join(folder, 'sales_pipeline.csv');
  // Three rows cannot be read: one has a day that is none, one an id that came before, one nothing to be known by.
  const bad = ['BAD00001,Moses Frase,GTX Basic,Cancity,Won,31-02-17,01-03-17,1,,', `${cells[0][0]},Moses Frase,GTX Basic,Cancity,Won,20-10-16,01-03-17,1,,`, ',Moses Frase,,,Won,,,,,'];
  writeFileSync(deals, [...rows, ...bad].join('\n'));
  const count = stage => cells.filter(row => row[4] === stage).length;

  const anna = await person('Anna');
  await anna.visit();
  await anna.home.newTeam('Northwind Sales');
  await anna.click('link', 'Import a table');
  await anna.find('heading', 'Import a table');
  assert.deepEqual([...await axeFindings(anna, 'nothing yet'), ...await whatSticksOut(anna, 'nothing yet')], []);
  await look(anna, 'f3-begin');

  // What is sold comes first, whatever order the files are picked in.
  await pick(anna, deals, path.join(crm, 'products.csv'));
  await until('the products are read', async () => (await summary(anna)).some(line => line.startsWith('7 products go')));
  await look(anna, 'f3-products');
  await anna.click('button', 'Import');
  await anna.see('7 new in the list');
  await anna.click('button', 'Go on with sales_pipeline.csv');

  // Two things only she knows: the order of days, and whether GTXPro is GTX Pro.
  await anna.see('Which day is');
  assert.deepEqual(await summary(anna), [], 'nothing is read before it is answered');
  await look(anna, 'f3-asked');
  const answers = await anna.page.$$eval('.import-choice', all => all.map(one => one.innerText.replace(/\s+/g, ' ')));
  assert.ok(answers.some(words => /20\d\d day, month, year$/.test(words)), answers.join());
  await anna.page.evaluate(() => [...document.querySelectorAll('.import-asked fieldset label')].find(label => /day, month, year/.test(label.innerText)).querySelector('input').click());
  await until('both columns are answered', async () => (await summary(anna)).length > 0);
  await anna.see('3 rows cannot be imported');
  await (await anna.find('radio', 'Join', await anna.find('radiogroup', 'GTXPro and GTX Pro'))).evaluate(one => one.click());
  await choose(anna, 'Where “Engaging” is', 'Engaging');
  await until('all deals have a price', async () => (await summary(anna)).some(line => line.startsWith(`${cells.length} deals have no amount of`)));
  assert.ok((await summary(anna))[0].startsWith(`${cells.length} deals new`), (await summary(anna)).join('\n'));
  assert.deepEqual([...await axeFindings(anna, 'import'), ...await whatSticksOut(anna, 'import')], []);
  await look(anna, 'f3-settled');
  await anna.resize({ width: 360, height: 740 });
  assert.deepEqual(await whatSticksOut(anna, 'import on a phone'), []);
  await look(anna, 'f3-phone');
  await anna.resize({ width: 1280, height: 900 });

  // The bad rows leave as a table that says why.
  const mended = readFileSync(await anna.device.downloaded(() => anna.click('button', 'Save them as a table')), 'utf8').split('\r\n');
  assert.equal(mended.length, 5, mended.join('\n'));
  assert.match(mended[0], /^\uFEFFWhy it was not imported,opportunity_id,/);
  assert.match(mended[1], /“31-02-17” is no day/);
  assert.match(mended[2], /Line 2 has the same id/);

  await anna.click('button', 'Import');
  await anna.see('It is imported');
  await look(anna, 'f3-done');
  assert.deepEqual([...await axeFindings(anna, 'imported'), ...await whatSticksOut(anna, 'imported')], []);
  await anna.click('link', 'To the pipeline');
  await (await anna.find('radio', 'Table')).evaluate(one => one.click());
  const listed = () => anna.page.$eval('table.deals', table => Number(table.getAttribute('aria-rowcount')) - 1);
  const open = count('Engaging') + count('Prospecting');
  await untilEqual('the open ones are there', listed, open);
  await (await anna.find('radio', 'Closed')).evaluate(one => one.click());
  await untilEqual('the closed ones are there', listed, cells.length - open);
  const prices = { 'GTX Basic': 550, 'GTX Pro': 4821, 'MG Special': 55, 'MG Advanced': 3393, 'GTX Plus Pro': 5482, 'GTX Plus Basic': 1096, 'GTK 500': 26768, GTXPro: 4821 };
  const sum = cells.filter(row => ['Won', 'Lost'].includes(row[4])).reduce((sum, row) => sum + prices[row[2]], 0);
  await anna.see(sum.toLocaleString('en'));

  // What leaves as a table changes nothing when it comes in again.
  const saved = await anna.device.downloaded(() => anna.choose('More', 'Save deals as a table'));
  await anna.choose('More', 'Import a table');
  await pick(anna, saved);
  await until('all is known', async () => (await summary(anna)).some(line => line.startsWith(`${cells.length} deals already just so`)));
  await anna.see('All of it is in the book already, just so.');

  // Tomorrow it can be taken back as well.
  await anna.room.saved();
  await anna.reload();
  await anna.see('Past imports');
  await anna.click('button', 'Undo the import of sales_pipeline.csv');
  await anna.see('Undone');
  await anna.click('link', 'Pipeline');
  await anna.see('Your deals will be here');
});
