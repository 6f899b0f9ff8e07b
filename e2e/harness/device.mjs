// One person's device: a browser of their own with a fresh profile, a folder for downloads and a clipboard.

import { once } from 'node:events';
import { cpSync, existsSync, mkdtempSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import puppeteer from 'puppeteer-core';

import { Console } from './console.mjs';
import { Requests } from './requests.mjs';
import { Trap } from './trap.mjs';
import { until } from './wait.mjs';

const PROGRAMS = {
  chromium: process.env.HANDSEL_CHROMIUM ?? '/usr/bin/chromium',
  firefox: process.env.HANDSEL_FIREFOX ?? '/usr/bin/firefox-esr',
};

export const DESKTOP = { width: 1280, height: 900 };

/** A browser with what it was seen to do. Its profile outlives `restart`, and is removed by `end`. */
export class Device {
  #options;
  #folder;
  #trap;
  #ended = false;
  #front;
  #files = 0;
  browser;
  console = new Console();
  requests;

  /**
   * `engine` is "chromium" or "firefox"; `storage: false` makes a browser whose owner lets sites keep nothing; `also` are
   * other origins that may be reached; `within` is a program that runs `$HANDSEL_PROGRAM`, on another network.
   */
  static async open(engine, { origin, also = [], within, storage = true, viewport = DESKTOP }) {
    const device = new Device();
    device.#folder = mkdtempSync(path.join(tmpdir(), `handsel-${engine}-`));
    device.#options = { engine, origins: [origin, ...also], within, storage, viewport };
    device.requests = new Requests([origin, ...also]);
    device.#trap = await Trap.set();
    mkdirSync(device.downloads);
    await device.#launch();
    return device;
  }

  get engine() {
    return this.#options.engine;
  }

  get downloads() {
    return path.join(this.#folder, 'downloads');
  }

  /** Addresses that this browser tried to reach outside the origin, by whichever way. */
  get escapes() {
    return [...this.requests.foreign, ...this.#trap.tried];
  }

  /** A new blank page, watched from the start. */
  async newPage(options) {
    await this.#seeTheLast();
    const page = await this.browser.newPage(options);
    this.#watch(page);
    this.#front = page;
    return page;
  }

  /** Shows another tab of this browser. */
  async bringToFront(page) {
    if (this.#front !== page) await this.#seeTheLast();
    await page.bringToFront();
    this.#front = page;
  }

  /** People see what they did before they turn to something else: the page in front gets to paint it. */
  async #seeTheLast() {
    const page = this.#front;
    if (!page || page.isClosed() || page.url() === 'about:blank') return;
    await page.evaluate(() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done()))));
  }

  /** Ends the browser in the ordinary way and starts it again with the same profile. */
  async restart() {
    await this.browser.close();
    this.#front = undefined;
    await this.#launch();
  }

  /** Waits for the file that `act` has the browser download, puts it aside and gives its path. */
  async downloaded(act) {
    await act();
    const isPart = name => /\.(crdownload|part|tmp)$/.test(name) || name.startsWith('.');
    const name = await until('a file is downloaded', () => {
      const names = readdirSync(this.downloads);
      // Firefox reserves the name with an empty file, writes beside it, and puts what it wrote in its place.
      const isWhole = name => statSync(path.join(this.downloads, name)).size > 0;
      return !names.some(isPart) && names.find(isWhole);
    });
    this.#files += 1;
    const aside = path.join(this.#folder, `file-${this.#files}`);
    mkdirSync(aside);
    renameSync(path.join(this.downloads, name), path.join(aside, name));
    return path.join(aside, name);
  }

  /** What would be pasted as plain text: pasted into a blank page, as a person would to look. */
  async clipboard() {
    return this.#onPaper('<textarea id="paper"></textarea>', async page => {
      await chord(page, 'v');
      return page.$eval('#paper', area => area.value);
    });
  }

  /** Copies plain text from elsewhere. The tab that was in front comes back with `look`. */
  async copy(text) {
    await this.#onPaper('<textarea id="paper"></textarea>', async page => {
      await page.$eval('#paper', (area, text) => (area.value = text), text);
      await chord(page, 'a');
      await chord(page, 'c');
    });
  }

  /** Copies a piece of another page with its looks. */
  async copyRich(html) {
    await this.#onPaper(`<div id="paper" contenteditable>${html}</div>`, async page => {
      await chord(page, 'a');
      await chord(page, 'c');
    });
  }

  /** Copies as another program does, which puts something of its own on the clipboard in each form: `{ 'text/html': … }`. */
  async copyForms(forms) {
    await this.#onPaper('<textarea id="paper">x</textarea>', async page => {
      await page.evaluate(forms => {
        document.addEventListener('copy', event => {
          event.preventDefault();
          for (const [form, data] of Object.entries(forms)) event.clipboardData.setData(form, data);
        });
      }, forms);
      await chord(page, 'a');
      await chord(page, 'c');
    });
  }

  /** What other programs are offered of what is on the clipboard: `{ html, plain }`. */
  async clipboardForms() {
    return this.#onPaper('<textarea id="paper"></textarea>', async page => {
      await page.evaluate(() => {
        document.addEventListener('paste', ({ clipboardData }) => {
          globalThis.pasted = { html: clipboardData.getData('text/html'), plain: clipboardData.getData('text/plain') };
        });
      });
      await chord(page, 'v');
      return page.evaluate(() => globalThis.pasted);
    });
  }

  /** Does something on a page that is nobody's. */
  async #onPaper(html, act) {
    const page = await this.browser.newPage();
    try {
      await page.goto(`data:text/html,<meta charset=utf-8>${encodeURIComponent(html)}`);
      await page.focus('#paper');
      return await act(page);
    } finally {
      await page.close();
    }
  }

  /** Ends the browser for good. What it was seen to do can still be asked for. */
  async end() {
    if (this.#ended) return;
    this.#ended = true;
    await killed(this.browser.process());
    await this.#trap.end();
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }

  async #launch() {
    const { engine, viewport, within } = this.#options;
    const launch = engine === 'chromium' ? this.#chromium() : this.#firefox();
    this.browser = await puppeteer.launch({
      executablePath: within ?? PROGRAMS[engine],
      // A pipe reaches into another network, and stays when that is cut.
      ...(within ? { pipe: true, env: { ...process.env, HANDSEL_PROGRAM: PROGRAMS[engine] } } : {}),
      headless: true,
      userDataDir: this.#profile(),
      defaultViewport: viewport,
      protocolTimeout: 120_000,
      ...launch,
    });
    if (engine === 'chromium') {
      this.console.watchWorkers(this.browser);
      const session = await this.browser.target().createCDPSession();
      await session.send('Browser.setDownloadBehavior', { behavior: 'allow', downloadPath: this.downloads });
    }
  }

  #watch(page) {
    this.requests.watchPage(page);
    this.console.watchPage(page);
    // A page whose process is gone paints nothing more.
    page.once('error', () => {
      if (this.#front === page) this.#front = undefined;
    });
  }

  #profile() {
    const profile = path.join(this.#folder, 'profile');
    if (this.engine === 'firefox' && !existsSync(profile) && process.env.HANDSEL_PROFILE) {
      cpSync(process.env.HANDSEL_PROFILE, profile, { recursive: true });
    }
    mkdirSync(profile, { recursive: true });
    if (this.engine === 'chromium' && !this.#options.storage) {
      const preferences = { profile: { default_content_setting_values: { cookies: 2 } } };
      mkdirSync(path.join(profile, 'Default'), { recursive: true });
      writeFileSync(path.join(profile, 'Default/Preferences'), JSON.stringify(preferences));
    }
    return profile;
  }

  #chromium() {
    const { origins } = this.#options;
    const root = process.getuid?.() === 0;
    return {
      browser: 'chrome',
      args: [
        ...(root ? ['--no-sandbox'] : []),
        '--lang=en-GB',
        `--proxy-server=http://127.0.0.1:${this.#trap.port}`,
        `--proxy-bypass-list=${['<-loopback>', ...origins.map(origin => new URL(origin).host)].join(';')}`,
      ],
    };
  }

  #firefox() {
    const { origins, storage } = this.#options;
    return {
      browser: 'firefox',
      extraPrefsFirefox: {
        'network.proxy.type': 1,
        'network.proxy.http': '127.0.0.1',
        'network.proxy.http_port': this.#trap.port,
        'network.proxy.ssl': '127.0.0.1',
        'network.proxy.ssl_port': this.#trap.port,
        'network.proxy.allow_hijacking_localhost': true,
        'network.proxy.no_proxies_on': origins.map(origin => new URL(origin).host).join(','),
        'browser.download.folderList': 2,
        'browser.download.dir': this.downloads,
        'browser.download.useDownloadDir': true,
        'browser.download.always_ask_before_handling_new_types': false,
        'intl.accept_languages': 'en-GB,en',
        ...(process.env.NOION ? {'javascript.options.wasm_optimizingjit': false} : {}),
        ...(storage ? {} : { 'network.cookie.cookieBehavior': 2 }),
      },
    };
  }
}

/** Ends a browser and its helpers whatever state they are in: nothing of it is needed any more. */
async function killed(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  // The launcher makes each browser the leader of a process group.
  process.kill(-child.pid, 'SIGKILL');
  await ended;
}

async function chord(page, key) {
  await page.keyboard.down('Control');
  await page.keyboard.press(key);
  await page.keyboard.up('Control');
}
