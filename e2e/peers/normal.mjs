// One form for a text that several programs tell each in its own way, after docs/formats.md.

const VALUE_MAX = 4_096;

/** Values that count. "Not set" is told as nothing, `null` or `false`; what our formats have no room for is not told. */
function counts(value) {
  if (typeof value === 'string') return Buffer.byteLength(value) <= VALUE_MAX;
  return value === true || Number.isInteger(value);
}

/**
 * Runs of words with their attributes, no two neighbours alike; an embed is one U+FFFC. With `inPieces`, characters
 * outside the basic plane are two replacement characters, as if each had been cut.
 */
export function normal(delta, inPieces = false) {
  const runs = [];
  for (const { insert, attributes = {} } of delta) {
    const words = typeof insert === 'string' ? whole(insert, inPieces) : '\ufffc';
    const set = Object.entries(attributes).filter(([, value]) => counts(value)).sort(([one], [two]) => (one < two ? -1 : 1));
    const key = JSON.stringify(set);
    if (runs.at(-1)?.key === key) runs.at(-1).words += words;
    else runs.push({ words, key });
  }
  return runs.map(({ words, key }) => `${JSON.stringify(words)} ${key}`);
}

function whole(words, inPieces) {
  const plain = words.toWellFormed().replaceAll('\r', ' ');
  return inPieces ? plain.replace(/[\u{10000}-\u{10ffff}]/gu, '\ufffd\ufffd') : plain;
}

/** The words alone, unit by unit as offsets count them. */
export function words(delta) {
  return delta.map(({ insert }) => (typeof insert === 'string' ? insert : '\ufffc')).join('');
}
