// A tab of a browser in front of a person: what they do there and what they see, by roles and names.

import { readFileSync } from 'node:fs';
import path from 'node:path';

import { Home } from './home.mjs';
import { byRole } from './roles.mjs';
import { Room } from './room.mjs';
import { until } from './wait.mjs';

/** Runs in the page: scrolls as a person does to whom something lies over what they want to press. */
function scrollFree(element) {
  const { left, top, width, height } = element.getBoundingClientRect();
  const seen = document.elementFromPoint(left + width / 2, top + height / 2);
  if (seen && !element.contains(seen) && !seen.contains(element)) element.scrollIntoView({ block: 'center', behavior: 'instant' });
}

/** One tab. `home` and `room` are its two screens. */
export class Tab {
  #server;

  constructor(device, page, server) {
    this.device = device;
    this.page = page;
    this.#server = server;
    this.home = new Home(this);
    this.room = new Room(this);
    // Leaving is always meant here: a question whether to leave is answered with yes.
    page.on('dialog', dialog => dialog.accept().catch(() => {}));
  }

  /** Opens an address below the program's folder, or a whole address, as if typed into the address bar. */
  async visit(address = '') {
    await this.page.goto('about:blank');
    await this.page.goto(new URL(address, this.#server.address).href);
    return this;
  }

  async reload() {
    await this.page.reload();
  }

  /** Another tab of the same browser; also the way to go on after the browser was restarted. */
  async newTab() {
    return new Tab(this.device, await this.device.newPage(), this.#server);
  }

  /** A window beside this one: both can be seen at the same time. */
  async newWindow() {
    return new Tab(this.device, await this.device.newPage({ type: 'window' }), this.#server);
  }

  /** Closes the tab as a person does, so that the page hears of it. */
  async close() {
    const page = this.page;
    await page.close({ runBeforeUnload: true });
    await until('the tab is closed', () => page.isClosed());
  }

  /** Waits until this browser keeps the program, so that it opens without a network. */
  async keptForOffline() {
    await until('the browser keeps the program', () =>
      this.page.evaluate(async () => Boolean((await navigator.serviceWorker.getRegistration())?.active)));
  }

  /** Brings the tab to the front; only then it is visible to its page. */
  async look() {
    await this.device.bringToFront(this.page);
    return this;
  }

  /** Gives the page another size. */
  async resize(size) {
    await this.page.setViewport(size).catch(error => {
      // Firefox 140 takes the size and does not know the screen's orientation, which the driver sets along with it.
      if (!/setScreenOrientationOverride/.test(error.message)) throw error;
    });
  }

  /** The address in the address bar. */
  address() {
    return this.page.url();
  }

  /** All elements of a role that are there for assistive technology, by exact name or by a pattern. */
  async all(role, name, within = this.page) {
    if (this.device.engine === 'firefox') return this.#askThePage(role, name, within);
    if (typeof name === 'string') return within.$$(`::-p-aria([name="${name}"][role="${role}"])`);
    const found = await within.$$(`::-p-aria([role="${role}"])`);
    if (!name) return found;
    const names = await Promise.all(found.map(one => one.evaluate(element =>
      element.getAttribute('aria-label') ?? element.textContent.trim().replace(/\s+/g, ' '))));
    return found.filter((_, index) => name.test(names[index]));
  }

  async #askThePage(role, name, within) {
    const root = within === this.page ? await this.page.$('html') : within;
    const pattern = name instanceof RegExp ? { source: name.source, flags: name.flags } : undefined;
    const list = await root.evaluateHandle(byRole, role, pattern ? undefined : name, pattern);
    const found = [...(await list.getProperties()).values()].map(handle => handle.asElement());
    return found.filter(Boolean);
  }

  /** The one element of a role and name, waited for. */
  async find(role, name, within) {
    let count = 0;
    try {
      return await until(`there is one ${role} "${name}"`, async () => {
        const found = await this.all(role, name, within);
        count = found.length;
        return found.length === 1 && found[0];
      });
    } catch (error) {
      throw new Error(`${error.message} (there were ${count})`, { cause: error });
    }
  }

  /** Whether there is such an element now. */
  async has(role, name) {
    return (await this.all(role, name)).length > 0;
  }

  async gone(role, name) {
    await until(`there is no ${role} "${name ?? ''}"`, async () => !(await this.has(role, name)));
  }

  async click(role, name, within) {
    const what = `${role} "${name}" is clicked`;
    await until(what, async () => {
      const element = await this.find(role, name, within);
      await element.evaluate(scrollFree);
      await element.click();
      return true;
    });
  }

  /** Opens a menu by its button and takes one of its acts. */
  async choose(button, item) {
    await this.click('button', button);
    await this.click('menuitem', item);
  }

  /** Empties a field and types into it. */
  async fill(role, name, text) {
    // What moves or lies over it may take the click away; a person sees where the caret is, and scrolls.
    await until(`the caret is in ${role} "${name}"`, async () => {
      const field = await this.find(role, name);
      await field.click();
      const isThere = await field.evaluate(field => field.contains(document.activeElement));
      if (!isThere) await field.evaluate(field => field.scrollIntoView({ block: 'center' }));
      return isThere;
    });
    await this.press('Control+a');
    if (text === '') await this.press('Delete');
    else await this.type(text);
  }

  /** Types as on a keyboard; a line end is Enter. */
  async type(text) {
    for (const [index, line] of text.split('\n').entries()) {
      if (index > 0) await this.page.keyboard.press('Enter');
      if (line) await this.page.keyboard.type(line);
    }
  }

  /** Presses keys one after another; each may be a chord such as "Control+Shift+z". */
  async press(...chords) {
    for (const chord of chords) {
      const keys = chord.split('+');
      const last = keys.pop();
      for (const key of keys) await this.page.keyboard.down(key);
      await this.page.keyboard.press(last);
      for (const key of keys.reverse()) await this.page.keyboard.up(key);
    }
  }

  /** Moves on with the Tab key until something of that name, or of a name that fits, has the keyboard. */
  async tabTo(name, { back = false, most = 60 } = {}) {
    const passed = [];
    for (let press = 0; press < most; press += 1) {
      await this.press(back ? 'Shift+Tab' : 'Tab');
      const focused = await this.focused();
      if (typeof name === 'string' ? focused === name : name.test(focused)) return;
      passed.push(focused);
    }
    throw new Error(`${name} was not reached with the Tab key. Passed: ${passed.join(' · ')}`);
  }

  /** The name of what has the keyboard. */
  async focused() {
    return this.page.evaluate(() => {
      const { activeElement: element } = document;
      const label = element.labels?.[0]?.textContent ?? element.textContent;
      return (element.getAttribute('aria-label') ?? label).trim().replace(/\s+/g, ' ');
    });
  }

  /** The words that are on the page now. */
  async text() {
    return this.page.evaluate(() => document.body.innerText);
  }

  /** Waits until the page shows some words, or fits a pattern. */
  async see(words) {
    await until(`the page shows ${words}`, async () => {
      const text = await this.text();
      return typeof words === 'string' ? text.includes(words) : words.test(text);
    });
  }

  /** Drags a file in from the desktop and drops it on the page. */
  async drop(file, { x, y } = { x: 300, y: 300 }) {
    if (this.device.engine === 'chromium') {
      const session = await this.page.createCDPSession();
      const data = { items: [], files: [file], dragOperationsMask: 1 };
      for (const type of ['dragEnter', 'dragOver', 'drop']) {
        await session.send('Input.dispatchDragEvent', { type, x, y, data });
      }
      await session.detach();
    } else {
      await this.#dropByScript(file, x, y);
    }
  }

  /** Firefox takes no files from a driver's drag, so the events are made in the page. */
  async #dropByScript(file, x, y) {
    const name = path.basename(file);
    await this.page.evaluate((name, base64, x, y) => {
      const bytes = Uint8Array.from(atob(base64), character => character.charCodeAt(0));
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([bytes], name));
      const target = document.elementFromPoint(x, y);
      for (const type of ['dragenter', 'dragover', 'drop']) {
        target.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, composed: true, clientX: x, clientY: y, dataTransfer }));
      }
    }, name, readFileSync(file).toString('base64'), x, y);
  }
}
