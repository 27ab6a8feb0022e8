import Archive from 'lucide-react/icons/archive';
import ArchiveRestore from 'lucide-react/icons/archive-restore';
import Lock from 'lucide-react/icons/lock';
import Undo2 from 'lucide-react/icons/undo-2';
import { Badge } from '../../ui/badge.tsx';
import { IconButton } from '../../ui/button.tsx';
import {
  cellClass,
  HeaderCell,
  headerCellClass,
  rowClass,
  rowLinkClass,
  TableFrame,
  tableClass,
} from '../../ui/table.tsx';
import { tooltip } from '../../ui/tooltip.ts';
import { attributeLabel } from './attribute-form.ts';
import { DataType } from './data-types.tsx';
import type { AttributeRow } from './staged-attributes.ts';
import type { Failures } from './use-staged-attributes.ts';

interface AttributeTableProps {
  rows: AttributeRow[];
  failures: Failures;
  /** Undefined for whom the attributes are only to be read. */
  editing: Editing | undefined;
}

interface Editing {
  onEdit: (row: AttributeRow) => void;
  onArchive: (row: AttributeRow, archived: boolean) => void;
  onUndo: (row: AttributeRow) => void;
}

/** The attributes as they will be once what is staged is saved. */
export function AttributeTable({ rows, failures, editing }: AttributeTableProps) {
  return (
    <TableFrame label="Attributes">
      <table className={tableClass}>
        <thead>
          <tr>
            <HeaderCell>Name</HeaderCell>
            <HeaderCell className="max-sm:hidden">Type</HeaderCell>
            <HeaderCell className="max-md:hidden">Teammates</HeaderCell>
            <HeaderCell className="max-md:hidden">Customers</HeaderCell>
            {editing && (
              <th scope="col" className={headerCellClass}>
                <span className="sr-only">Actions</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row key={row.key} row={row} failure={failures.rows[row.key]?.message} editing={editing} />
          ))}
        </tbody>
      </table>
    </TableFrame>
  );
}

interface RowProps {
  row: AttributeRow;
  failure: string | undefined;
  editing: Editing | undefined;
}

function Row({ row, failure, editing }: RowProps) {
  const { values, attribute, state } = row;
  const name = attributeLabel(values);
  return (
    <tr className={rowClass}>
      <td className={cellClass}>
        <div className="flex flex-wrap items-center gap-2">
          {editing ? (
            <button type="button" onClick={() => editing.onEdit(row)} className={`${rowLinkClass} text-start`}>
              {name}
            </button>
          ) : (
            <span className="font-medium">{name}</span>
          )}
          {attribute?.default && (
            <span
              {...tooltip('Every ticket type has this attribute. It cannot be renamed or archived.')}
              className="relative"
            >
              <Badge>
                <Lock aria-hidden="true" />
                Default
              </Badge>
            </span>
          )}
          {state === 'added' && <Badge tone="success">New</Badge>}
          {state === 'changed' && <Badge tone="warning">Changed</Badge>}
          {values.archived && <Badge>Archived</Badge>}
        </div>
        {values.description && <p className="text-muted">{values.description}</p>}
        {!editing && values.listItems.length > 0 && (
          <p className="text-muted">{values.listItems.map(({ label }) => label).join(' · ')}</p>
        )}
        <p className="text-muted sm:hidden">
          <DataType values={values} />
        </p>
        {failure && (
          <p role="alert" className="text-danger">
            Not saved: {failure}
          </p>
        )}
      </td>
      <td className={`${cellClass} max-sm:hidden`}>
        <DataType values={values} />
      </td>
      <td className={`${cellClass} text-muted max-md:hidden`}>
        {access(values.visibleOnCreate, values.requiredToCreate)}
      </td>
      <td className={`${cellClass} text-muted max-md:hidden`}>
        {access(values.visibleToContacts, values.requiredToCreateForContacts)}
      </td>
      {editing && <Actions row={row} editing={editing} />}
    </tr>
  );
}

function Actions({ row, editing }: { row: AttributeRow; editing: Editing }) {
  const { values, attribute, state } = row;
  const name = attributeLabel(values);
  return (
    <td className={`${cellClass} w-20 text-end`}>
      <span className="relative inline-flex">
        {state !== 'unchanged' && (
          <IconButton
            size="sm"
            label={state === 'added' ? `Remove ${name}` : `Discard the changes to ${name}`}
            icon={<Undo2 />}
            onClick={() => editing.onUndo(row)}
          />
        )}
        {attribute && !attribute.default && (
          <IconButton
            size="sm"
            label={values.archived ? `Restore ${name}` : `Archive ${name}`}
            icon={values.archived ? <ArchiveRestore /> : <Archive />}
            onClick={() => editing.onArchive(row, !values.archived)}
          />
        )}
      </span>
    </td>
  );
}

function access(isVisible: boolean, isRequired: boolean): string {
  if (isRequired) return isVisible ? 'Required' : 'Required, not shown';
  return isVisible ? 'Optional' : 'Not shown';
}
