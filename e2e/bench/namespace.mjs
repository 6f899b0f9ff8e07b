// A network that has nothing but its own loopback, so that nothing leaves the machine and nothing disturbs.

import { spawnSync } from 'node:child_process';

const INSIDE = 'HANDSEL_NAMESPACE';

/** Runs this program once more inside such a network where that can be made (as root); answers whether it did. */
export function ranInside() {
  if (process.env[INSIDE]) return false;
  const possible = spawnSync('unshare', ['-n', 'ip', 'link', 'set', 'lo', 'up'], { stdio: 'ignore' }).status === 0;
  if (!possible) return false;
  // Browsers connect to each other over the address of a way out, which there must be; this one leads nowhere.
  const network = 'ip link set lo up && ip link add way0 type veth peer name way1 && ip addr add 10.77.0.1/24 dev way0 && '
    + 'ip link set way0 up && ip link set way1 up && ip route add default dev way0';
  const again = [`${network} && exec "$0" "$@"`, process.execPath, ...process.argv.slice(1)];
  const { status } = spawnSync('unshare', ['-n', 'sh', '-c', ...again], {
    stdio: 'inherit',
    env: { ...process.env, [INSIDE]: '1' },
  });
  process.exitCode = status ?? 1;
  return true;
}
