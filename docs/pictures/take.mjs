// Takes the pictures of README.md from the real program: `node docs/pictures/take.mjs` from the root, with a build in dist/,
// the packages of e2e/ and target/debug/xtask. HANDSEL_DIST, HANDSEL_XTASK and HANDSEL_CHROMIUM are as in e2e/README.md.

import { spawn } from 'node:child_process';

import puppeteer from '../../e2e/node_modules/puppeteer-core/lib/esm/puppeteer/puppeteer-core.js';

const { HANDSEL_DIST = 'dist', HANDSEL_XTASK = 'target/debug/xtask', HANDSEL_CHROMIUM = '/usr/bin/chromium' } = process.env;
const PROPOSAL = 'app/exchange/fixtures/two-pages.md';
const DESKTOP = { width: 1200, height: 760 };
const PHONE = { width: 360, height: 640, deviceScaleFactor: 1.5 };

const server = spawn(HANDSEL_XTASK, ['serve', '--dist', HANDSEL_DIST, '--port', '0']);
const address = await new Promise(done => server.stdout.on('data', said => {
  const served = /serving (\S+)/.exec(String(said));
  if (served) done(served[1]);
}));
const browser = await puppeteer.launch({
  executablePath: HANDSEL_CHROMIUM,
  args: ['--no-sandbox', '--disable-background-networking', '--force-color-profile=srgb'],
  defaultViewport: DESKTOP,
});

const picture = (page, name, more = {}) => page.screenshot({ path: `docs/pictures/${name}.png`, ...more });
const button = name => `::-p-aria([name="${name}"][role="button"])`;

/** A page in a window of its own, so that it is seen while others are. */
async function open(place, scheme = 'light') {
  const page = await browser.newPage({ type: 'window', windowBounds: { width: 1240, height: 900 } });
  await page.setViewport(DESKTOP);
  // A caret's name fades, so the picture of it is taken before that; nothing else may be on its way.
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
  await page.goto(place);
  return page;
}

try {
  const home = await open(address);
  await home.waitForSelector(button('New room'));
  await home.waitForNetworkIdle();
  await picture(home, 'first-page');
  await (await home.$('input[type=file]')).uploadFile(PROPOSAL);
  await home.waitForFunction(() => document.querySelector('.status-chip')?.textContent.includes('Saved here'));
  const place = home.url();
  await home.close();

  const other = await open(place);
  await other.waitForSelector('.prose > [data-within]');
  const room = await open(place);
  await room.waitForSelector('.avatars');
  const quotation = await (await other.$('.prose > [data-within]')).boundingBox();
  await other.mouse.click(quotation.x + 330, quotation.y + 14);
  await room.waitForSelector('.caret > b');
  await room.waitForFunction(() => document.querySelector('.caret').getAnimations().length === 0);
  await picture(room, 'room');
  await room.click(button('Share'));
  await (await room.waitForSelector(button('Make the link'))).click();
  await room.waitForSelector('dialog[open] input[readonly]');
  const dialog = await (await room.$('dialog[open]')).boundingBox();
  const margin = 24;
  await picture(room, 'share', {
    clip: { x: dialog.x - margin, y: dialog.y - margin, width: dialog.width + 2 * margin, height: dialog.height + 2 * margin },
  });
  await room.close();
  await other.close();

  const phone = await open(place, 'dark');
  await phone.setViewport(PHONE);
  await phone.waitForSelector('.prose > [data-within]');
  await picture(phone, 'phone');
} finally {
  await browser.close();
  server.kill();
}
