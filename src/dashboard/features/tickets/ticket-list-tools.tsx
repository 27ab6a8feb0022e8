import Download from 'lucide-react/icons/download';
import { lazy, Suspense, useState } from 'react';
import { FilterChips } from '../../lib/search/filter-chips.tsx';
import { useMay } from '../../lib/session.ts';
import { ColumnsMenu } from '../../lib/virtual-table/columns-menu.tsx';
import { Button } from '../../ui/button.tsx';
import { ViewsMenu } from './saved-views-menu.tsx';
import { attributeColumns } from './ticket-list-attributes.ts';
import { colsOf, layoutOf, ticketColumns } from './ticket-list-columns.tsx';
import type { TicketList } from './ticket-list-data.ts';
import { useTicketFields } from './ticket-list-fields.tsx';
import { LiveRows } from './ticket-list-live.tsx';
import { useTicketDirectory } from './ticket-list-queries.ts';
import type { TicketListSearch } from './ticket-list-search.ts';

const ExportDialog = lazy(async () => ({ default: (await import('./export-dialog.tsx')).ExportDialog }));

interface ToolProps {
  search: TicketListSearch;
  onChange: (search: TicketListSearch) => void;
}

/** The filters as chips. */
function TicketFilters({ search, onChange }: ToolProps) {
  const fields = useTicketFields(search.filter);
  return (
    <FilterChips
      label="Ticket filters"
      fields={fields}
      query={search.filter}
      onChange={(filter) => onChange({ ...search, filter })}
    />
  );
}

/** Which columns there are, and the way out as a file. */
function ListMenus({ search, onChange, list }: ToolProps & { list: TicketList }) {
  const directory = useTicketDirectory();
  const mayExport = useMay('exportTickets');
  const [isExporting, setIsExporting] = useState(false);
  const columns = [...ticketColumns(directory), ...attributeColumns(directory.types, search)];
  return (
    <>
      {mayExport && (
        <Button icon={<Download />} onClick={() => setIsExporting(true)}>
          Export
        </Button>
      )}
      {/* On a phone a row is one column. */}
      <div className="contents max-sm:hidden">
        <ColumnsMenu
          columns={columns}
          layout={layoutOf(search.cols, columns)}
          onChange={(layout) => onChange({ ...search, cols: colsOf(layout, columns) })}
          density={search.density}
          onDensityChange={(density) => onChange({ ...search, density })}
        />
      </div>
      <Suspense>
        {isExporting && <ExportDialog list={list} sort={search.sort} onClose={() => setIsExporting(false)} />}
      </Suspense>
    </>
  );
}

/** All that the list does without until its rows are on screen. */
export const tools = { ViewsMenu, TicketFilters, ListMenus, LiveRows, attributeColumns };
