// A proxy that leads nowhere: whatever a browser sends anywhere but to the journey's own server ends up here.

import { once } from 'node:events';
import http from 'node:http';

/** Hosts that a browser itself calls, whatever page is open. No page is to be blamed for these. */
const VENDORS = [
  /(^|\.)google(apis|usercontent)?\.com$/,
  /(^|\.)gvt\d\.com$/,
  /(^|\.)mozilla\.(com|net|org)$/,
  /(^|\.)firefox\.com$/,
];

/** Keeps the addresses that a browser tried to reach; refuses them all. */
export class Trap {
  #tried = [];
  #server;

  static async set() {
    const trap = new Trap();
    trap.#server = http.createServer((request, response) => {
      trap.#tried.push(request.url);
      response.writeHead(502).end();
    });
    // Encrypted and socket connections ask for a tunnel by host and port.
    trap.#server.on('connect', (request, socket) => {
      trap.#tried.push(request.url);
      socket.on('error', () => socket.destroy());
      socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
    });
    trap.#server.listen(0, '127.0.0.1');
    await once(trap.#server, 'listening');
    return trap;
  }

  get port() {
    return this.#server.address().port;
  }

  /** What was tried, apart from the browser's own calls to its makers. */
  get tried() {
    return this.#tried.filter(address => !VENDORS.some(vendor => vendor.test(hostOf(address))));
  }

  async end() {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}

function hostOf(address) {
  return URL.canParse(address) && address.includes('//') ? new URL(address).hostname : address.replace(/:\d+$/, '');
}
