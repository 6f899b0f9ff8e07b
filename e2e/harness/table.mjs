// A table in a room's text: what a person sees of it.

import { untilEqual } from './wait.mjs';

/** The words of the first table, row by row, and marks in them as elements. */
export async function cells(tab) {
  return tab.page.$$eval('.prose tr', rows => rows.map(row => [...row.children].map(cell => {
    const words = node => [...node.childNodes].map(child => {
      if (child.nodeType === Node.TEXT_NODE) return child.data;
      const inside = words(child);
      return ['p', 'br'].includes(child.localName) ? inside : `<${child.localName}>${inside}</${child.localName}>`;
    }).join('');
    return words(cell.querySelector('.cell'));
  })));
}

/** Waits until the first table reads so: cells parted by " | ", one string a row. */
export async function seeTable(tab, ...rows) {
  await untilEqual('the table is so', async () => (await cells(tab)).map(row => row.join(' | ')), rows);
}

/** Puts a table into the text through the toolbar; the caret is in its first cell then. */
export async function insertTable(tab) {
  await tab.click('button', 'Insert table');
  await tab.find('textbox', 'Row 1, column 1');
}
