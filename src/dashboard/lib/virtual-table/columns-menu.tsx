import ArrowDown from 'lucide-react/icons/arrow-down';
import ArrowUp from 'lucide-react/icons/arrow-up';
import Columns3 from 'lucide-react/icons/columns-3';
import { Button, IconButton } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Popover } from '../../ui/popover.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import {
  type Column,
  type ColumnLayout,
  isColumnShown,
  moveColumn,
  noLayout,
  orderedColumns,
  toggleColumn,
} from './columns.ts';
import type { Density } from './row-heights.ts';

export interface ColumnsMenuProps {
  columns: readonly Pick<Column<never>, 'id' | 'header' | 'isLink' | 'isExtra'>[];
  layout: ColumnLayout;
  onChange: (layout: ColumnLayout) => void;
  density?: Density;
  onDensityChange?: (density: Density) => void;
}

/** Which columns a table shows, in which order, and how close its rows stand. */
export function ColumnsMenu({ columns, layout, onChange, density, onDensityChange }: ColumnsMenuProps) {
  const ordered = orderedColumns(columns, layout);
  return (
    <Popover
      label="Columns"
      align="end"
      className="flex w-72 flex-col gap-2 p-3"
      trigger={(props) => (
        <Button {...props} icon={<Columns3 />}>
          Columns
        </Button>
      )}
    >
      {density !== undefined && onDensityChange && (
        <Segmented
          label="Density"
          options={[
            { value: 'comfortable', label: 'Comfortable' },
            { value: 'compact', label: 'Compact' },
          ]}
          value={density}
          onChange={onDensityChange}
        />
      )}
      <ul>
        {ordered.map((column, index) => (
          <li key={column.id} className="flex items-center gap-1">
            <Checkbox
              className="min-w-0 flex-1"
              label={column.header}
              checked={isColumnShown(column, layout)}
              disabled={column.isLink}
              onChange={() => onChange(toggleColumn(layout, column))}
            />
            <IconButton
              size="sm"
              label={`Move ${column.header} up`}
              icon={<ArrowUp />}
              aria-disabled={index === 0}
              onClick={() => onChange(moveColumn(columns, layout, column.id, -1))}
            />
            <IconButton
              size="sm"
              label={`Move ${column.header} down`}
              icon={<ArrowDown />}
              aria-disabled={index === ordered.length - 1}
              onClick={() => onChange(moveColumn(columns, layout, column.id, 1))}
            />
          </li>
        ))}
      </ul>
      <Button size="sm" variant="ghost" className="self-start" onClick={() => onChange(noLayout)}>
        Reset the columns
      </Button>
    </Popover>
  );
}
