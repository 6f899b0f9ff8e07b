// A page that is measured, and the processor's clock beside it.

import { readFileSync } from 'node:fs';

import { PATIENCE, until } from '../harness/wait.mjs';
import { plain } from './words.mjs';

const SCRIPT = readFileSync(new URL('page.js', import.meta.url), 'utf8');

export class Tab {
  #keys = [];
  #wakeKeys = () => {};

  /** A blank page in a browser or in a context of one. */
  static async open(browser) {
    const tab = new Tab();
    tab.page = await browser.newPage();
    tab.faults = [];
    tab.page.on('pageerror', error => tab.faults.push(error.message));
    await tab.page.evaluateOnNewDocument(SCRIPT);
    tab.session = await tab.page.createCDPSession();
    await tab.session.send('Performance.enable');
    return tab;
  }

  /** Goes to a page; answers after how many milliseconds it took input. */
  async visit(address) {
    await this.page.goto(address, { waitUntil: 'domcontentloaded' });
    return this.interactive();
  }

  async reload() {
    await this.page.reload({ waitUntil: 'domcontentloaded' });
    return this.interactive();
  }

  async interactive() {
    const answer = await within(PATIENCE, this.page.evaluate(() => window.measure.interactive));
    this.check();
    return answer;
  }

  /** Fails with what the page complained of. */
  check() {
    if (this.faults.length > 0) throw new Error(`the page failed: ${this.faults.join('; ')}`);
  }

  /** Fills the text with paragraphs and lets the page come to rest. */
  async fill(paragraphs) {
    await this.page.evaluate(async paragraphs => {
      await window.bench.load(paragraphs);
      await window.measure.calm();
    }, paragraphs);
    await this.expect(paragraphs.join('\n'));
  }

  async text() {
    return plain(await this.page.evaluate(() => window.bench.getText()));
  }

  /** Waits until the document holds this text: a page may take what was typed in a moment later. */
  async expect(wanted) {
    const wish = plain(wanted);
    await until('the document holds the text', async () => {
      const text = await this.text();
      return text === wish || (console.error(`${text.length} characters instead of ${wish.length}`), false);
    }, 3_000);
  }

  /** Puts the caret at a share of the text. */
  async caret(share) {
    await this.page.evaluate(async share => {
      await window.bench.focusAt(share);
      await window.measure.calm();
    }, share);
  }

  async watchKeys() {
    this.session.on('Runtime.bindingCalled', ({ name, payload }) => {
      if (name !== 'keyPainted') return;
      this.#keys.push(Number(payload));
      this.#wakeKeys();
    });
    await this.session.send('Runtime.enable');
    await this.session.send('Runtime.addBinding', { name: 'keyPainted' });
    await this.page.evaluate(() => window.measure.watchKeys());
  }

  /** Presses a key; answers after how many milliseconds its change was painted. */
  async press(letter) {
    const code = letter === ' ' ? 'Space' : `Key${letter.toUpperCase()}`;
    const windowsVirtualKeyCode = letter.toUpperCase().charCodeAt(0);
    const key = { key: letter, code, windowsVirtualKeyCode };
    await this.session.send('Input.dispatchKeyEvent', { type: 'keyDown', text: letter, unmodifiedText: letter, ...key });
    await this.session.send('Input.dispatchKeyEvent', { type: 'keyUp', ...key });
    if (this.#keys.length === 0) await within(PATIENCE, new Promise(wake => (this.#wakeKeys = wake)));
    return this.#keys.shift();
  }

  /** Processor time of the page's main thread so far, in milliseconds, without what the measuring commands took. */
  async processor() {
    const { metrics } = await this.session.send('Performance.getMetrics');
    const seconds = name => metrics.find(metric => metric.name === name).value;
    return (seconds('ThreadTime') - seconds('DevToolsCommandDuration')) * 1_000;
  }

  async close() {
    await this.page.close();
  }
}

/** What a promise gives, if it does so in time. */
function within(milliseconds, promise) {
  let timer;
  const late = new Promise((_, fail) => {
    timer = setTimeout(() => fail(new Error(`the page did not answer in ${milliseconds / 1_000} s`)), milliseconds);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
