// What the browser puts on paper: the words of each page, read out of the PDF that it prints to.
//
// It reads what Chromium writes (objects in the clear, streams deflated, a ToUnicode map in each font) and no other PDF.
// Sources: ISO 32000-1, 7.3 (objects), 7.7.3 (pages), 9.4 (text), 9.10.3 (ToUnicode).

import { inflateSync } from 'node:zlib';

/** Prints what the tab shows. Gives each page as its lines of words, in the order in which they are drawn. */
export async function print(tab) {
  const pdf = Buffer.from(await tab.page.pdf({ preferCSSPageSize: true }));
  return { pdf, pages: pagesOf(pdf) };
}

/** The pages of a PDF, each as its lines. */
export function pagesOf(pdf) {
  const objects = objectsOf(pdf);
  const object = reference => objects.get(Number(reference));
  const found = (dict, name) => object(new RegExp(`/${name} (\\d+) 0 R`).exec(dict)?.[1]);
  const catalog = [...objects.values()].find(({ dict }) => /\/Type \/Catalog\b/.test(dict));
  const kids = ({ dict }) => /\/Type \/Pages\b/.test(dict)
    ? [...dict.match(/\/Kids \[([^\]]*)\]/)[1].matchAll(/(\d+) 0 R/g)].flatMap(([, kid]) => kids(object(kid)))
    : [{ dict }];
  const fonts = new Map();
  const font = reference => {
    if (!fonts.has(reference)) fonts.set(reference, fontOf(object(reference).dict, object));
    return fonts.get(reference);
  };
  const named = (dict, name) => new RegExp(`/${name} (\\d+) 0 R`).exec(dict)?.[1];

  function draw({ dict, stream }, within, lines) {
    const resources = found(dict, 'Resources')?.dict ?? dict;
    let current;
    for (const [, set, move, words, inner] of stream.toString('latin1').matchAll(
      /\/(\S+) -?[\d.]+ Tf|(-?[\d.]+(?: -?[\d.]+){5} Tm)|((?:\[[^\]]*\]|<[\da-fA-F]*>|\((?:\\.|[^\\)])*\)) T[jJ])|\/(\S+) Do/gs)) {
      if (set) current = named(resources, set);
      else if (inner) {
        const form = named(resources, inner);
        if (form && !within.includes(form) && /\/Subtype \/Form\b/.test(object(form).dict)) draw(object(form), [...within, form], lines);
      } else if (move) lines.push({ y: Number(move.split(' ')[5]), words: '' });
      else lines.at(-1).words += font(current)(words);
    }
    return lines;
  }

  return kids(found(catalog.dict, 'Pages')).map(({ dict }) => {
    const { stream } = found(dict, 'Contents');
    const lines = [];
    for (const { y, words } of draw({ dict, stream }, [], [])) {
      if (lines.at(-1)?.y === y) lines.at(-1).words += words;
      else lines.push({ y, words });
    }
    // Letters that a font joins are letters all the same.
    return lines.map(({ words }) => words.normalize('NFKC').trim()).filter(Boolean);
  });
}

/** The objects by their numbers: what stands between `<<` and `>>`, and the bytes of the stream where there is one. */
function objectsOf(pdf) {
  const text = pdf.toString('latin1');
  const objects = new Map();
  const start = /(\d+) 0 obj\s/g;
  for (let at; (at = start.exec(text));) {
    const end = /stream\r?\n|endobj/g;
    end.lastIndex = start.lastIndex;
    const [word] = end.exec(text);
    const dict = text.slice(start.lastIndex, end.lastIndex - word.length);
    let stream;
    if (word !== 'endobj') {
      const length = Number(/\/Length (\d+)/.exec(dict)[1]);
      const bytes = pdf.subarray(end.lastIndex, end.lastIndex + length);
      stream = dict.includes('/FlateDecode') ? inflateSync(bytes) : bytes;
      start.lastIndex = end.lastIndex + length;
    } else {
      start.lastIndex = end.lastIndex;
    }
    objects.set(Number(at[1]), { dict, stream });
  }
  return objects;
}

/** What turns strings that are shown in a font into words. */
function fontOf(dict, object) {
  const width = /\/Subtype \/Type0\b/.test(dict) ? 4 : 2;
  const words = hex => Buffer.from(hex, 'hex').swap16().toString('utf16le');
  const glyphs = new Map();
  const map = object(/\/ToUnicode (\d+) 0 R/.exec(dict)?.[1])?.stream.toString('latin1') ?? '';
  for (const [, block] of map.matchAll(/beginbfchar([\s\S]*?)endbfchar/g)) {
    for (const [, glyph, to] of block.matchAll(/<(\w+)> <(\w+)>/g)) glyphs.set(parseInt(glyph, 16), words(to));
  }
  for (const [, block] of map.matchAll(/beginbfrange([\s\S]*?)endbfrange/g)) {
    for (const [, from, to, first] of block.matchAll(/<(\w+)> <(\w+)> <(\w+)>/g)) {
      const base = parseInt(first, 16);
      for (let glyph = parseInt(from, 16); glyph <= parseInt(to, 16); glyph += 1) {
        glyphs.set(glyph, String.fromCodePoint(base + glyph - parseInt(from, 16)));
      }
    }
  }
  const hex = shown => shown.startsWith('<')
    ? shown.slice(1, -1)
    : Buffer.from(shown.slice(1, -1).replace(/\\(\d{1,3}|.)/gs, (_, sign) =>
      /\d/.test(sign) ? String.fromCharCode(parseInt(sign, 8)) : ({ n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' })[sign] ?? sign), 'latin1').toString('hex');
  return shown => (shown.match(/<[\da-fA-F]*>|\((?:\\.|[^\\)])*\)/gs) ?? [])
    .flatMap(one => hex(one).match(new RegExp(`.{${width}}`, 'g')) ?? [])
    .map(glyph => glyphs.get(parseInt(glyph, 16)) ?? '')
    .join('');
}
