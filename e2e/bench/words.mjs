// Texts to measure with: the same ones every time, with words and sentences of ordinary lengths.

const WORDS = `we will begin with your ledgers and bring the first month to a close within four days of its end each team keeps its own
calendar while the plan shows what waits for whom by when and why the price covers people travel and training there is no fee for
questions our engineers have done this for harbours mills and clinics before they will sit beside your clerks until the work is theirs
a pilot of two weeks comes first then a review after which either side may stop without giving reasons`.split(/\s+/);

/** A source of numbers from 0 to below 1 that is the same for the same seed (xorshift). */
export function numbers(seed) {
  let state = seed | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

/** Paragraphs of sixty words with as many words in all as asked for. */
export function paragraphs(count) {
  const next = numbers(20_240_229);
  const made = [];
  for (let left = count; left > 0; left -= 60) {
    const words = [];
    let sentence = 0;
    for (let word = 0; word < Math.min(left, 60); word += 1) {
      let text = WORDS[Math.floor(next() * WORDS.length)];
      if (sentence === 0) text = text[0].toUpperCase() + text.slice(1);
      sentence += 1;
      if (word === Math.min(left, 60) - 1 || (sentence > 7 && next() < 0.15)) {
        text += '.';
        sentence = 0;
      }
      words.push(text);
    }
    made.push(words.join(' '));
  }
  return made;
}

/** So many characters to type: small letters and spaces, letters at both ends. */
export function typing(count, seed) {
  const next = numbers(seed);
  let text = '';
  while (text.length < count) text += `${WORDS[Math.floor(next() * WORDS.length)]} `;
  return `${text.slice(0, count - 1).trimEnd().padEnd(count - 1, 'e')}n`;
}

/** A text as one would compare it: line ends count once, wherever they stand. */
export function plain(text) {
  return text.replaceAll('\u00a0', ' ').replace(/\n+/g, '\n').trim();
}
