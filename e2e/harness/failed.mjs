// Says once more, as the very last thing, which journeys failed and why in a line, with what was seen instead: logs are often read from
// their end. Where `HANDSEL_FAILED` names a file, it holds the same afterwards.

import { writeFileSync } from 'node:fs';

/** So much is told of a failure, in characters. */
const LONGEST = 600;

export default async function* failed(source) {
  const lines = [];
  for await (const { type, data } of source) {
    if (type !== 'test:fail') continue;
    const error = data.details?.error;
    const whole = String(error?.cause?.message ?? error?.message ?? error);
    const why = whole.replace(/\s*\n\s*/g, ' ').slice(0, LONGEST);
    lines.push(`failed: ${data.name}: ${why}\n`);
  }
  if (process.env.HANDSEL_FAILED) writeFileSync(process.env.HANDSEL_FAILED, lines.join(''));
  yield* lines;
}
