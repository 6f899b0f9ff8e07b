// Where the journeys find what they need and leave what they make.

import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const e2e = fileURLToPath(new URL('..', import.meta.url));
const root = path.dirname(path.normalize(e2e + '.'));

/** The release build, as it would be put on a static host. */
export const dist = path.resolve(process.env.HANDSEL_DIST ?? path.join(root, 'dist'));

/** The project's own command, which serves. */
export const xtask = path.resolve(process.env.HANDSEL_XTASK ?? path.join(root, 'target/debug/xtask'));

/** Pictures, page texts and consoles of failed journeys. */
export const out = path.join(e2e, 'out');

const fixtures = path.join(root, 'app/exchange/fixtures');

/** The realistic proposals as files, shortest first. */
export function proposals() {
  const found = existsSync(fixtures) ? readdirSync(fixtures).filter(name => name.endsWith('.md')) : [];
  return found
    .map(name => path.join(fixtures, name))
    .map(file => ({ file, size: statSync(file).size }))
    .sort((a, b) => a.size - b.size)
    .map(({ file }) => ({ file, name: path.basename(file), markdown: readFileSync(file, 'utf8') }));
}
