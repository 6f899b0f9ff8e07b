// A person puts images into a proposal, describes them, sizes them, loses one and gets it back, and sends them on.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

import { axeFindings, whatSticksOut } from '../harness/axe.mjs';
import { journey } from '../harness/journey.mjs';
import { noImage, png, svg } from '../harness/pictures.mjs';
import { until, untilEqual } from '../harness/wait.mjs';

const plan = () => png('plan.png', { width: 1200, height: 600, colour: [40, 110, 140], text: '51.5 N 0.12 W', rough: 4 });
const logo = () => png('logo.png', { width: 90, height: 60, colour: [210, 120, 60] });
const large = () => png('large.png', { width: 4000, height: 1000, colour: [90, 160, 90] });

journey('a2_images', {}, async ({ person }) => {
  const anna = await person('Anna');
  await anna.visit();
  await anna.home.newRoom('Offices');
  await anna.room.write('Our three offices\nand what they cost');

  // Picked, with the caret in the text: it stands below the words before the caret.
  await anna.press('Control+Home', 'End');
  await anna.room.pickImages(plan());
  let [image] = await anna.room.seeImages(1);
  assert.equal(image.shown, '1200x600');
  assert.deepEqual(await anna.room.lines(), ['text: Our three offices', 'image: <img></img>', 'text: ', 'text: and what they cost']);

  // Dropped on a line: it goes below that line, whole.
  const last = (await (await anna.room.ready()).$$('p')).at(-1);
  const box = await last.boundingBox();
  await anna.drop(svg('seal.svg'), { x: box.x + 30, y: box.y + box.height / 2 });
  await anna.room.seeImages(2);
  // Pasted, where the caret is now.
  await anna.press('Control+End');
  await anna.room.pasteFiles(logo());
  await anna.room.seeImages(3);
  assert.notEqual(await anna.page.title(), 'taken', 'an image runs no script');

  // A file that only says so is refused with words, and one that is too large on a side is made smaller.
  await anna.room.pickImages(noImage('cat.png'));
  await anna.see('“cat.png” is not an image that can be shown here');
  await anna.room.pickImages(large());
  const all = await anna.room.seeImages(4);
  assert.ok(all.some(image => image.shown === '2560x640'), JSON.stringify(all));
  await anna.press('Control+z');
  await anna.room.seeImages(3);

  // Chosen by the keyboard alone: onto the image, into its tools, out of them.
  await anna.press('Control+Home', 'ArrowDown');
  await anna.find('toolbar', 'Image');
  await anna.press('Tab');
  assert.equal(await anna.focused(), 'Describe');
  await anna.press('Enter');
  await anna.find('dialog', 'Describe the image');
  await until('the description can be written', async () => (await anna.focused()) === 'Description');
  await anna.type('A plan of our offices');
  await anna.press('Enter');
  await untilEqual('it is described', async () => (await anna.room.images())[0].alt, 'A plan of our offices');
  const full = (await anna.room.images())[0].across;
  await anna.gone('dialog', 'Describe the image');
  await until('the keyboard is back in the tools', async () => (await anna.focused()) === 'Description');
  await anna.press('ArrowRight', 'ArrowRight');
  assert.equal(await anna.focused(), 'Half');
  await anna.press('Enter');
  await untilEqual('it is half as wide', async () => (await anna.room.images())[0].width, 'half');
  const half = (await anna.room.images())[0].across;
  assert.ok(Math.abs(half * 2 - full) <= 4, `${half} of ${full}`);
  assert.deepEqual(await axeFindings(anna, 'an image is chosen'), []);
  await anna.press('Escape', 'ArrowDown');
  await anna.gone('toolbar', 'Image');

  // Deleted like a rule, and back.
  await anna.room.chooseImage(0);
  await anna.press('Backspace');
  await anna.press('Delete');
  await until('one is gone', async () => (await anna.room.images()).length === 2);
  await until('and comes back by undo, described', async () => {
    await anna.press('Control+z');
    return (await anna.room.images()).length === 3;
  });
  image = (await anna.room.seeImages(3))[0];
  assert.deepEqual([image.alt, image.width], ['A plan of our offices', 'half']);

  // Kept, and the same in another tab.
  await anna.room.saved();
  const before = (await anna.room.seeImages(3)).map(({ alt, width, shown }) => ({ alt, width, shown }));
  await anna.reload();
  await untilEqual('they are there after reloading', async () =>
    (await anna.room.images()).map(({ alt, width, shown }) => ({ alt, width, shown })), before);
  const second = await anna.newTab();
  await second.visit(new URL(anna.address()).hash);
  await second.look();
  await second.room.seeImages(3);
  await second.room.chooseImage(2);
  await second.press('Delete');
  await second.room.seeImages(2);
  await second.press('Control+z');
  await second.room.saved();
  await anna.look();
  await anna.room.seeImages(3);

  // A room with images is sent as a file, and what is in it opens elsewhere.
  const { link, file } = await anna.room.share();
  assert.equal(link, undefined, 'a room with images is too long for a link');
  assert.ok(file);
  await anna.room.done();
  const path = await anna.room.saveFile();
  assert.ok(!readFileSync(path).includes('51.5 N'), 'nothing of it is in clear');
  const ben = await person('Ben');
  await ben.visit();
  await ben.keptForOffline();
  await ben.home.open(path);
  await untilEqual('they open elsewhere', async () =>
    (await ben.room.images()).map(({ alt, width, shown }) => ({ alt, width, shown })), before);

  // The web page holds them, and nothing of where they were made.
  const page = readFileSync(await ben.room.export('Export as web page'), 'utf8');
  assert.equal(page.match(/<img src="data:image\/(png|svg\+xml);base64,/g)?.length, 3);
  assert.match(page, /alt="A plan of our offices"/);
  const [, inside] = page.match(/src="data:image\/png;base64,([^"]+)" alt="A plan/);
  assert.ok(!Buffer.from(inside, 'base64').includes('51.5 N'), 'where it was made is not in it');
  const markdown = readFileSync(await ben.room.export('Export as Markdown'), 'utf8');
  assert.match(markdown, /!\[A plan of our offices\]\((data:image\/png;base64,|image-)/);

  // Small windows and the dark show them as well.
  await ben.resize({ width: 360, height: 780 });
  await ben.room.chooseImage(0);
  assert.deepEqual([...await axeFindings(ben, 'on a phone'), ...await whatSticksOut(ben, 'on a phone')], []);
});

journey('a2_image_that_is_missing', { aside: true }, async ({ person }) => {
  const anna = await person('Anna');
  await anna.visit();
  await anna.home.newRoom('Offices');
  await anna.room.pickImages(plan());
  await anna.room.seeImages(1);
  await anna.room.chooseImage(0);
  await anna.click('button', 'Describe');
  await until('the description can be written', async () => (await anna.focused()) === 'Description');
  await anna.type('A plan');
  await anna.press('Enter');
  await anna.room.saved();
  const whole = await anna.room.saveFile();

  // What a link without it, or a store that lost it, would leave.
  await anna.page.evaluate(() => new Promise((done, failed) => {
    const opening = indexedDB.open('handsel');
    opening.onerror = failed;
    opening.onsuccess = () => {
      const clearing = opening.result.transaction('blobs', 'readwrite');
      clearing.objectStore('blobs').clear();
      clearing.oncomplete = done;
    };
  }));
  await anna.reload();
  await untilEqual('its words stand there, and why', async () => {
    const [image] = await anna.room.images();
    return image && [image.shown, image.alt, image.missing];
  }, [undefined, 'A plan', 'This image has not arrived. It comes with a newer room file of this room.']);
  assert.deepEqual(await axeFindings(anna, 'an image is missing'), []);

  // A file that has it brings it into the open room.
  await anna.drop(whole);
  await anna.room.seeImages(1);
  await anna.see('Brought in the changes from the file.');
});
