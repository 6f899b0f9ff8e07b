// Every screen and dialog, light and dark, on a desktop and a phone: axe finds nothing, and nothing sticks out.

import assert from 'node:assert/strict';

import { axeFindings, whatSticksOut } from '../harness/axe.mjs';
import { journey } from '../harness/journey.mjs';
import { proposals } from '../harness/paths.mjs';
import { screens } from '../harness/screens.mjs';

const DESKTOP = { width: 1440, height: 900 };
const PHONE = { width: 360, height: 780 };
const NARROW = { width: 320, height: 640 };

journey('f1_axe_finds_nothing_in_chromium', { browsers: ['chromium'], limit: 800_000 }, async ({ person }) => {
  const findings = [];
  for (const scheme of ['light', 'dark']) {
    const anna = await person(`Anna, ${scheme}`);
    await anna.page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
    await screens(anna, proposals()[0], async name => {
      for (const viewport of [DESKTOP, PHONE]) {
        await anna.resize(viewport);
        findings.push(...await axeFindings(anna, `${name}, ${scheme}, ${viewport.width} px`));
        findings.push(...await whatSticksOut(anna, `${name}, ${viewport.width} px`));
      }
      await anna.resize(NARROW);
      findings.push(...await whatSticksOut(anna, `${name}, ${NARROW.width} px`));
      await anna.resize(DESKTOP);
    });
    await anna.device.end();
  }
  assert.deepEqual(findings, []);
});

journey('f1_axe_finds_nothing', { aside: true, browsers: ['firefox'], limit: 800_000 }, async ({ person }) => {
  const findings = [];
  const anna = await person('Anna');
  await screens(anna, proposals()[0], async name => {
    for (const viewport of [DESKTOP, PHONE]) {
      await anna.resize(viewport);
      findings.push(...await axeFindings(anna, `${name}, ${viewport.width} px`));
      findings.push(...await whatSticksOut(anna, `${name}, ${viewport.width} px`));
    }
    await anna.resize(DESKTOP);
  });
  assert.deepEqual(findings, []);
});
