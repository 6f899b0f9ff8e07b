// A room of 10 MB on its way from browser to browser: how long its first copy takes over a connection of their own.

import { randomBytes } from 'node:crypto';

import { Device } from '../harness/device.mjs';
import { file } from '../harness/pages.mjs';
import { Server } from '../harness/server.mjs';
import { Tab } from '../harness/tab.mjs';
import { until } from '../harness/wait.mjs';
import { signallingServer } from '../peers/servers.mjs';

const BYTES = 10 * 1024 * 1024;

/** From agreeing to be connected until the last byte is stored at the other side, in milliseconds. */
export async function met(folder) {
  const [server, meeting] = [await Server.start({ folder }), signallingServer()];
  await meeting.start();
  const devices = [];
  const person = async () => {
    const device = await Device.open('chromium', { origin: server.origin, also: [meeting.address] });
    devices.push(device);
    return new Tab(device, await device.newPage(), server);
  };
  try {
    const seller = await person();
    await seller.visit();
    await seller.home.newRoom('Ten megabytes');
    await seller.room.write('All of it is in a file.');
    await seller.room.saved();
    await seller.room.meetOver({ signalling: meeting.address });
    const link = await seller.room.link({ right: 'Comment' });
    await seller.click('link', 'Files');
    await (await seller.page.waitForSelector('.files-page input[type=file]')).uploadFile(file('survey.bin', randomBytes(BYTES)));
    await until('it is listed', () => seller.page.$('.files .file'));
    await seller.room.saved();
    const buyer = await person();
    await buyer.visit(link);
    await buyer.click('link', 'Files');
    await buyer.find('button', 'Connect');
    return await buyer.page.evaluate(() => new Promise(resolve => {
      const begun = performance.now();
      const look = () => {
        const row = document.querySelector('.files .file');
        if (row && row.querySelector('.file-badges').innerText.trim() === '') resolve(performance.now() - begun);
        else setTimeout(look, 20);
      };
      [...document.querySelectorAll('button')].find(button => button.innerText.trim() === 'Connect').click();
      look();
    }));
  } finally {
    for (const device of devices) await device.end();
    await meeting.stop();
    await server.end();
  }
}
