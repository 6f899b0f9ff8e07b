// What a person sees in an editable text, line by line, whichever of the two editors shows it.

/**
 * Runs in the page: each line as its kind, then its words with their marks, neighbours that look alike as one. Marks
 * that Quill does not know are left out.
 */
export function readLines(root) {
  const MARKS = { strong: 'bold', em: 'italic', u: 'underline', s: 'strike', code: 'code' };
  const pieces = (node, marks) => [...node.childNodes].flatMap(child => {
    if (child.nodeType === Node.TEXT_NODE) return [{ words: child.data, marks }];
    if (child.localName === 'img') return [{ words: '\ufffc', marks }];
    if (child.localName === 'a') return pieces(child, [...marks, child.getAttribute('href')]);
    // What Quill draws beside a line's words.
    if (child.classList.contains('ql-ui')) return [];
    return pieces(child, child.localName in MARKS ? [...marks, MARKS[child.localName]] : marks);
  });
  const shown = line => {
    const runs = [];
    for (const { words, marks } of pieces(line, [])) {
      // Both keep places open with signs that take no room; a break within a line is its own sign, or a line end.
      const plain = words.replaceAll('\ufeff', '').replaceAll('\u200b', '').replaceAll('\n', '\u2028');
      const key = marks.toSorted().join(' ');
      if (runs.at(-1)?.key === key) runs.at(-1).words += plain;
      else if (plain) runs.push({ words: plain, key });
    }
    return runs.map(({ words, key }) => (key ? `[${words}](${key})` : words)).join('');
  };
  const kind = line => {
    const { list, indent } = line.dataset;
    const steps = indent ?? line.className.match(/ql-indent-(\d)/)?.[1] ?? 0;
    if (list) return `${list} ${steps}`;
    if (/^h\d$/.test(line.localName)) return `heading ${line.dataset.level ?? line.localName[1]}`;
    if (line.localName === 'blockquote' || 'quote' in line.dataset) return 'quote';
    if (line.className.includes('ql-code-block') || 'code' in line.dataset) return 'code';
    return 'text';
  };
  const lines = [...root.children].flatMap(child =>
    (child.matches('ol, ul, .ql-code-block-container') ? [...child.children] : [child]));
  return lines.map(line => `${kind(line)}: ${shown(line)}`);
}
