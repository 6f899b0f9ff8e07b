// Runs the journeys: `node run.mjs [part of a name …]`; `node run.mjs peers [part of a name …]` for copies of a room in
// other programs, `node run.mjs faults` for networks that break, or `node run.mjs shots` for pictures of every screen.
//
// As root the whole run happens in a network namespace that has nothing but its own loopback, so that no byte can
// leave the machine whatever the page or a browser tries.

import { spawnSync } from 'node:child_process';
import { readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
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
  // Browsers connect to each other over the address of a way out, which there must be; this one leads nowhere.
  const network = 'ip link set lo up && ip link add way0 type veth peer name way1 && ip addr add 10.77.0.1/24 dev way0 && '
    + 'ip link set way0 up && ip link set way1 up && ip route add default dev way0';
  const again = [`${network} && exec "$0" "$@"`, process.execPath, ...process.argv.slice(1)];
  return run('unshare', ['-n', 'sh', '-c', ...again], { ...process.env, [INSIDE]: '1' });
}

function namespaceWorks() {
  return spawnSync('unshare', ['-n', 'ip', 'link', 'set', 'lo', 'up'], { stdio: 'ignore' }).status === 0;
}

function runHere(words) {
  if (words[0] === 'shots') return run(process.execPath, ['shots.mjs'], process.env);
  const [folder, ending] = ['peers', 'faults'].includes(words[0]) ? [words.shift(), '.test.mjs'] : ['journeys', '.mjs'];
  if (folder === 'faults' && process.getuid?.() !== 0) {
    console.error('Pulling cables takes networks of its own, which only root can make: run this step as root.');
    return 1;
  }
  const files = readdirSync(new URL(`${folder}/`, import.meta.url))
    .filter(file => file.endsWith(ending))
    .filter(file => words.length === 0 || words.some(word => file.includes(word)))
    .map(file => `${folder}/${file}`);
  if (files.length === 0) {
    console.error(`Nothing in ${folder} is named like ${words.join(' or ')}.`);
    return 1;
  }
  // Each waits for its browsers most of the time, so two at once keep two cores busy.
  const together = process.env.HANDSEL_JOBS ?? (folder === 'journeys' ? '2' : '1');
  const reporters = ['spec', './harness/failed.mjs'].flatMap(name => [`--test-reporter=${name}`, '--test-reporter-destination=stdout']);
  const args = ['--test', `--test-concurrency=${together}`, ...reporters, ...files];
  if (folder !== 'journeys' || process.env.HANDSEL_BROWSERS === 'chromium') return run(process.execPath, args, process.env);
  const profile = path.join(tmpdir(), `handsel-profile-${process.pid}`);
  try {
    if (run(process.execPath, ['harness/profile.mjs', profile], process.env) !== 0) return 1;
    return run(process.execPath, args, { ...process.env, HANDSEL_PROFILE: profile });
  } finally {
    rmSync(profile, { recursive: true, force: true });
  }
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
