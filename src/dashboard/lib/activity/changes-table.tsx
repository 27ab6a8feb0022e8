import type { ReactNode } from 'react';
import { TableFrame, tableClass } from '../../ui/table.tsx';
import { fieldInWords } from './entry-words.ts';
import { Value } from './value.tsx';

interface ChangesTableProps {
  label: string;
  columns: readonly string[];
  /** One value for each column; a `mark` stands under the last one. */
  rows: readonly { field: string; values: readonly unknown[]; mark?: ReactNode }[];
}

const cell = 'border-line border-b px-3 py-2 align-top text-start';

/** Versions of each field side by side; on a narrow screen one under the other. */
export function ChangesTable({ label, columns, rows }: ChangesTableProps) {
  return (
    <TableFrame label={label}>
      <table className={`${tableClass} sm:table-fixed [&_tbody_tr:last-child>*]:border-b-0`}>
        <thead className="max-sm:sr-only">
          <tr>
            {['Field', ...columns].map((column) => (
              <th key={column} scope="col" className={`${cell} font-medium text-muted first:w-36`}>
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ field, values, mark }) => (
            <tr
              key={field}
              className="max-sm:flex max-sm:flex-col max-sm:border-line max-sm:border-b max-sm:py-2 max-sm:last:border-b-0"
            >
              <th scope="row" className={`${cell} font-medium max-sm:border-b-0 max-sm:py-1 sm:w-36`}>
                {fieldInWords(field)}
              </th>
              {values.map((value, index) => (
                <td key={columns[index]} className={`${cell} max-sm:flex max-sm:gap-2 max-sm:border-b-0 max-sm:py-1`}>
                  <span aria-hidden="true" className="w-20 shrink-0 text-muted sm:hidden">
                    {columns[index]}
                  </span>
                  <span className="flex min-w-0 flex-col items-start gap-1">
                    <Value value={value} />
                    {index === values.length - 1 && mark}
                  </span>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </TableFrame>
  );
}
