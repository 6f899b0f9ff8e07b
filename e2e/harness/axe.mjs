// Accessibility rules, checked on the page as it stands.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Asserts that axe finds nothing on the page. `where` names the screen in the message. */
export async function axeFindsNothing(tab, where) {
  // A dialog that is still fading in has less contrast than when it stands.
  await tab.page.evaluate(() => Promise.allSettled(document.getAnimations().map(animation => animation.finished)));
  // By evaluation, since the page's own policy lets no script in.
  await tab.page.evaluate(axe);
  const violations = await tab.page.evaluate(async () => {
    const { violations } = await globalThis.axe.run(document, { resultTypes: ['violations'] });
    return violations.map(({ id, help, nodes }) => ({ id, help, where: nodes.map(({ html, failureSummary }) => `${html}\n${failureSummary}`) }));
  });
  assert.deepEqual(violations, [], `axe finds nothing on ${where}`);
}

/** Asserts that nothing on the page is wider than the window. */
export async function nothingSticksOut(tab, where) {
  const overflow = await tab.page.evaluate(() => {
    const { clientWidth, scrollWidth } = document.scrollingElement;
    if (scrollWidth <= clientWidth) return [];
    return [...document.querySelectorAll('body *')]
      .filter(element => element.getBoundingClientRect().right > clientWidth + 0.5)
      .slice(0, 8)
      .map(element => `<${element.localName} class="${element.className}"> to ${element.getBoundingClientRect().right} of ${clientWidth}`);
  });
  assert.deepEqual(overflow, [], `nothing sticks out of the window on ${where}`);
}
