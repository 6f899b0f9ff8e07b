// The first page: rooms, and the ways to begin one.

import { until } from './wait.mjs';

/** The first page in a tab. */
export class Home {
  #tab;

  constructor(tab) {
    this.#tab = tab;
  }

  /** Waits until the page can be used. */
  async ready() {
    await this.#tab.find('button', 'New room');
  }

  /** Begins a room from a blank page, and names it if asked. */
  async newRoom(title) {
    await this.#tab.click('button', 'New room');
    await this.#tab.room.ready();
    if (title) await this.#tab.room.rename(title);
  }

  /** Begins a team's workspace, which whoever owns a room may; one asks there how the team sells. */
  async newTeam(name) {
    await this.newRoom('A first room');
    await this.#tab.room.saved();
    await this.#tab.click('link', 'All rooms');
    await this.#tab.click('button', 'Begin a workspace');
    await this.#tab.fill('textbox', 'What your team is called', name);
    await this.#tab.click('button', 'Begin');
    await this.#tab.see('How do you sell?');
  }

  /** Opens a file with the picker. */
  async open(file) {
    await this.ready();
    const input = await until('there is a place to pick a file', () => this.#tab.page.$('input[type=file]'));
    await input.uploadFile(file);
  }

  /** What the list says of each room shown, in its order: the title, then when it changed and its size. */
  async rooms() {
    return this.#tab.page.$$eval('li.room-row:has(a[href*="#/room/"])', items =>
      items.filter(item => item.checkVisibility()).map(item => item.innerText.trim().replace(/\s*\n\s*/g, '\n')));
  }

  /** The titles of the rooms shown, in the list's order. */
  async titles() {
    return (await this.rooms()).map(room => room.split('\n')[0]);
  }

  /** Opens a room of the list. */
  async enter(title) {
    await until(`the room "${title}" is opened`, async () => {
      for (const link of await this.#tab.page.$$('.room-row a[href*="#/room/"]')) {
        const text = await link.evaluate(link => link.innerText.trim());
        if (text.split('\n')[0] === title) {
          await link.click();
          return true;
        }
      }
      return false;
    });
    await this.#tab.room.ready();
  }

  async search(text) {
    await this.#tab.fill('searchbox', 'Search rooms', text);
  }

  /** Takes an act from a room's own menu. */
  async act(title, item) {
    await this.#tab.choose(`More for ${title}`, item);
  }

  /** Shows "Active" or "Archived" rooms. */
  async show(list) {
    await until(`the list "${list}" is chosen`, async () => {
      for (const role of ['radio', 'tab']) {
        const [choice] = await this.#tab.all(role, list);
        if (!choice) continue;
        await choice.click();
        return true;
      }
      return false;
    });
  }
}
