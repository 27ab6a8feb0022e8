// What a spreadsheet would compute, in ASCII and in full width, also behind white space.
const formula = /^[\s\p{Cf}]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|^[\t\r\n]/u;

export type CsvValue = string | number | boolean | null;

function cell(value: CsvValue, isExact: boolean): string {
  if (value === null) return '';
  const text = typeof value === 'string' && !isExact && formula.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** One line with its end. Unless `isExact`, an apostrophe keeps spreadsheets from computing what stands in a cell. */
export function csvLine(cells: readonly CsvValue[], { isExact = false }: { isExact?: boolean } = {}): string {
  return `${cells.map((value) => cell(value, isExact)).join(',')}\r\n`;
}
