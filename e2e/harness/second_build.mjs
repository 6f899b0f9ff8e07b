// A later build of the program, made from the one that is tested: one style file differs, and with it the build's name.

import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { dist } from './paths.mjs';

const sha256 = bytes => createHash('sha256').update(bytes).digest('hex');

/**
 * Copies the build and changes its style sheet as staging would: file name, page, the worker's list and build name.
 * Gives the folder, the file names that only one of the two builds has, and a way to remove the folder.
 */
export function secondBuild() {
  const folder = mkdtempSync(path.join(tmpdir(), 'handsel-build-'));
  cpSync(dist, folder, { recursive: true });
  const old = readdirSync(folder).find(name => /^style-[0-9a-f]{16}\.css$/.test(name));
  if (!old) throw new Error(`${dist} has no style sheet with a hash in its name`);

  const sheet = Buffer.concat([readFileSync(path.join(folder, old)), Buffer.from('\n:root { --edition: second; }\n')]);
  const name = `style-${sha256(sheet).slice(0, 16)}.css`;
  writeFileSync(path.join(folder, old), sheet);
  renameSync(path.join(folder, old), path.join(folder, name));

  const page = readFileSync(path.join(folder, 'index.html'), 'utf8').replaceAll(old, name);
  writeFileSync(path.join(folder, 'index.html'), page);

  const worker = readFileSync(path.join(folder, 'sw.js'), 'utf8')
    .replace(new RegExp(`\\["${old}", "[0-9a-f]{64}"\\]`), `["${name}", "${sha256(sheet)}"]`)
    .replace(/\["\.\/", "[0-9a-f]{64}"\]/, `["./", "${sha256(page)}"]`)
    .replace(/const BUILD_ID = "[0-9a-f]+";/, `const BUILD_ID = "${sha256(name)}";`);
  writeFileSync(path.join(folder, 'sw.js'), worker);
  if (!worker.includes(name)) throw new Error('The worker does not list the changed style sheet');

  return { folder, old, name, remove: () => rmSync(folder, { recursive: true }) };
}
