// A crate's browser tests in a browser for which there is no driver program: `node suite.mjs firefox TESTS.wasm`, or
// `webkit`. cargo calls it in the crate's folder, in place of wasm-bindgen's own runner, which then only serves the page.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

import puppeteer from 'puppeteer-core';

import { until } from './harness/wait.mjs';

/** How long all tests of a crate may take, in milliseconds. */
const LIMIT = 240_000;

const [engine, ...tests] = process.argv.slice(2);
const started = [];

/** Starts a program that ends with this one. */
function start(program, args, env = {}, stdio = ['ignore', 'pipe', 'inherit']) {
  const child = spawn(program, args, { env: { ...process.env, ...env }, stdio });
  started.push(child);
  return child;
}

/** What a program says on a line, once it fits the pattern. */
async function said(stream, pattern) {
  for await (const line of createInterface({ input: stream })) {
    const found = line.match(pattern);
    if (found) {
      stream.resume();
      return found[1];
    }
  }
  throw new Error(`A program ended before it said ${pattern}`);
}

/** The page with the tests, served. */
function serve() {
  const runner = start('wasm-bindgen-test-runner', tests, { NO_HEADLESS: '1', WASM_BINDGEN_TEST_ADDRESS: '127.0.0.1:0' });
  return said(runner.stdout, /(http:\/\/\S+)/);
}

const engines = {
  async firefox(address) {
    const executablePath = process.env.HANDSEL_FIREFOX ?? '/usr/bin/firefox-esr';
    const browser = await puppeteer.launch({ browser: 'firefox', executablePath, headless: true });
    const page = await browser.newPage();
    await page.goto(address);
    return { text: () => page.evaluate(() => document.body.textContent), end: () => browser.close() };
  },

  /** WebKitGTK has no headless mode, and a driver of its own that puppeteer does not speak to. */
  async webkit(address) {
    const screen = start('Xvfb', ['-displayfd', '1', '-screen', '0', '1280x900x24', '-nolisten', 'tcp']);
    const display = `:${await said(screen.stdout, /^(\d+)$/)}`;
    const port = 4_000 + (process.pid % 20_000);
    start('WebKitWebDriver', [`--port=${port}`], { DISPLAY: display });
    const ask = async (method, path, body) => {
      const answer = await fetch(`http://127.0.0.1:${port}${path}`, { method, body: body && JSON.stringify(body) });
      const { value } = await answer.json();
      if (value?.error) throw new Error(`${path}: ${value.error} ${value.message}`);
      return value;
    };
    const MINI = '/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser';
    const options = { binary: process.env.HANDSEL_WEBKIT ?? MINI, args: ['--automation'] };
    const capabilities = { alwaysMatch: { browserName: 'MiniBrowser', 'webkitgtk:browserOptions': options } };
    const { sessionId } = await until('WebKit is there', () => ask('POST', '/session', { capabilities }));
    await ask('POST', `/session/${sessionId}/url`, { url: address });
    const script = { script: 'return document.body.textContent', args: [] };
    return {
      text: () => ask('POST', `/session/${sessionId}/execute/sync`, script),
      end: () => ask('DELETE', `/session/${sessionId}`),
    };
  },
};

try {
  const page = await engines[engine](await serve());
  const text = await until('the tests are done', async () => {
    const text = await page.text();
    return /test result: /.test(text) && text;
  }, LIMIT);
  console.log(`In ${engine}:\n${text}`);
  await page.end();
  process.exitCode = text.includes('test result: ok') ? 0 : 1;
} finally {
  for (const child of started) {
    child.kill();
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  }
}
