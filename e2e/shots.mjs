// Takes a picture of every screen: light and dark, desktop and phone, into out/shots. For looking at.

import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';

import { atRest } from './harness/axe.mjs';
import { Device } from './harness/device.mjs';
import { out, proposals } from './harness/paths.mjs';
import { screens } from './harness/screens.mjs';
import { Server } from './harness/server.mjs';
import { Tab } from './harness/tab.mjs';

const VIEWPORTS = {
  desktop: { width: 1440, height: 900 },
  phone: { width: 360, height: 780, deviceScaleFactor: 2 },
};

const folder = path.join(out, 'shots');
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });

const server = await Server.start();
try {
  for (const scheme of ['light', 'dark']) {
    const device = await Device.open('chromium', { origin: server.origin });
    try {
      const tab = new Tab(device, await device.newPage(), server);
      await tab.page.emulateMediaFeatures([
        { name: 'prefers-color-scheme', value: scheme },
        { name: 'prefers-reduced-motion', value: 'reduce' },
      ]);
      await screens(tab, proposals()[0], async name => {
        for (const [kind, viewport] of Object.entries(VIEWPORTS)) {
          await tab.page.setViewport(viewport);
          await atRest(tab);
          await tab.page.screenshot({ path: path.join(folder, `${name}-${scheme}-${kind}.png`) });
        }
        await tab.page.setViewport(VIEWPORTS.desktop);
      });
    } finally {
      await device.end();
    }
  }
} finally {
  await server.end();
}
console.log(`Pictures are in ${folder}`);
