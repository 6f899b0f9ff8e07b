// The static host of a journey: the project's own server behind a wire that can be cut and that hears every request.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import net from 'node:net';
import { createInterface } from 'node:readline';

import { dist, xtask } from './paths.mjs';

/** Serves one build; gives the port and the way to end it. */
async function serve(folder, base) {
  const args = ['serve', '--dist', folder, '--port', '0', ...(base === '/' ? [] : ['--base', base])];
  const child = spawn(xtask, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  // Whatever ends the run must not leave a server behind.
  process.once('exit', () => child.kill());
  for await (const line of createInterface({ input: child.stdout })) {
    const port = line.match(/http:\/\/127\.0\.0\.1:(\d+)/)?.[1];
    if (port) {
      child.stdout.resume();
      return {
        port: Number(port),
        async end() {
          child.kill();
          await ended;
        },
      };
    }
  }
  throw new Error(`${xtask} ${args.join(' ')} ended before it served`);
}

/**
 * A build on a static host. The browsers speak to a wire in front of it: cutting the wire cuts the network in every
 * browser alike, service workers too, and what browsers say is kept byte for byte.
 */
export class Server {
  #host;
  #base;
  #port = 0;
  #wire;
  #sockets = new Set();
  #heard = [];

  static async start({ folder = dist, base = '/' } = {}) {
    const server = new Server();
    server.#base = base;
    server.#host = await serve(folder, base);
    await server.restart();
    return server;
  }

  /** Where the program is served, with the last slash. */
  get address() {
    return `${this.origin}${this.#base}`;
  }

  get origin() {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** Everything that browsers have sent, as Latin-1 text: request lines, headers and bodies. */
  get heard() {
    return Buffer.concat(this.#heard).toString('latin1');
  }

  /** Cuts the network: open connections break, new ones are refused. */
  async stop() {
    const closed = once(this.#wire, 'close');
    this.#wire.close();
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  /** Mends the network, at the same address. */
  async restart() {
    this.#wire = net.createServer(socket => this.#connect(socket));
    this.#wire.listen(this.#port, '127.0.0.1');
    await once(this.#wire, 'listening');
    this.#port = this.#wire.address().port;
  }

  /** Puts another build in the place of the one that is served. */
  async publish(folder) {
    const before = this.#host;
    this.#host = await serve(folder, this.#base);
    for (const socket of this.#sockets) socket.destroy();
    await before.end();
  }

  async end() {
    if (this.#wire.listening) await this.stop();
    await this.#host.end();
  }

  #connect(browser) {
    const host = net.connect(this.#host.port, '127.0.0.1');
    browser.on('data', bytes => this.#heard.push(bytes));
    browser.pipe(host).pipe(browser);
    for (const [socket, other] of [[browser, host], [host, browser]]) {
      this.#sockets.add(socket);
      socket.on('error', () => other.destroy());
      socket.on('close', () => {
        this.#sockets.delete(socket);
        other.destroy();
      });
    }
  }
}
