import Plus from 'lucide-react/icons/plus';
import { useState } from 'react';
import type { TicketType } from '#contract/ticket-types.ts';
import { ErrorAlert } from '../../lib/error-alert.tsx';
import { LeaveGuard } from '../../lib/leave-guard.tsx';
import { useMay } from '../../lib/session.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { AttributeConflict } from './attribute-conflict.tsx';
import { AttributeDialog } from './attribute-dialog.tsx';
import { AttributeTable } from './attribute-table.tsx';
import { ReviewDialog } from './review-dialog.tsx';
import { type AttributeRow, attributeRows, countStaged, isNameTaken, nothingStaged } from './staged-attributes.ts';
import { useStagedAttributes } from './use-staged-attributes.ts';

/** The attributes as a table of staged edits: nothing is sent until Save. */
export function AttributesSection({ ticketType }: { ticketType: TicketType }) {
  const mayAdd = useMay('createTicketTypeAttribute');
  const mayEdit = useMay('updateTicketTypeAttribute');
  const [edited, setEdited] = useState<AttributeRow | 'new' | null>(null);
  const [isReviewing, setIsReviewing] = useState(false);
  const [showArchived, setShowArchived] = useState(false);
  const { staged, stageValues, undoRow, discard, save, saving, failures, conflict, resolveConflict, dropConflict } =
    useStagedAttributes(ticketType);

  // Who may not save sees what is; what they had staged stays on this device, should the role come back.
  const rows = attributeRows(ticketType.ticket_type_attributes.data, mayEdit ? staged : nothingStaged);
  const isHidden = (row: AttributeRow) => row.values.archived && row.state === 'unchanged';
  const archivedCount = rows.filter(isHidden).length;
  const shown = showArchived ? rows : rows.filter((row) => !isHidden(row));
  const count = mayEdit ? countStaged(staged) : 0;

  return (
    <section aria-labelledby="attributes" className="flex flex-col gap-3">
      <LeaveGuard isDirty={count > 0 && saving === null} />
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <h2 id="attributes" className="font-semibold text-lg">
          Attributes
        </h2>
        {archivedCount > 0 && (
          <Checkbox
            label={`Show ${archivedCount} archived`}
            checked={showArchived}
            onChange={({ target }) => setShowArchived(target.checked)}
          />
        )}
        {mayAdd && (
          <Button className="ms-auto" icon={<Plus />} onClick={() => setEdited('new')}>
            Add attribute
          </Button>
        )}
      </div>
      <AttributeTable
        rows={shown}
        failures={failures}
        editing={
          mayEdit
            ? {
                onEdit: setEdited,
                onArchive: (row, archived) => stageValues(row, { ...row.values, archived }),
                onUndo: undoRow,
              }
            : undefined
        }
      />
      {failures.general && <ErrorAlert error={failures.general} />}
      {count > 0 && (
        <div
          role="toolbar"
          data-bottom-bar=""
          aria-label="Changes to the attributes that are not saved"
          className="sticky bottom-4 z-20 flex animate-slide flex-wrap items-center gap-2 self-end rounded-md bg-raised p-2 shadow-pop"
        >
          <span role="status" className="px-2 tabular-nums">
            {saving ? `Saving ${saving.done + 1} of ${saving.total}` : count === 1 ? '1 change' : `${count} changes`}
          </span>
          <Button disabled={saving !== null} onClick={() => setIsReviewing(true)}>
            Review
          </Button>
          <Button disabled={saving !== null} onClick={discard}>
            Discard
          </Button>
          <Button variant="primary" pending={saving !== null} onClick={() => void save()}>
            Save
          </Button>
        </div>
      )}
      {edited && mayEdit && (
        <AttributeDialog
          row={edited === 'new' ? null : edited}
          isNameTaken={(name) => isNameTaken(rows, edited === 'new' ? '' : edited.key, name)}
          onStage={(values) => {
            stageValues(edited === 'new' ? null : edited, values);
            setEdited(null);
          }}
          onClose={() => setEdited(null)}
        />
      )}
      {isReviewing && (
        <ReviewDialog
          staged={staged}
          onSave={() => {
            setIsReviewing(false);
            void save();
          }}
          onClose={() => setIsReviewing(false)}
        />
      )}
      {conflict && <AttributeConflict conflict={conflict} onResolve={resolveConflict} onClose={dropConflict} />}
    </section>
  );
}
