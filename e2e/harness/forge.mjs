// Makes damaged and hostile links and room files out of good ones, by the layout that docs/formats.md gives.

import { createCipheriv, createHash } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';

const MAGIC = Buffer.from('handsel\n\x01', 'latin1');
const SEALED_AS = 'handsel room 1';
const KEY = 32;
const NONCE = 12;
const CHECK = 4;

function checked(bytes) {
  return Buffer.concat([bytes, createHash('sha256').update(bytes).digest().subarray(0, CHECK)]);
}

/** The parts of a link: the address, and the envelope that it carries. */
function opened(link) {
  const [address, fragment] = link.split('#');
  return { address, envelope: Buffer.from(fragment.slice(2), 'base64url').subarray(0, -CHECK) };
}

function closed(address, envelope) {
  return `${address}#1.${checked(envelope).toString('base64url')}`;
}

/** The link with a piece missing at its end, as when it was not copied whole. */
export function cutLink(link) {
  return link.slice(0, -Math.floor(link.length / 3));
}

/** The link with another key than the one it was made with, otherwise whole. */
export function linkWithWrongKey(link) {
  const { address, envelope } = opened(link);
  const wrong = Buffer.from(envelope);
  wrong[0] ^= 1;
  return closed(address, wrong);
}

/** The link as another version of the program would make it. */
export function linkOfOtherVersion(link) {
  return link.replace('#1.', '#9.');
}

/** A small, well sealed room file that unpacks to more than any room may take. */
export function bombFile() {
  const key = Buffer.alloc(KEY, 7);
  const nonce = Buffer.alloc(NONCE, 9);
  const packed = Buffer.concat([Buffer.from([1]), deflateRawSync(Buffer.alloc(64 * 1024 * 1024 + 1), { level: 9 })]);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(SEALED_AS));
  const sealed = Buffer.concat([cipher.update(packed), cipher.final(), cipher.getAuthTag()]);
  return checked(Buffer.concat([MAGIC, key, nonce, sealed]));
}

/** The file with its last part missing. */
export function cutFile(file) {
  return file.subarray(0, Math.floor(file.length * 0.7));
}

/** The file as another version of the program would make it. */
export function fileOfOtherVersion(file) {
  const other = Buffer.from(file);
  other[MAGIC.length - 1] = 9;
  return other;
}
