// A host elsewhere that takes files and gives them: PUT and GET, versions (ETag, If-Match), ranges, for pages from anywhere.

import { createHash } from 'node:crypto';
import { once } from 'node:events';
import http from 'node:http';

const CORS = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'GET, PUT',
  'access-control-allow-headers': 'if-match, range, if-range, authorization',
  'access-control-expose-headers': 'etag, content-range',
};

/** A host of files on a port of its own, so that to the program it is another origin. */
export class FileHost {
  #server;
  #cut;
  /** Path → bytes. */
  files = new Map();
  /** Every request: `{ method, url, headers }`. */
  heard = [];

  static async start() {
    const host = new FileHost();
    host.#server = http.createServer((request, response) => host.#answer(request, response));
    host.#server.listen(0, '127.0.0.1');
    await once(host.#server, 'listening');
    return host;
  }

  get host() {
    return `127.0.0.1:${this.#server.address().port}`;
  }

  get origin() {
    return `http://${this.host}`;
  }

  /** Breaks the connection after so many bytes of the next file. */
  cutNext(bytes) {
    this.#cut = bytes;
  }

  async end() {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  async #answer(request, response) {
    const { method, url, headers } = request;
    this.heard.push({ method, url, headers });
    const bytes = Buffer.concat(await request.toArray());
    const here = this.files.get(url);
    const tag = bytes => `"${createHash('sha256').update(bytes).digest('hex').slice(0, 16)}"`;
    const say = (status, more = {}, body) => response.writeHead(status, { ...CORS, ...more }).end(body);
    if (method === 'OPTIONS') return say(204);
    if (method === 'PUT') {
      if (headers['if-match'] && headers['if-match'] !== (here && tag(here))) return say(412);
      this.files.set(url, bytes);
      return say(here ? 204 : 201, { etag: tag(bytes) });
    }
    if (method !== 'GET') return say(405);
    if (!here) return say(404);
    const etag = tag(here);
    if (headers['if-none-match'] === etag) return say(304, { etag });
    const goesOn = headers.range && headers['if-range'] === etag;
    // Browsers that go on by themselves also say where the rest ends.
    const [, from, to] = (goesOn && headers.range.match(/^bytes=(\d+)-(\d*)$/)) || [, 0, ''];
    const whole = here.subarray(Number(from), to ? Number(to) + 1 : here.length);
    const part = goesOn ? { 'content-range': `bytes ${from}-${Number(from) + whole.length - 1}/${here.length}` } : {};
    const all = { etag, 'content-type': 'application/octet-stream', 'content-length': whole.length, 'cache-control': 'no-cache', ...part };
    if (this.#cut === undefined) return say(goesOn ? 206 : 200, all, whole);
    response.writeHead(goesOn ? 206 : 200, { ...CORS, ...all });
    response.write(whole.subarray(0, this.#cut), () => response.destroy());
    this.#cut = undefined;
  }
}
