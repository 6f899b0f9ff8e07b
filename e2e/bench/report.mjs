// The figures as a table for people and as JSON for programs.

import { median, percentile } from './stats.mjs';

/** A row: what it is, its unit, one figure for each page, and how many times the floor's figure ours is. */
function row(name, unit, handsel, floor) {
  return { name, unit, handsel, floor, ratio: floor > 0 ? handsel / floor : undefined };
}

/** All rows from what was measured. `measured` holds a list of figures for each page and measure. */
export function rows({ bytes, stored, measured }) {
  const of = (page, name) => measured[page][name] ?? [];
  const both = (name, unit, measure, figure = median) =>
    row(name, unit, figure(of('handsel', measure)), of('floor', measure).length > 0 ? figure(of('floor', measure)) : undefined);
  const p95 = values => percentile(values, 0.95);
  const made = [];
  if (bytes) made.push(row('first visit, brotli', 'KiB', bytes / 1_024));
  made.push(both('cold start until it takes input', 'ms', 'cold'));
  made.push(both('warm start in a new tab', 'ms', 'warm'));
  made.push(both('warm reload', 'ms', 'reload'));
  for (const size of ['1k', '10k']) {
    const ours = median(of('handsel', `processor ${size}`)) - median(of('floor', `processor ${size}`));
    made.push(both(`a key in ${size} words: processor, p50`, 'ms', `processor ${size}`));
    made.push(row(`a key in ${size} words: of it above the floor`, 'ms', ours));
    made.push(both(`a key in ${size} words: processor, p95`, 'ms', `processor ${size}`, p95));
    made.push(both(`a key in ${size} words: painted, p50`, 'ms', `rendered ${size}`));
    made.push(both(`a key in ${size} words: painted, p95`, 'ms', `rendered ${size}`, p95));
  }
  made.push(both('a stored text of 10k words in sight', 'ms', 'opening'));
  made.push(row('the same, stored', 'KiB', stored / 1_024));
  made.push(both('1,000 changes by others until painted', 'ms', 'remote'));
  made.push(both('the same: processor for each', 'ms', 'remote each'));
  made.push(both('300 sections, 50k words: first words in sight', 'ms', 'long opening'));
  made.push(both('the same: all sections take input', 'ms', 'long ready'));
  made.push(both('a key in the middle one: processor, p50', 'ms', 'processor long'));
  made.push(both('a key in the middle one: painted, p50', 'ms', 'rendered long'));
  made.push(both('a key in the middle one: painted, p95', 'ms', 'rendered long', p95));
  made.push(both('from there to the last one in sight', 'ms', 'long end'));
  made.push(both('a price of 500 lines added up', 'ms', 'price added'));
  made.push(both('the same, read from the shared document', 'ms', 'price read'));
  made.push(both('a plan of 300 steps given its days', 'ms', 'plan dated'));
  made.push(both('the same, read from the shared document', 'ms', 'plan read'));
  made.push(both('2,000 comments in 10k words, read', 'ms', 'comments read'));
  made.push(both('a key beside them: processor, p50', 'ms', 'processor comments'));
  made.push(both('a key beside them: painted, p95', 'ms', 'rendered comments', p95));
  made.push(both('longest task while typing beside them', 'ms', 'comments longest'));
  made.push(both('a PDF of 300 pages: first page, program fetched', 'ms', 'pages first'));
  made.push(both('the same, opened again', 'ms', 'pages again'));
  made.push(both('longest task while scrolling through it', 'ms', 'pages longest'));
  for (const count of [1_000, 10_000]) {
    const deals = `${count.toLocaleString('en')} deals`;
    made.push(both(`${deals} of a team taken in`, 'ms', `team ${count} taken`));
    made.push(both('the same, opened from the store', 'ms', `team ${count} opened`));
    made.push(both('the same, put in order', 'ms', `team ${count} sorted`));
    made.push(both('the same, found by words', 'ms', `team ${count} found`));
  }
  for (const count of [50, 500, 5_000, 100_000]) made.push(both(`${count.toLocaleString('en')} looks at parts put together`, 'ms', `looks ${count}`));
  made.push(both('a batch of 200 bytes signed and sealed', 'ms', 'sealed'));
  made.push(both('a room of 1 MB from the store: first words', 'ms', 'linked stored'));
  made.push(both('the same by a link', 'ms', 'linked link'));
  made.push(row('the link', 'KiB', median(of('handsel', 'linked bytes')) / 1_024));
  made.push(both('a room of 10 MB from browser to browser', 'ms', 'met'));
  return made;
}

export function table(rows) {
  const figure = value => (value === undefined ? '' : value.toFixed(value < 20 ? 2 : 0));
  const line = cells => `${cells[0].padEnd(48)}${cells.slice(1).map(cell => cell.padStart(10)).join('')}`;
  const head = line(['', 'Handsel', 'floor', 'ratio']);
  const body = rows.map(({ name, unit, handsel, floor, ratio }) =>
    line([`${name}, ${unit}`, figure(handsel), figure(floor), figure(ratio)]));
  return [head, ...body].join('\n');
}
