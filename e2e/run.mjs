// Runs the journeys: `node run.mjs [part of a name …]`; `node run.mjs peers [part of a name …]` for copies of a room in
// other programs, or `node run.mjs shots` for pictures of every screen.
//
// As root the whole run happens in a network namespace that has nothing but its own loopback, so that no byte can
// leave the machine whatever the page or a browser tries.

import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const INSIDE = 'HANDSEL_NAMESPACE';

function run(command, args, env) {
  const { status, error, signal } = spawnSync(command, args, { cwd: here, stdio: 'inherit', env });
  if (error) throw error;
  if (signal) console.error(`${command} ended by ${signal}`);
  return status ?? 1;
}

function enterNamespace() {
  const again = ['ip link set lo up && exec "$0" "$@"', process.execPath, ...process.argv.slice(1)];
  return run('unshare', ['-n', 'sh', '-c', ...again], { ...process.env, [INSIDE]: '1' });
}

function namespaceWorks() {
  return spawnSync('unshare', ['-n', 'ip', 'link', 'set', 'lo', 'up'], { stdio: 'ignore' }).status === 0;
}

function runHere(words) {
  if (words[0] === 'shots') return run(process.execPath, ['shots.mjs'], process.env);
  const [folder, ending] = words[0] === 'peers' ? [words.shift(), '.test.mjs'] : ['journeys', '.mjs'];
  const files = readdirSync(new URL(`${folder}/`, import.meta.url))
    .filter(file => file.endsWith(ending))
    .filter(file => words.length === 0 || words.some(word => file.includes(word)))
    .map(file => `${folder}/${file}`);
  if (files.length === 0) {
    console.error(`Nothing in ${folder} is named like ${words.join(' or ')}.`);
    return 1;
  }
  const together = process.env.HANDSEL_JOBS ?? '1';
  const args = ['--test', `--test-concurrency=${together}`, '--test-reporter=spec', ...files];
  return run(process.execPath, args, process.env);
}

const words = process.argv.slice(2);
if (process.env[INSIDE]) {
  process.exitCode = runHere(words);
} else if (namespaceWorks()) {
  process.exitCode = enterNamespace();
} else {
  console.log('Not root, so the browsers run on this machine\'s own network; requests that leave are still recorded.');
  process.exitCode = runHere(words);
}
