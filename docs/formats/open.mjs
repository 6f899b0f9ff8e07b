// Opens a link or a room file with nothing but Node and docs/formats.md: a second reader, to check that document by.
//
//   node docs/formats/open.mjs <link or path of a room file>

import { createDecipheriv, createHash, createPublicKey, verify } from 'node:crypto';
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

/** The envelope of a link or a file, without its check. */
function envelope(given) {
  const link = given.includes('#');
  const bytes = link ? Buffer.from(given.split('#')[1].replace(/^1\./, '').replace(/\s/g, ''), 'base64url') : readFileSync(given);
  const body = bytes.subarray(0, -4);
  demand(sha256(body).subarray(0, 4).equals(bytes.subarray(-4)), 'incomplete, or changed on the way');
  if (link) return body;
  demand(body.subarray(0, 9).toString('latin1') === 'handsel\n\x01', 'not a room file of version 1');
  return body.subarray(9);
}

function unsealed(envelope) {
  const key = envelope.subarray(0, 32);
  const nonce = envelope.subarray(32, 44);
  const decipher = createDecipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from('handsel room 1'));
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

const opened = bundle(unsealed(envelope(process.argv[2])));
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
