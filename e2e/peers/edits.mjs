// Random changes to a text, with Quill's attribute names and ours, and those of programs we know nothing of.

const WORDS = [
  'price ', 'plan', 'a', ' ', 'terms of delivery ', '😀', '👨‍👩‍👧', '🇩🇪', 'e\u0301', '\u0301', 'שלום', 'مرحبا ', '你好', '\u2028', '\t',
];

const MARKS = ['bold', 'italic', 'underline', 'strike', 'code', 'x-highlight'];

const LINES = [
  ['header', [1, 2, 3, 6]], ['list', ['bullet', 'ordered', 'checked', 'unchecked']], ['indent', [1, 2, 8]],
  ['blockquote', [true]], ['code-block', [true, 'rust']], ['align', ['center', 'right', 'justify']],
  ['x-divider', [true]], ['x-table', ['t1', 't2']],
];

/** What others may set: names we do not know, and values that do not belong to their names. */
const ODD = [
  ['color', '#f09'], ['size', 'large'], ['font', 'serif'], ['script', 'sub'], ['bold', 1.5], ['header', { level: 2 }],
  ['italic', ['yes']], ['list', 3], ['link', 'x'.repeat(5_000)], ['bold', ''], ['indent', 0], ['note', 'ä😀'],
];

const EMBEDS = [{ image: 'https://a.example/a.png' }, { formula: 'e=mc^2' }, { mention: { id: 7, name: 'Ines' } }];

/** One attribute, or none; now and then one that is taken away. `none` is how this program says "not set". */
function attributes(random, { none, odd }) {
  if (odd && random.once(8)) return Object.fromEntries([random.of(ODD)]);
  switch (random.below(8)) {
    case 0: case 1: return { [random.of(MARKS)]: true };
    case 2: return { [random.of(MARKS)]: none };
    case 3: return { link: random.of(['https://a.example/', 'mailto:ines@a.example', none]) };
    case 4: case 5: return line(random);
    case 6: return { [random.of(LINES)[0]]: none };
    default: return {};
  }
}

function line(random) {
  const [name, values] = random.of(LINES);
  return { [name]: random.of(values) };
}

function words(random) {
  const some = Array.from({ length: 1 + random.below(3) }, () => random.of(WORDS));
  return some.join('');
}

/** The offsets at which a change may begin or end: between characters, or between any two units. */
function edges(text, cuts) {
  if (cuts) return Array.from({ length: text.length + 1 }, (_, at) => at);
  const found = [0];
  for (const character of text) found.push(found.at(-1) + character.length);
  return found;
}

/**
 * A change to this text. A stranger's also has embeds, odd attributes and half characters, says `false` for "not set" as
 * Quill's binding does, and reaches past the end. Told with it is whether it may cut characters.
 */
export function edit(random, text, { stranger }) {
  // Yjs breaks a character in two also where it then changes nothing, in its own copy only; so halves are not formatted.
  const cuts = stranger && random.once(10);
  const places = edges(text, cuts);
  const delta = [];
  let at = 0;
  for (let step = random.once(5) ? 3 : 1; step > 0; step -= 1) {
    const from = at + random.below(places.length - at);
    const reach = random.once(6) ? 40 : 6;
    const to = Math.min(from + 1 + random.below(reach), places.length - 1);
    const [skipped, covered] = [places[from] - places[at], places[to] - places[from]];
    const steps = change(random, covered, { stranger, cuts });
    if (steps.length === 0) continue;
    if (skipped) delta.push({ retain: skipped });
    delta.push(...steps);
    at = steps.some(({ insert }) => insert === undefined) ? to : from;
  }
  return { delta, cuts };
}

function change(random, covered, { stranger, cuts }) {
  const attributed = step => {
    const set = attributes(random, { none: stranger && random.once(2) ? false : null, odd: stranger });
    return Object.keys(set).length > 0 ? { ...step, attributes: set } : step;
  };
  const gone = covered > 0 ? [{ delete: covered }] : [];
  switch (random.below(12)) {
    case 0: case 1: return gone;
    case 2: case 3: case 4: {
      if (cuts) return gone;
      const past = stranger && random.once(20) ? 2 : 0;
      return covered + past > 0 ? [attributed({ retain: covered + past })] : [];
    }
    case 5: return [attributed({ insert: words(random) }), ...gone];
    case 6: case 7: return [{ insert: '\n', attributes: line(random) }];
    case 8: return stranger ? [attributed({ insert: random.of(EMBEDS) })] : [{ insert: '\n' }];
    default: return [attributed({ insert: words(random) })];
  }
}
