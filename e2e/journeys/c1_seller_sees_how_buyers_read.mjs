// Buyers see what is recorded of their reading, and the seller sees the same once it came: nothing more, and nobody else does.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

import { axeFindings, whatSticksOut } from '../harness/axe.mjs';
import { journey } from '../harness/journey.mjs';
import { until } from '../harness/wait.mjs';

const words = count => Array.from({ length: count }, (_, at) => `word${at}`).join(' ');

/** Reads for so many seconds: moves the pointer now and then, as people do. */
async function read(tab, seconds) {
  await tab.look();
  const begun = Date.now();
  await until(`${tab.device.engine} read for ${seconds} s`, async () => {
    await tab.page.mouse.move(100 + (Date.now() % 90), 300);
    return Date.now() - begun >= 1_000 * seconds;
  });
}

/** What the page of records says: each visit with whether it was sent, and its parts with their times. */
async function recorded(tab) {
  await tab.choose('More', 'What is recorded');
  const dialog = await tab.find('dialog', 'What is recorded');
  await until('it tells something', () => dialog.$('.recorded li, .empty-state'));
  const told = await dialog.$$eval('.recorded > li', all => all.map(visit => ({
    isSent: !visit.innerText.includes('Not sent yet'),
    parts: Object.fromEntries([...visit.querySelectorAll('tbody tr')].map(row => {
      const name = [...row.cells[0].childNodes].find(node => node.nodeType === Node.TEXT_NODE).data.trim();
      return [name, row.cells[1].innerText];
    })),
  })));
  return { dialog, told };
}

/** A time as the pages write it, in seconds. */
const seconds = time => (time.includes('<') || time.includes('less') ? 0.5
  : Number(/(\d+) min/.exec(time)?.[1] ?? 0) * 60 + Number(/(\d+) s/.exec(time)?.[1] ?? 0));

const close = async (tab, name) => {
  await tab.page.keyboard.press('Escape');
  await tab.gone('dialog', name);
};

/** The table of the seller's page: by part, the time of each person. */
const table = tab => tab.page.$$eval('.along-table tr', rows => {
  const people = [...rows[0].querySelectorAll('.along-who')].map(one => one.innerText.trim().split('\n').at(-1));
  return Object.fromEntries(rows.slice(1).map(row => {
    const cells = [...row.querySelectorAll('.along-cell')];
    return [row.cells[0].innerText, Object.fromEntries(people.map((who, at) => [who, cells[at].querySelector('button')?.innerText ?? '']))];
  }));
});

journey('c1_seller_sees_how_buyers_read_and_they_see_what_is_told', {}, async ({ person }) => {
  const ines = await person('Ines');
  await ines.visit();
  await ines.home.newRoom('Month-end close');
  await ines.room.write(`# Why now\n${words(60)}`);
  await ines.room.saved();
  const [forPriya, forDana] = [await ines.room.link({ right: 'Comment', whom: 'Priya' }), await ines.room.link({ right: 'Read', whom: 'Dana' })];
  await ines.click('button', 'More');
  assert.deepEqual(await ines.all('menuitem', 'What is recorded'), [], 'owners are not recorded');
  await ines.page.keyboard.press('Escape');
  await ines.choose('More', 'How they read it');
  await ines.see('Nothing has come yet');
  assert.deepEqual(await axeFindings(ines, 'nothing read'), []);

  const priya = await person('Priya');
  await priya.visit(forPriya);
  await priya.see('Whoever shared this room sees which parts of it are read, and for how long.');
  await read(priya, 3);
  const first = await recorded(priya);
  assert.deepEqual(first.told.map(visit => visit.isSent), [false]);
  assert.ok(seconds(first.told[0].parts['Why now']) >= 1, first.told[0].parts['Why now']);
  assert.deepEqual([...await axeFindings(priya, 'what is recorded')], []);
  await priya.resize({ width: 360, height: 740 });
  assert.deepEqual([...await axeFindings(priya, 'recorded by thumb'), ...await whatSticksOut(priya, 'recorded by thumb')], []);
  await priya.resize({ width: 1200, height: 800 });

  // What was not sent is deleted, and while it is paused nothing is noted.
  await priya.click('button', 'Delete what was not sent', first.dialog);
  await priya.see('Nothing is noted yet');
  await priya.click('switch', 'Record how I read this room', first.dialog);
  await close(priya, 'What is recorded');
  await read(priya, 2);
  const paused = await recorded(priya);
  assert.deepEqual(paused.told, []);
  await priya.click('switch', 'Record how I read this room', paused.dialog);
  await close(priya, 'What is recorded');
  await priya.click('button', 'Understood');

  await read(priya, 3);
  await priya.click('link', 'Price');
  await read(priya, 2);
  await priya.reload();
  await priya.find('navigation', 'Places in this room');
  assert.deepEqual(await priya.all('button', 'Understood'), [], 'the notice comes once');
  const sharing = await priya.room.openShare();
  const reply = await (await priya.find('textbox', 'Link', sharing)).evaluate(field => field.value);
  await priya.page.keyboard.press('Escape');
  const sent = (await recorded(priya)).told.filter(visit => visit.isSent);
  const sum = { 'Why now': 0, Price: 0 };
  for (const part of Object.keys(sum)) for (const visit of sent) sum[part] += seconds(visit.parts[part] ?? '0 s');
  assert.ok(sum['Why now'] > 0 && sum.Price > 0, JSON.stringify(sent));

  // Dana reads on a phone, and sends a file back.
  const dana = await person('Dana');
  await dana.resize({ width: 360, height: 740 });
  await dana.visit(forDana);
  await dana.see('Whoever shared this room');
  await dana.keptForOffline();
  await read(dana, 3);
  const file = await dana.room.saveFile();
  assert.ok(!readFileSync(file).includes('Why now'));

  await ines.visit(reply);
  await ines.see('It brought how the room was read, and nothing else.');
  await ines.click('button', 'Look at it');
  // What is shown is rounded, once for each visit there and once here.
  const isTold = (shown, part) => Math.abs(seconds(shown[part]?.Priya || '0 s') - sum[part]) <= sent.length;
  await until('the seller sees what the buyer was shown, and no more', async () => {
    const shown = await table(ines);
    return Object.keys(shown).sort().join() === 'Price,Why now' && isTold(shown, 'Price') && isTold(shown, 'Why now');
  });
  await ines.see('One contact only');
  await ines.room.allRooms();
  await ines.home.open(file);
  await ines.see('It brought how the room was read, and nothing else.');
  await ines.click('button', 'Look at it');
  await until('Dana is there as well', async () => (await table(ines))['Why now']?.Dana);
  assert.equal((await table(ines)).Price.Dana, '');
  assert.ok(isTold(await table(ines), 'Why now'), 'and what came before stays');
  assert.deepEqual(await axeFindings(ines, 'how they read it'), []);

  // From a figure to the records behind it.
  await ines.click('button', /^Priya on Price: /);
  const behind = await ines.find('dialog', 'Priya on Price');
  assert.ok((await behind.$$('tbody tr')).length > 0);
  await close(ines, 'Priya on Price');
  await ines.resize({ width: 360, height: 740 });
  assert.deepEqual([...await axeFindings(ines, 'readers by thumb'), ...await whatSticksOut(ines, 'readers by thumb')], []);
  const csv = readFileSync(await ines.device.downloaded(() => ines.click('button', 'Save as a table')), 'utf8');
  assert.match(csv, /Priya.*Price.*Read/);
});
