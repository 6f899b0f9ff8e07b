// Says once more, as the very last thing, which journeys failed and why in a line: logs are often read from their end. Where
// `HANDSEL_FAILED` names a file, it holds the same afterwards.

import { writeFileSync } from 'node:fs';

export default async function* failed(source) {
  const lines = [];
  for await (const { type, data } of source) {
    if (type !== 'test:fail') continue;
    const error = data.details?.error;
    const [why] = String(error?.cause?.message ?? error?.message ?? error).split('\n');
    lines.push(`failed: ${data.name}: ${why}\n`);
  }
  if (process.env.HANDSEL_FAILED) writeFileSync(process.env.HANDSEL_FAILED, lines.join(''));
  yield* lines;
}
