// Keeps every request of every page and service worker, to show that none leaves the origin.

/** The requests of one browser. */
export class Requests {
  #origin;
  #urls = [];

  constructor(origin) {
    this.#origin = origin;
  }

  /** Listens to a page from its first request on. */
  watchPage(page) {
    page.on('request', request => this.#urls.push(request.url()));
  }

  /** Listens to the service workers of a browser that can be asked about them; the trap covers the rest. */
  watchWorkers(browser) {
    browser.on('targetcreated', async target => {
      if (target.type() !== 'service_worker') return;
      try {
        const session = await target.createCDPSession();
        session.on('Network.requestWillBeSent', ({ request }) => this.#urls.push(request.url));
        await session.send('Network.enable');
      } catch {
        // The worker was gone before it could be asked: it made no more requests.
      }
    });
  }

  get urls() {
    return [...this.#urls];
  }

  /** Requests to anything but the origin. Data, blobs and the browser's blank pages are no requests. */
  get foreign() {
    return this.#urls.filter(url => {
      if (/^(data|blob|about|chrome|resource|moz-extension):/.test(url)) return false;
      return !URL.canParse(url) || new URL(url).origin !== this.#origin;
    });
  }
}
