// From the start of a navigation until the page takes input and has been painted.

import { Tab } from './tab.mjs';

/** Everything fresh: no cache, no store, no worker. */
export async function cold(browser, address) {
  const context = await browser.createBrowserContext();
  try {
    const tab = await Tab.open(context);
    return { cold: await tab.visit(address) };
  } finally {
    await context.close();
  }
}

/** The page was here before: a new tab, then that tab reloaded. `kept` says that a service worker should answer. */
export async function warm(browser, address, kept) {
  const tab = await Tab.open(browser);
  try {
    const visit = await tab.visit(address);
    if (kept && !(await tab.page.evaluate(() => Boolean(navigator.serviceWorker.controller)))) {
      throw new Error('the service worker did not answer a warm visit');
    }
    return { warm: visit, reload: await tab.reload() };
  } finally {
    await tab.close();
  }
}

/** The first visit, after which the browser has the program, its compiled code and its worker. */
export async function settleIn(browser, address, kept) {
  const tab = await Tab.open(browser);
  await tab.visit(address);
  if (kept) await tab.page.evaluate(() => navigator.serviceWorker.ready.then(() => {}));
  await tab.reload();
  await tab.page.evaluate(() => window.measure.calm());
  await tab.close();
}
