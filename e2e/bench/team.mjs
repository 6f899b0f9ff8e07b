// A team with thousands of deals, and rooms that were read a great deal.

import { Tab } from './tab.mjs';

export const DEALS = [1_000, 10_000];
/** Looks at parts in one room: a workspace of 200 rooms that holds 10,000, 100,000 or 1,000,000 has so many in each; and all of the last in one. */
export const LOOKS = [50, 500, 5_000, 100_000];

/** What taking deals in, opening their book in a new page, and ordering and searching them takes, in milliseconds; and the page's memory. */
export async function teams(browser, address) {
  const figures = {};
  for (const count of DEALS) {
    const context = await browser.createBrowserContext();
    try {
      const making = await Tab.open(context);
      await making.visit(address);
      const { team, taken } = await making.page.evaluate(count => window.bench.makeTeam(count), count);
      making.check();
      await making.close();
      const tab = await Tab.open(context);
      await tab.visit(address);
      const { opened, deals, sorted, found } = await tab.page.evaluate(team => window.bench.openTeam(team), team);
      if (deals !== count) throw new Error(`${deals} of ${count} deals are there`);
      const { JSHeapTotalSize } = await tab.page.metrics();
      tab.check();
      figures[count] = { taken, opened, sorted, found, heap: JSHeapTotalSize };
    } finally {
      await context.close();
    }
  }
  return figures;
}

/** What it takes to put together what was read, by how many looks there were, in milliseconds. */
export async function read(browser, address) {
  const context = await browser.createBrowserContext();
  try {
    const tab = await Tab.open(context);
    await tab.visit(address);
    const figures = {};
    for (const count of LOOKS) figures[count] = (await tab.page.evaluate(count => window.bench.told(count), count)).took;
    tab.check();
    return figures;
  } finally {
    await context.close();
  }
}
