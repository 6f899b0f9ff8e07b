// Servers of others, as their makers publish them, on loopback. Each is a program of its own, so that it can be killed.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';

/** A port that is free now, for a server that must have the same one after it was started again. */
async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  await once(probe, 'close');
  return port;
}

export class Server {
  #script;
  #port;
  #running;

  /** A program that listens on `HOST` and `PORT`, and writes something when it does. */
  constructor(script) {
    this.#script = fileURLToPath(new URL(script, import.meta.url));
  }

  get address() {
    return `ws://127.0.0.1:${this.#port}`;
  }

  async start() {
    this.#port ??= await freePort();
    const env = { ...process.env, HOST: '127.0.0.1', PORT: String(this.#port) };
    this.#running = spawn(process.execPath, [this.#script], { env, stdio: ['ignore', 'pipe', 'inherit'] });
    await once(this.#running.stdout, 'data');
  }

  async stop() {
    const running = this.#running;
    this.#running = null;
    if (!running) return;
    running.kill('SIGKILL');
    await once(running, 'exit');
  }
}

export const yWebsocketServer = () => new Server('../node_modules/@y/websocket-server/src/server.js');
export const hocuspocusServer = () => new Server('servers/hocuspocus.mjs');
export const signallingServer = () => new Server('../node_modules/y-webrtc/bin/server.js');
