// Accessibility rules, checked on the page as it stands.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Waits until nothing moves any more: a dialog that is still fading in has less contrast than when it stands. */
export async function atRest(tab) {
  await tab.page.evaluate(async () => {
    await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done())));
    await Promise.allSettled(document.getAnimations().map(animation => animation.finished));
  });
}

/** What axe finds on the page, as sentences that begin with `where`. */
export async function axeFindings(tab, where) {
  await atRest(tab);
  // By evaluation, since the page's own policy lets no script in.
  await tab.page.evaluate(axe);
  const findings = await tab.page.evaluate(async () => {
    const { violations } = await globalThis.axe.run(document, { resultTypes: ['violations'] });
    return violations.flatMap(({ id, help, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${help}\n${html}\n${failureSummary}`));
  });
  return findings.map(finding => `${where}: ${finding}`);
}

/** What on the page is wider than the window, as sentences that begin with `where`. */
export async function whatSticksOut(tab, where) {
  const overflow = await tab.page.evaluate(() => {
    const { clientWidth, scrollWidth } = document.scrollingElement;
    if (scrollWidth <= clientWidth) return [];
    return [...document.querySelectorAll('body *')]
      .filter(element => element.getBoundingClientRect().right > clientWidth + 0.5)
      // A row of tools is scrolled by itself, and says nothing of the page.
      .filter(element => !element.parentElement.closest('.toolbar'))
      .slice(0, 8)
      .map(element => `<${element.localName} class="${element.className}"> to ${element.getBoundingClientRect().right} of ${clientWidth}`);
  });
  return overflow.map(element => `${where}: ${element} sticks out`);
}
