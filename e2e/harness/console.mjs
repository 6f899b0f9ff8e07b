// What pages and service workers complain of. Any complaint fails the journey.

/** Complaints of one browser. */
export class Console {
  #said = [];
  #expected = [];

  /** Listens to a page's console, uncaught errors and crashes. */
  watchPage(page) {
    page.on('console', message => {
      const type = message.type();
      if (type === 'error' || type === 'assert') this.#complain(`${type}: ${message.text()} ${placeOf(message)}`);
    });
    page.on('pageerror', error => this.#complain(`uncaught: ${error?.stack ?? error}`));
  }

  /** Listens to the service workers of a browser that can be asked about them. */
  watchWorkers(browser) {
    browser.on('targetcreated', async target => {
      if (target.type() !== 'service_worker') return;
      try {
        const session = await target.createCDPSession();
        session.on('Runtime.exceptionThrown', ({ exceptionDetails: { text, exception } }) => {
          this.#complain(`worker: ${text} ${exception?.description ?? ''}`);
        });
        // A worker whose process died would wait for whoever listens before it starts again, and every page with it.
        session.on('Inspector.targetCrashed', () => session.detach().catch(() => {}));
        await session.send('Runtime.enable');
      } catch {
        // The worker was gone before it could be asked.
      }
    });
  }

  /** Announces a complaint that this journey provokes on purpose, by what it says. */
  expect(pattern) {
    this.#expected.push(pattern);
  }

  /** Complaints that nobody expected. */
  get complaints() {
    return this.#said.filter(text => !this.#expected.some(pattern => pattern.test(text)));
  }

  /** All complaints, for whoever looks into a failure. */
  get all() {
    return [...this.#said];
  }

  #complain(text) {
    this.#said.push(text.trim());
  }
}

function placeOf(message) {
  const { url, lineNumber } = message.location() ?? {};
  return url ? `(${url}:${lineNumber ?? 0})` : '';
}
