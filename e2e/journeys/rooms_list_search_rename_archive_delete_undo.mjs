// The list of rooms: what it says, and what can be done to a room from there.

import assert from 'node:assert/strict';

import { journey } from '../harness/journey.mjs';
import { until, untilEqual } from '../harness/wait.mjs';

journey('rooms_list_search_rename_archive_delete_undo', {}, async ({ person }) => {
  const anna = await person('Anna');
  const { home, room } = anna;
  const shows = titles => untilEqual('the list shows', () => home.titles(), titles);

  await anna.visit();
  for (const title of ['Moving the archive', 'Painting the hall', 'Café Müller']) {
    await home.newRoom(title);
    await room.write(`All about ${title}.`);
    await room.saved();
    await room.allRooms();
  }
  // The latest change comes first.
  await shows(['Café Müller', 'Painting the hall', 'Moving the archive']);
  for (const words of await home.rooms()) {
    assert.match(words, /\d+(\.\d+)?\s?(B|bytes|KB|KiB|kB)/, 'each room tells its size');
    assert.match(words, /now|ago|today|\d{1,2}:\d{2}/i, 'each room tells its last change');
  }
  await home.enter('Moving the archive');
  await room.write(' Now.');
  await room.saved();
  await room.allRooms();
  await shows(['Moving the archive', 'Café Müller', 'Painting the hall']);

  await home.search('HALL');
  await shows(['Painting the hall']);
  await home.search('CAFÉ mü');
  await shows(['Café Müller']);
  await home.search('nothing like it');
  await shows([]);
  await home.search('');
  await shows(['Moving the archive', 'Café Müller', 'Painting the hall']);

  // A room is a draft until somebody is given it.
  const stage = async title => (await home.rooms()).find(room => room.startsWith(title))?.match(/^(Draft|Shared.*|Archived)$/m)?.[0];
  assert.equal(await stage('Painting the hall'), 'Draft');
  await home.enter('Painting the hall');
  const stands = () => anna.page.$eval('.room-bar > .stage', mark => mark.innerText);
  await until('the room says that it is a draft', async () => /^Draft\s+You have not given/.test(await stands()));
  const link = await room.link({ right: 'Read', whom: 'Priya' });
  await until('the room says that it is shared', async () => /^Shared\s+One link made, for Priya/.test(await stands()));
  await room.allRooms();
  assert.equal(await stage('Painting the hall'), 'Shared with Priya');
  await home.show('Drafts');
  await shows(['Moving the archive', 'Café Müller']);
  await home.show('Shared');
  await shows(['Painting the hall']);
  await home.show('Active');
  await shows(['Moving the archive', 'Café Müller', 'Painting the hall']);
  const priya = await person('Priya');
  await priya.visit(link);
  await priya.find('group', 'Text of the proposal');
  await priya.room.allRooms();
  assert.deepEqual(await priya.page.$$('.stage'), [], 'whoever came by a link is told nothing');
  await anna.look();

  await home.act('Painting the hall', 'Rename');
  await anna.find('dialog', 'Rename room');
  await anna.fill('textbox', 'Title', 'Painting two halls');
  await anna.click('button', 'Rename');
  await anna.gone('dialog', 'Rename room');
  await until('the new name is shown', async () => (await home.titles()).includes('Painting two halls'));
  await home.act('Café Müller', 'Rename');
  await anna.fill('textbox', 'Title', 'Never');
  await anna.click('button', 'Cancel');
  await anna.gone('dialog', 'Rename room');
  assert.ok((await home.titles()).includes('Café Müller'), 'cancelling changes nothing');
  await home.enter('Painting two halls');
  assert.equal(await room.title(), 'Painting two halls');
  await room.see('All about Painting the hall.');
  await room.allRooms();

  await home.act('Café Müller', 'Archive');
  await until('it left the list', async () => !(await home.titles()).includes('Café Müller'));
  await home.show('Archived');
  await shows(['Café Müller']);
  await anna.reload();
  await home.ready();
  await home.show('Archived');
  await shows(['Café Müller']);
  await home.act('Café Müller', 'Back to the list');
  await shows([]);
  await home.show('Active');
  await until('it is back', async () => (await home.titles()).includes('Café Müller'));

  await home.act('Moving the archive', 'Delete');
  await anna.see('“Moving the archive” is deleted');
  await until('it left the list', async () => !(await home.titles()).includes('Moving the archive'));
  await anna.click('button', 'Undo');
  await until('it is back', async () => (await home.titles()).includes('Moving the archive'));
  await home.enter('Moving the archive');
  await room.see('All about Moving the archive. Now.');
  await room.allRooms();

  await home.act('Moving the archive', 'Delete');
  await anna.see('“Moving the archive” is deleted');
  await anna.reload();
  await home.ready();
  await until('the others are listed', async () => (await home.titles()).length === 2);
  assert.ok(!(await home.titles()).includes('Moving the archive'), 'it stays deleted');
  await home.show('Archived');
  await shows([]);
});
