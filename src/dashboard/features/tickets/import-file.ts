import Papa from 'papaparse';
import { batchLimits } from '#contract/gateway/batches.ts';

/** A table out of a CSV file. Line numbers are those of a text editor for files without line breaks in cells. */
export interface CsvTable {
  fileName: string;
  headings: string[];
  rows: { line: number; cells: string[] }[];
}

const mostBytes = 20 * 1024 * 1024;

/** Why a file cannot be read, in a sentence for whoever chose it. */
export class UnreadableFile extends Error {}

/** Cells that an export made harmless to spreadsheets have an apostrophe in front, which is not part of them. */
const asEntered = (cell: string) => cell.replace(/^'(?=\s*[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20])/, '');

/** Reads text as CSV with headings. Separators are guessed: commas, semicolons, tabs. Throws an `UnreadableFile`. */
export function readCsvText(fileName: string, text: string): CsvTable {
  // One kind of line break: those within cells would mislead the guess.
  const lines = text.replace(/^\uFEFF/, '').replaceAll(/\r\n?/g, '\n');
  // Blank lines count as rows, so that the others keep their numbers, but say nothing about the separator.
  const { delimiter } = Papa.parse<string[]>(lines, { newline: '\n', preview: 10, skipEmptyLines: 'greedy' }).meta;
  const { data, errors } = Papa.parse<string[]>(lines, { newline: '\n', delimiter });
  const broken = errors.find(({ type }) => type === 'Quotes');
  if (broken) throw new UnreadableFile(`A quotation mark in row ${(broken.row ?? 0) + 1} is never closed.`);
  const [headings = [], ...rest] = data.map((cells) => cells.map(asEntered));
  if (headings.every((heading) => heading.trim() === '')) {
    throw new UnreadableFile('The first row is empty; it has to hold the headings of the columns.');
  }
  const rows = rest
    .map((cells, index) => ({ line: index + 2, cells }))
    .filter(({ cells }) => cells.some((cell) => cell.trim() !== ''));
  if (rows.length === 0) throw new UnreadableFile('There are headings, but no rows below them.');
  if (rows.length > batchLimits.rows) {
    const [found, most] = [rows.length, batchLimits.rows].map((count) => count.toLocaleString());
    throw new UnreadableFile(`The file has ${found} rows; one import takes at most ${most}.`);
  }
  const long = rows.find(({ cells }) => cells.slice(headings.length).some((cell) => cell.trim() !== ''));
  if (long) throw new UnreadableFile(`Row ${long.line} has more cells than there are headings.`);
  return { fileName, headings: headings.map((heading) => heading.trim()), rows };
}

/** Reads a file that somebody chose. Throws an `UnreadableFile`. */
export async function readCsvFile(file: File): Promise<CsvTable> {
  if (file.size > mostBytes) throw new UnreadableFile('The file is larger than 20 MB; split it.');
  const bytes = await file.arrayBuffer();
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new UnreadableFile('The file is not text in UTF-8; save it as “CSV UTF-8”.');
  }
  if (text.includes('\u0000')) throw new UnreadableFile('This is not a CSV file.');
  return readCsvText(file.name, text);
}

/** A table as CSV text. */
export function toCsvText(rows: string[][]): string {
  return Papa.unparse(rows, { newline: '\r\n' });
}
