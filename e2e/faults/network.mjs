// A network of three machines on one switch, each a network namespace: two with a browser, one with servers. A cable can be
// pulled, which the machine behind it does not hear of.

import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';

import { Device } from '../harness/device.mjs';
import { dist, xtask } from '../harness/paths.mjs';
import { Tab } from '../harness/tab.mjs';

const PORT = 8080;

function ip(...words) {
  const { status, stderr } = spawnSync('ip', words, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`ip ${words.join(' ')}: ${stderr}`);
}

export class Network {
  /** Names of namespaces are known to the whole machine. */
  #prefix = `handsel-${process.pid}`;
  #folder = mkdtempSync(path.join(tmpdir(), 'handsel-network-'));
  #children = [];
  #devices = [];

  constructor() {
    const sw = this.#name(0);
    ip('netns', 'add', sw);
    ip('-n', sw, 'link', 'set', 'lo', 'up');
    ip('-n', sw, 'link', 'add', 'br0', 'type', 'bridge');
    ip('-n', sw, 'addr', 'add', '10.80.0.254/24', 'dev', 'br0');
    ip('-n', sw, 'link', 'set', 'br0', 'up');
    for (const machine of [1, 2, 3]) {
      const name = this.#name(machine);
      ip('netns', 'add', name);
      ip('-n', name, 'link', 'set', 'lo', 'up');
      ip('-n', sw, 'link', 'add', `s${machine}`, 'type', 'veth', 'peer', 'name', 'e0', 'netns', name);
      ip('-n', sw, 'link', 'set', `s${machine}`, 'master', 'br0');
      ip('-n', sw, 'link', 'set', `s${machine}`, 'up');
      ip('-n', name, 'addr', 'add', `10.80.0.${machine}/24`, 'dev', 'e0');
      ip('-n', name, 'link', 'set', 'e0', 'up');
      // Browsers look for others from the address of the way out.
      ip('-n', name, 'route', 'add', 'default', 'via', '10.80.0.254');
    }
  }

  #name(machine) {
    return `${this.#prefix}-${machine}`;
  }

  #spawn(machine, program, args, env = {}) {
    const child = spawn('ip', ['netns', 'exec', this.#name(machine), program, ...args], {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.#children.push(child);
    return child;
  }

  /** Starts a server, as a program that listens on `HOST` and `PORT`; gives its address and the way to end it. */
  async serve(script, port) {
    const env = { HOST: '10.80.0.3', PORT: String(port) };
    const start = async () => {
      const child = this.#spawn(3, process.execPath, [script], env);
      await once(child.stdout, 'data');
      child.stdout.resume();
      return child;
    };
    let child = await start();
    return {
      address: `ws://10.80.0.3:${port}`,
      async stop() {
        child.kill('SIGKILL');
        await once(child, 'exit');
      },
      async start() {
        child = await start();
      },
    };
  }

  /** Somebody at the machine 1 or 2, where the program is served as well: only there browsers call it secure. */
  async person(machine, also) {
    const host = this.#spawn(machine, xtask, ['serve', '--dist', dist, '--port', String(PORT)]);
    for await (const line of createInterface({ input: host.stdout })) if (line.includes('http://')) break;
    host.stdout.resume();
    const within = path.join(this.#folder, `browser-${machine}.sh`);
    writeFileSync(within, `#!/bin/sh\nexec ip netns exec ${this.#name(machine)} "$HANDSEL_PROGRAM" "$@"\n`);
    chmodSync(within, 0o755);
    const origin = `http://127.0.0.1:${PORT}`;
    const device = await Device.open('chromium', { origin, also, within });
    this.#devices.push(device);
    return new Tab(device, await device.newPage(), { address: `${origin}/`, origin });
  }

  /** Pulls a machine's cable out of the switch, or puts it back. */
  plug(machine, isIn) {
    ip('-n', this.#name(0), 'link', 'set', `s${machine}`, isIn ? 'up' : 'down');
  }

  async end() {
    await Promise.allSettled(this.#devices.map(device => device.end()));
    this.#children.forEach(child => child.kill('SIGKILL'));
    for (const machine of [1, 2, 3, 0]) spawnSync('ip', ['netns', 'del', this.#name(machine)]);
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
