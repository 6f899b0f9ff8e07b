// Keeps every request of every page, to show that none leaves the origin. What workers ask for is seen by the wire to the
// origin and by the trap for everything else.

/** The requests of one browser's pages. */
export class Requests {
  #hosts;
  #urls = [];

  /** `origins` are those that may be reached. */
  constructor(origins) {
    // By host, since Firefox tells of sockets as if they were pages.
    this.#hosts = origins.map(origin => new URL(origin).host);
  }

  /** Listens to a page from its first request on. */
  watchPage(page) {
    page.on('request', request => this.#urls.push(request.url()));
  }

  get urls() {
    return [...this.#urls];
  }

  /** Requests to anything but the origins that may be reached. Data, blobs and the browser's blank pages are no requests. */
  get foreign() {
    return this.#urls.filter(url => {
      if (/^(data|blob|about|chrome|resource|moz-extension):/.test(url)) return false;
      return !URL.canParse(url) || !this.#hosts.includes(new URL(url).host);
    });
  }
}
