import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { attributeDifferences, attributeLabel, emptyAttribute } from './attribute-form.ts';
import { dataTypeLabels } from './data-types.tsx';
import type { StagedAttributes } from './staged-attributes.ts';

interface ReviewDialogProps {
  staged: StagedAttributes;
  onSave: () => void;
  onClose: () => void;
}

/** Every staged change, value by value: what was, and what will be. */
export function ReviewDialog({ staged, onSave, onClose }: ReviewDialogProps) {
  const entries = [
    ...Object.entries(staged.changed).map(([key, { before, values }]) => ({ key, before, values, isNew: false })),
    ...staged.added.map(({ key, values }) => ({ key, before: emptyAttribute, values, isNew: true })),
  ];
  return (
    <Dialog
      open
      onClose={onClose}
      size="md"
      title="Review the changes"
      footer={
        <>
          <Button onClick={onClose}>Back</Button>
          <Button variant="primary" data-autofocus="" onClick={onSave}>
            Save
          </Button>
        </>
      }
    >
      <ul className="flex flex-col gap-4">
        {entries.map(({ key, before, values, isNew }) => (
          <li key={key} className="flex flex-col gap-1">
            <h3 className="flex items-center gap-2 font-medium">
              {attributeLabel(isNew ? values : before)}
              {isNew && <Badge tone="success">New {dataTypeLabels[values.dataType].toLowerCase()}</Badge>}
            </h3>
            <dl className="grid grid-cols-[minmax(6rem,auto)_1fr] gap-x-4 gap-y-1 text-sm">
              {attributeDifferences(before, values)
                .filter((difference) => difference.key !== 'dataType' && !(isNew && difference.key === 'name'))
                .map((difference) => (
                  <div key={difference.key} className="contents">
                    <dt className="text-muted">{difference.label}</dt>
                    <dd className="min-w-0">
                      {!isNew && (
                        <>
                          <del className="text-muted">{difference.before || 'Empty'}</del>
                          <span aria-hidden="true"> → </span>
                        </>
                      )}
                      <ins className="no-underline">{difference.after || 'Empty'}</ins>
                    </dd>
                  </div>
                ))}
            </dl>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
