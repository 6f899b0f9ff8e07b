// Opens a link or a room file with nothing but Node and docs/formats.md: a second reader, to check that document by.
//
//   node docs/formats/open.mjs <link or path of a room file> [passphrase]
//   node docs/formats/open.mjs <link to a kept room> <path of its file>

import { createDecipheriv, createHash, createPublicKey, pbkdf2Sync, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { inflateRawSync } from 'node:zlib';

const LARGEST = 64 * 1024 * 1024;
const LARGEST_BLOB = 20 * 1024 * 1024;

const sha256 = bytes => createHash('sha256').update(bytes).digest();

function demand(holds, what) {
  if (!holds) throw new Error(what);
}

/** Takes bytes apart from the front. */
class Reader {
  constructor(bytes) {
    this.bytes = bytes;
    this.at = 0;
  }

  raw(length) {
    demand(this.at + length <= this.bytes.length, 'the bytes end too early');
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }

  uint() {
    let value = 0n;
    for (let shift = 0n; shift < 64n; shift += 7n) {
      const byte = this.raw(1)[0];
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return Number(value);
    }
    throw new Error('a number does not end');
  }

  sized() {
    return this.raw(this.uint());
  }
}

/** What stands in front of a check that holds. */
function checked(bytes) {
  const body = bytes.subarray(0, -4);
  demand(sha256(body).subarray(0, 4).equals(bytes.subarray(-4)), 'incomplete, or changed on the way');
  return body;
}

/** The envelope of a link or a file, without its check, and whether a passphrase belongs to its key. */
function envelope(given) {
  const link = given.includes('#');
  const fragment = link ? given.split('#')[1] : '';
  const bytes = link ? Buffer.from(fragment.replace(/^[12]\./, '').replace(/\s/g, ''), 'base64url') : readFileSync(given);
  const body = checked(bytes);
  if (link) return { locked: fragment.startsWith('2.'), envelope: body };
  demand(/^handsel\n[\x01\x03]$/.test(body.subarray(0, 9).toString('latin1')), 'not a room file of version 1 or 3');
  return { locked: body[8] === 3, envelope: body.subarray(9) };
}

/** The same of a kept room, of its link and its file. */
function kept(link, path) {
  const given = checked(Buffer.from(link.split('#/at/1.')[1].replace(/\s/g, ''), 'base64url'));
  console.log(`kept   at ${given.subarray(32)}`);
  const file = checked(readFileSync(path));
  demand(file.subarray(0, 9).toString('latin1') === 'handsel\n\x02', 'not the file of a kept room of version 2');
  return { locked: false, envelope: Buffer.concat([given.subarray(0, 32), file.subarray(9)]) };
}

function unsealed({ locked, envelope }, as, passphrase = '') {
  const given = envelope.subarray(0, 32);
  const key = locked ? pbkdf2Sync(passphrase.trim().normalize('NFC'), given, 600_000, 32, 'sha256') : given;
  const nonce = envelope.subarray(32, 44);
  const decipher = createDecipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(as));
  decipher.setAuthTag(envelope.subarray(-16));
  return Buffer.concat([decipher.update(envelope.subarray(44, -16)), decipher.final()]);
}

function bundle(packed) {
  const whole = new Reader(packed);
  const version = whole.raw(1)[0];
  demand(version >= 1 && version <= 3, 'a bundle of another version');
  const deflated = version === 1 ? packed.subarray(1) : whole.sized();
  const blobs = version === 1 ? [] : Array.from({ length: whole.uint() }, () => whole.sized());
  demand(version === 1 || whole.at === packed.length, 'something stands behind the blobs');
  demand(blobs.every(blob => blob.length <= LARGEST_BLOB), 'a blob is too large');
  const from = new Reader(inflateRawSync(deflated, { maxOutputLength: LARGEST }));
  const read = version === 3 ? withRights(from) : withoutRights(from);
  demand(from.at === from.bytes.length, 'something stands behind the entries');
  return { ...read, blobs };
}

function withoutRights(from) {
  const room = from.raw(16);
  const epoch = from.uint();
  const keys = [from.raw(32)];
  const owner = from.raw(32);
  const entries = Array.from({ length: from.uint() }, () => ({ epoch, bytes: from.sized() }));
  return { room, keys, owner, entries };
}

function withRights(from) {
  const room = from.raw(16);
  const owner = from.raw(32);
  const keys = Array.from({ length: from.uint() }, () => from.raw(32));
  const kind = from.raw(1)[0];
  demand(kind <= 2, 'a pass of another kind');
  const pass = kind > 0 ? { secret: from.raw(32), certificate: from.sized(), owns: kind === 2 && from.raw(32) } : undefined;
  const entries = Array.from({ length: from.uint() }, () => ({ epoch: from.uint(), bytes: from.sized() }));
  return { room, keys, owner, pass, entries };
}

/** What a certificate says, and whether the room's owner signed it. */
function certificate(bytes, { room, owner }) {
  const body = bytes.subarray(0, -64);
  const from = new Reader(body);
  demand(from.raw(1)[0] === 1, 'a certificate of another version');
  const link = from.raw(32).toString('hex');
  const right = ['view', 'comment', 'suggest', 'edit', 'own'][from.raw(1)[0]];
  const name = from.sized().toString();
  const [ends, since] = [from.uint(), from.uint()];
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: owner.toString('base64url') }, format: 'jwk' });
  const signed = verify(null, Buffer.concat([Buffer.from('handsel certificate 1'), room, body]), key, bytes.subarray(-64));
  return { link, right, name, ends, since, signed };
}

function varUint(value) {
  const bytes = [];
  for (; value >= 0x80; value = Math.floor(value / 128)) bytes.push((value % 128) | 0x80);
  return Buffer.from([...bytes, value]);
}

function entry({ bytes, epoch }, { room }) {
  const body = bytes.subarray(0, -64);
  const from = new Reader(body);
  demand(from.raw(1)[0] === 1, 'an entry of another version');
  const author = from.raw(32);
  const first = from.uint();
  const last = first + from.uint();
  const before = from.raw(32).toString('hex');
  const sessions = Array.from({ length: from.uint() }, () => from.raw(8));
  const document = from.sized().toString();
  const isPacked = from.raw(1)[0] === 1;
  const stored = from.sized();
  const update = isPacked ? inflateRawSync(stored, { maxOutputLength: LARGEST / 2 }) : stored;
  demand(from.at === body.length, 'something stands behind the update');

  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: author.toString('base64url') }, format: 'jwk' });
  const message = Buffer.concat([Buffer.from('handsel entry 1'), room, varUint(epoch), body]);
  const signed = verify(null, message, key, bytes.subarray(-64));
  const clients = sessions.map(session => sha256(Buffer.concat([author, session])).readBigUInt64BE() >> 11n);
  return { author: author.toString('hex'), first, last, before, clients, document, update, signed, hash: sha256(bytes).toString('hex') };
}

const [given, more] = process.argv.slice(2);
const isKept = given.includes('#/at/');
const opened = bundle(isKept ? unsealed(kept(given, more), 'handsel kept room 1') : unsealed(envelope(given), 'handsel room 1', more));
console.log(`room   ${opened.room.toString('hex')}, epoch ${opened.keys.length - 1}`);
console.log(`owner  ${opened.owner.toString('hex')}`);
if (opened.pass) {
  const { link, right, name, ends, signed } = certificate(opened.pass.certificate, opened);
  const until = ends ? `until ${new Date(ends).toISOString()}` : 'without an end';
  console.log(`link   ${link}\nallows ${right}${name ? ` for ${name}` : ''}, ${until}, ${signed ? 'signed by the owner' : 'FORGED'}`);
}
for (const packed of opened.entries) {
  const { author, first, last, before, clients, document, update, signed, hash } = entry(packed, opened);
  console.log(`\nentry  ${first}${last > first ? ` to ${last}` : ''} of ${author.slice(0, 16)}…, ${document}, ${signed ? 'signed' : 'FORGED'}`);
  console.log(`hash   ${hash}`);
  console.log(`behind ${before}`);
  console.log(`client ${clients.join(', ')}`);
  console.log(`update ${update.length} bytes ${update.length <= 120 ? update.toString('hex') : ''}`);
}
for (const blob of opened.blobs) {
  console.log(`\nblob   ${sha256(blob).toString('hex')}`);
  console.log(`bytes  ${blob.length} ${blob.length <= 60 ? blob.toString('hex') : ''}`);
}
