// Image files for journeys, made here so that each has its own bytes.

import { randomBytes } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { crc32, deflateSync } from 'node:zlib';

const folder = mkdtempSync(path.join(tmpdir(), 'handsel-pictures-'));

function file(name, bytes) {
  const whole = path.join(folder, name);
  writeFileSync(whole, bytes);
  return whole;
}

/** A PNG of one colour, and where it lies. `text` stands in it beside the picture; `rough` rows cannot be packed. */
export function png(name, { width, height, colour: [red, green, blue], text, rough = 0 }) {
  const chunk = (kind, data) => {
    const body = Buffer.concat([Buffer.from(kind, 'latin1'), data]);
    const length = Buffer.alloc(4);
    const check = Buffer.alloc(4);
    length.writeUInt32BE(data.length);
    check.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, check]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const row = Buffer.concat([Buffer.from([0]), Buffer.alloc(width * 3, Buffer.from([red, green, blue]))]);
  const roughly = Array.from({ length: rough }, () => Buffer.concat([Buffer.from([0]), randomBytes(width * 3)]));
  const rows = deflateSync(Buffer.concat([...roughly, ...Array(height - rough).fill(row)]));
  const words = text ? [chunk('tEXt', Buffer.from(`Location\0${text}`, 'latin1'))] : [];
  return file(name, Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), chunk('IHDR', head), ...words, chunk('IDAT', rows), chunk('IEND', Buffer.alloc(0)),
  ]));
}

/** An SVG that would take the page over if its script ran. */
export function svg(name) {
  return file(name, '<svg xmlns="http://www.w3.org/2000/svg" width="120" height="60" onload="document.title=\'taken\'">'
    + '<script>document.title = "taken"; fetch("https://x.example/")</script>'
    + '<image href="https://x.example/pixel.png" width="9" height="9"/><rect width="120" height="60" fill="teal"/></svg>');
}

/** A file that says by its name that it is an image, and is none. */
export function noImage(name) {
  return file(name, 'MZ\0 this is a program');
}
