// A newer build is published while a room is open: the page goes on as it is, says that a new version is ready, and
// changes to it when told to. Files of two builds are never mixed.

import assert from 'node:assert/strict';

import { journey } from '../harness/journey.mjs';
import { secondBuild } from '../harness/second_build.mjs';
import { until, untilEqual } from '../harness/wait.mjs';

/** The style sheets that the page is shown with. */
const sheets = tab => tab.page.$$eval('link[rel=stylesheet]', links => links.map(link => link.href.split('/').pop()));

journey('b6_update_by_consent', {}, async ({ person, server }) => {
  const second = secondBuild();
  try {
    const anna = await person('Anna');
    await anna.visit();
    await anna.home.newRoom('Moving the archive');
    await anna.room.write('We bring three vans.');
    await anna.room.saved();
    await anna.keptForOffline();
    assert.deepEqual(await sheets(anna), [second.old]);

    await server.publish(second.folder);
    await anna.reload();
    await anna.see('A new version is ready.');
    assert.deepEqual(await sheets(anna), [second.old], 'the page is still the old one');
    await anna.room.write(' Two days.');
    await anna.room.saved();

    // Without consent another visit is still the old build, whole.
    const other = await anna.newTab();
    await other.visit(anna.address());
    await other.room.see('Two days.');
    assert.deepEqual(await sheets(other), [second.old], 'a new tab is the old build too');
    await other.close();

    // What is typed right before the change is kept.
    await anna.look();
    await anna.room.write('\nOne crane.');
    await anna.click('button', 'Reload');
    await until('the page is the new build', async () => (await sheets(anna)).includes(second.name));
    assert.deepEqual(await sheets(anna), [second.name]);
    await untilEqual('the text is whole', () => anna.room.lines(), ['text: We bring three vans. Two days.', 'text: One crane.']);
    await until('the banner is gone', async () => !(await anna.text()).includes('A new version is ready.'));

    await server.stop();
    await anna.reload();
    await anna.room.see('One crane.');
    assert.deepEqual(await sheets(anna), [second.name], 'the new build works without a network');
  } finally {
    second.remove();
  }
});

journey('b6_update_leaves_the_other_tab_whole', { browsers: ['chromium'] }, async ({ person, server }) => {
  const second = secondBuild();
  try {
    const anna = await person('Anna');
    await anna.visit();
    await anna.home.newRoom('Moving the archive');
    await anna.room.write('We bring three vans.');
    await anna.room.saved();
    await anna.keptForOffline();
    const other = await anna.newTab();
    await other.visit(anna.address());
    await other.room.see('three vans');

    await server.publish(second.folder);
    await other.reload();
    await other.see('A new version is ready.');
    await other.click('button', 'Reload');
    await until('one tab is new', async () => (await sheets(other)).includes(second.name));

    // The tab that nobody asked stays what it is and goes on working.
    await anna.look();
    assert.deepEqual(await sheets(anna), [second.old]);
    await anna.room.write(' Two days.');
    await anna.room.saved();
    await other.look();
    await other.room.see('Two days.');
    await anna.look();
    await anna.reload();
    await anna.room.see('Two days.');
    assert.deepEqual(await sheets(anna), [second.name]);
  } finally {
    second.remove();
  }
});
