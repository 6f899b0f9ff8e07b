// Makes the profile with which Firefox starts in a journey: `node harness/profile.mjs FOLDER`. Firefox fills a new one for three
// seconds; a copy of one that was filled and never used is as fresh.

import { rmSync } from 'node:fs';

import puppeteer from 'puppeteer-core';

const [, , folder] = process.argv;
rmSync(folder, { recursive: true, force: true });
const executablePath = process.env.HANDSEL_FIREFOX ?? '/usr/bin/firefox-esr';
const browser = await puppeteer.launch({ browser: 'firefox', executablePath, headless: true, userDataDir: folder });
const page = await browser.newPage();
await page.goto('about:blank');
await browser.close();
