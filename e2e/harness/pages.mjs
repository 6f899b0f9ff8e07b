// PDF files for journeys, made here so that each has as many pages as it needs.

import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { deflateSync } from 'node:zlib';

const folder = mkdtempSync(path.join(tmpdir(), 'handsel-pages-'));

/** A file with these bytes. */
export function file(name, bytes) {
  const whole = path.join(folder, name);
  writeFileSync(whole, bytes);
  return whole;
}

/** A PDF of so many pages of A4, each with its number, some lines, and a band whose colour says which page it is. */
export function pdf(name, count) {
  return file(name, pdfBytes(count));
}

export function pdfBytes(count) {
  const objects = [];
  const add = object => objects.push(Buffer.from(object));
  add('<< /Type /Catalog /Pages 2 0 R >>');
  const kids = Array.from({ length: count }, (_, page) => `${5 + 2 * page} 0 R`);
  add(`<< /Type /Pages /Count ${count} /Kids [${kids.join(' ')}] >>`);
  add('<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>');
  for (let page = 0; page < count; page += 1) {
    const shade = (page % 5) / 5;
    const lines = Array.from({ length: 40 }, (_, line) =>
      `BT /F1 11 Tf 72 ${680 - line * 15} Td (Line ${line + 1} of page ${page + 1}: what both sides have agreed on so far.) Tj ET`);
    const drawn = deflateSync(Buffer.from(
      `${shade} 0.4 0.6 rg 0 740 595 102 re f 1 g BT /F1 32 Tf 72 780 Td (Page ${page + 1}) Tj ET 0 g\n${lines.join('\n')}`));
    add(Buffer.concat([Buffer.from(`<< /Length ${drawn.length} /Filter /FlateDecode >>\nstream\n`), drawn, Buffer.from('\nendstream')]));
    add(`<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents ${4 + 2 * page} 0 R /Resources << /Font << /F1 3 0 R >> >> >>`);
  }
  const parts = [Buffer.from('%PDF-1.4\n')];
  const places = [];
  let at = parts[0].length;
  for (const [index, object] of objects.entries()) {
    places.push(at);
    const part = Buffer.concat([Buffer.from(`${index + 1} 0 obj\n`), object, Buffer.from('\nendobj\n')]);
    parts.push(part);
    at += part.length;
  }
  const table = places.map(place => `${String(place).padStart(10, '0')} 00000 n \n`).join('');
  parts.push(Buffer.from(`xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer << /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${at}\n%%EOF\n`));
  return Buffer.concat(parts);
}
