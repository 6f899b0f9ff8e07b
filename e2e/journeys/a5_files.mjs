// Both sides put files into the room: an image, a PDF that is read page by page, a large one; they travel while both are there,
// are taken along as one archive, and are still there without a network.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import path from 'node:path';

import { axeFindings, whatSticksOut } from '../harness/axe.mjs';
import { journey } from '../harness/journey.mjs';
import { file, pdf } from '../harness/pages.mjs';
import { png } from '../harness/pictures.mjs';
import { until, untilEqual } from '../harness/wait.mjs';
import { signallingServer } from '../peers/servers.mjs';

const READER = `
import hashlib, sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as archive:
    assert archive.testzip() is None
    for name in sorted(archive.namelist()):
        print(name, hashlib.sha256(archive.read(name)).hexdigest())
`;

/** The files that a tab lists, each with what is said of it. */
const listed = tab => tab.page.$$eval('.files .file', all => all.map(row => ({
  name: row.querySelector('.file-name').innerText,
  more: row.querySelector('.file-more').innerText,
  badges: row.querySelector('.file-badges').innerText.trim(),
})));

const names = async tab => (await listed(tab)).map(row => row.name);

const pick = async (tab, ...files) => (await tab.page.$('.files-page input[type=file]')).uploadFile(...files);

/** Whether something is drawn on a page: not all of it has one colour. */
const isDrawn = (tab, page) => tab.page.evaluate(page => {
  const canvas = document.querySelectorAll('.viewer-page > canvas')[page - 1];
  if (!canvas?.width) return false;
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height >> 2);
  return data.some((value, at) => value !== data[at % 4]);
}, page);

const look = async (tab, name) => {
  await tab.click('button', name);
  return tab.find('dialog', name);
};

journey('a5_files_of_both_sides', { limit: 600_000 }, async ({ person, server, engine }) => {
  const meeting = signallingServer();
  await meeting.start();
  try {
    const also = [meeting.address];
    const ines = await person('Ines', { also });
    await ines.visit();
    await ines.home.newRoom('Month-end close');
    await ines.room.write('We close your books in five days.');
    await ines.room.saved();
    await ines.room.meetOver({ signalling: meeting.address });
    await ines.click('link', 'Files');
    await ines.see('Contracts, drawings and films that belong to this deal');

    // Dropped, and picked; a name that would mislead is shown as what it is.
    await ines.drop(png('office.png', { width: 400, height: 300, colour: [40, 110, 140], rough: 2 }));
    await untilEqual('the image is listed', () => names(ines), ['office.png']);
    const large = file('survey.bin', randomBytes(25 * 1024 * 1024));
    await pick(ines, pdf('Offer.pdf', 12), large, file('broken.pdf', '%PDF-1.7 this is the whole of it'),
      file('page.html', '<!doctype html><title>taken</title><script>document.title = "taken"</script><p>Words'), file('empty.txt', ''));
    const all = ['broken.pdf', 'empty.txt', 'Offer.pdf', 'office.png', 'page.html', 'survey.bin'];
    await untilEqual('all are listed', () => names(ines), all);
    await ines.room.saved();
    assert.deepEqual([...await axeFindings(ines, 'files'), ...await whatSticksOut(ines, 'files')], []);

    // The buyer comes by a link, which has no room for them; they come from browser to browser.
    const { link } = await ines.room.share({ right: 'Comment', whom: 'Priya Raman' });
    await ines.see('The room’s files do not fit into it');
    await ines.room.done();
    const priya = await person('Priya', { also });
    await priya.visit(link);
    await priya.click('button', 'Connect');
    await priya.click('link', 'Files');
    await untilEqual('she sees them', () => names(priya), all);
    await until('they came', async () => (await listed(priya)).every(row => row.badges === ''), 240_000);

    // She reads the PDF page by page, goes on to the next file and comes back.
    let dialog = await look(priya, 'Offer.pdf');
    await priya.see('Page 1 of 12');
    await until('the first page is drawn', () => isDrawn(priya, 1), 60_000);
    assert.equal(await isDrawn(priya, 12), false, 'only what is near is drawn');
    await priya.press('End');
    await priya.see('Page 12 of 12');
    await until('the last page is drawn', () => isDrawn(priya, 12), 60_000);
    assert.ok(await dialog.$('canvas[role=img][aria-label="Page 12 of 12"]'), 'a page has a name');
    assert.deepEqual(await axeFindings(priya, 'a PDF'), []);
    await priya.press('ArrowRight');
    dialog = await priya.find('dialog', 'office.png');
    await until('the image is shown', () => dialog.$eval('img', image => image.complete && image.naturalWidth === 400));
    await priya.press('ArrowRight');
    await priya.find('dialog', 'page.html');
    await priya.see('<p>Words');
    await priya.press('Escape');
    await priya.gone('dialog');
    assert.notEqual(await priya.page.title(), 'taken', 'a page is words here');
    await look(priya, 'broken.pdf');
    await priya.see('This file is damaged or not what its name says');
    await priya.press('Escape');
    await look(priya, 'empty.txt');
    await priya.see('This file is empty');
    await priya.press('Escape');

    // One that is too large to go to everybody comes when she asks for it.
    await ines.look();
    const film = file('film.bin', randomBytes(33 * 1024 * 1024));
    await pick(ines, film);
    await until('it is listed', async () => (await names(ines)).includes('film.bin'), 120_000);
    await priya.look();
    await priya.click('button', 'Get it');
    await until('it came', async () => (await listed(priya)).every(row => row.badges === ''), 240_000);

    // She answers, and takes all along as one archive.
    const answer = file('Answer.txt', 'Yes, on Friday.');
    await pick(priya, answer);
    const both = ['Answer.txt', ...all.toSpliced(2, 0, 'film.bin')];
    await untilEqual('hers is listed', () => names(priya), both);
    await ines.look();
    await untilEqual('the seller has it', () => names(ines), both);
    await until('with who put it there', async () => /^Added by Priya Raman, /.test((await listed(ines))[0].more));
    await priya.look();
    const archive = await priya.device.downloaded(() => priya.click('button', 'Download all'));
    const hash = path => execFileSync('sha256sum', [path], { encoding: 'utf8' }).split(' ')[0];
    const read = execFileSync('python3', ['-c', READER, archive], { encoding: 'utf8' }).trim().split('\n');
    assert.deepEqual(read.map(line => line.split(' ')[0]), both.toSorted());
    for (const whole of [large, film]) assert.ok(read.includes(`${path.basename(whole)} ${hash(whole)}`), 'the large ones are whole');

    // A newer version, an older one, another name and folder, and gone and back.
    await ines.look();
    await pick(ines, pdf('Offer.pdf', 3));
    await until('there are two', async () => (await listed(ines)).find(row => row.name === 'Offer.pdf')?.badges === '2 versions');
    await ines.click('button', '2 versions');
    dialog = await ines.find('dialog', 'Versions of Offer.pdf');
    const [, older] = await ines.all('button', 'Open', dialog);
    await older.click();
    await ines.see('Page 1 of 12');
    await ines.press('Escape');
    await ines.choose('More about survey.bin', 'Rename or move');
    await ines.fill('textbox', 'Name', 'Survey.bin');
    await ines.fill('textbox', 'Folder (optional)', 'Site');
    await ines.click('button', 'Save');
    await ines.find('heading', 'Site');
    await ines.choose('More about Answer.txt', 'Hide from the room');
    await until('it is hidden', async () => !(await names(ines)).includes('Answer.txt'));
    await ines.click('button', 'Undo');
    await until('it is back', async () => (await names(ines)).includes('Answer.txt'));
    await ines.room.saved();

    // By thumb, and without a network.
    await ines.resize({ width: 360, height: 740 });
    assert.deepEqual([...await axeFindings(ines, 'files by thumb'), ...await whatSticksOut(ines, 'files by thumb')], []);
    await ines.resize({ width: 1280, height: 900 });
    await ines.keptForOffline();
    await server.stop();
    for (const one of [ines, priya]) one.device.console.expect(/WebSocket|can.t establish a connection|connection to .* was interrupted/i);
    await ines.reload();
    await look(ines, 'Offer.pdf');
    await ines.see('Page 1 of 3');
    await until('it is drawn without a network', () => isDrawn(ines, 1), 60_000);
  } finally {
    await meeting.stop();
  }
});
