import { Select } from '../../ui/select.tsx';
import type { CsvTable } from './import-file.ts';
import type { MappedRow, Mapping, Target } from './import-mapping.ts';

interface ImportColumnsProps {
  table: CsvTable;
  targets: Target[];
  mapping: Mapping;
  onChange: (mapping: Mapping) => void;
}

/** What each column of the file is, with an example of what stands in it. */
export function ImportColumns({ table, targets, mapping, onChange }: ImportColumnsProps) {
  return (
    <section aria-labelledby="import-columns" className="flex flex-col gap-2">
      <h2 id="import-columns" className="font-semibold">
        Columns
      </h2>
      <ul className="flex flex-col divide-y divide-line rounded-md border border-line">
        {table.headings.map((heading, index) => {
          const example = table.rows.find(({ cells }) => cells[index]?.trim())?.cells[index];
          const target = targets.find(({ key }) => key === mapping[index]);
          const name = heading || `Column ${index + 1}`;
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: two columns may have one heading, and none moves
            <li key={index} className="grid items-center gap-x-4 gap-y-1 px-3 py-2 sm:grid-cols-2">
              <span className="min-w-0">
                <span dir="auto" className="block truncate font-medium">
                  {name}
                </span>
                <span dir="auto" className="block truncate text-muted text-sm">
                  {example ?? 'Nothing in it'}
                </span>
              </span>
              <span className="min-w-0">
                <Select
                  aria-label={`What ${name} is`}
                  value={mapping[index] ?? ''}
                  onChange={({ target: { value } }) => {
                    const key = value === '' ? undefined : value;
                    // A target belongs to one column: the last one that was given it.
                    onChange(mapping.map((each, at) => (at === index ? key : each === key ? undefined : each)));
                  }}
                >
                  <option value="">Leave out</option>
                  {targets.map(({ key, label, isRequired }) => (
                    <option key={key} value={key}>
                      {label}
                      {isRequired ? ' (required)' : ''}
                    </option>
                  ))}
                </Select>
                {target && <span className="mt-0.5 block truncate text-muted text-sm">{target.help}</span>}
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

const shownRows = 5;

interface ImportPreviewProps {
  table: CsvTable;
  targets: Target[];
  mapping: Mapping;
  mapped: MappedRow[];
}

/** The first rows as they would be created, those with something wrong before the others. */
export function ImportPreview({ table, targets, mapping, mapped }: ImportPreviewProps) {
  const columns = mapping.flatMap((key, index) => {
    const target = targets.find((each) => each.key === key);
    return target ? [{ target, index }] : [];
  });
  if (columns.length === 0) return null;
  const wrong = mapped.flatMap(({ problems }, at) => (problems.length > 0 ? [at] : []));
  const right = mapped.flatMap(({ problems }, at) => (problems.length === 0 ? [at] : []));
  const shown = [...wrong.slice(0, shownRows), ...right].slice(0, shownRows * 2);
  return (
    <div className="flex flex-col gap-2">
      <h2 id="import-preview" className="font-semibold">
        Preview
      </h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table is scrolled with the keyboard too */}
      <section className="overflow-x-auto rounded-md border border-line" tabIndex={0} aria-label="Rows">
        <table className="w-full text-start text-sm">
          <thead className="bg-canvas text-muted">
            <tr>
              <th className="px-3 py-1.5 text-start font-medium">Row</th>
              {columns.map(({ target }) => (
                <th key={target.key} className="whitespace-nowrap px-3 py-1.5 text-start font-medium">
                  {target.label}
                </th>
              ))}
              <th className="px-3 py-1.5 text-start font-medium">What is wrong</th>
            </tr>
          </thead>
          <tbody className="divide-y divide-line">
            {shown.map((at) => {
              const row = table.rows[at];
              const problems = mapped[at]?.problems ?? [];
              return (
                <tr key={at} className="align-top">
                  <td className="px-3 py-1.5 text-muted tabular-nums">{row?.line}</td>
                  {columns.map(({ target, index }) => (
                    <td key={target.key} dir="auto" className="max-w-56 truncate px-3 py-1.5">
                      {row?.cells[index]}
                    </td>
                  ))}
                  <td className="min-w-48 px-3 py-1.5 text-danger">
                    {problems.map(({ label, problem }) => `${label} ${problem}`).join('; ')}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </section>
    </div>
  );
}
