import ChevronDown from 'lucide-react/icons/chevron-down';
import ChevronRight from 'lucide-react/icons/chevron-right';
import { useMemo, useState } from 'react';
import { defaultAttributeNames } from '#contract/ticket-types.ts';
import { type Action, useActions } from '../../lib/actions.ts';
import { Button } from '../../ui/button.tsx';
import { cx } from '../../ui/class-names.ts';
import { PropertyAssignee } from './properties-assignee.tsx';
import { PropertyAttribute } from './properties-attribute.tsx';
import { PropertyOpenness } from './properties-openness.tsx';
import { PropertyPeople } from './properties-people.tsx';
import { PropertySnooze } from './properties-snooze.tsx';
import { PropertyState } from './properties-state.tsx';
import { PropertyTags } from './properties-tags.tsx';
import { useTicketEditing } from './ticket-page-editing.tsx';

const id = 'ticket-properties';
const headings = new Set<string>(Object.values(defaultAttributeNames));

/** What the ticket is set to and who it is of. On a narrow screen it is folded until it is asked for. */
export function PropertiesPanel() {
  const { ticket, mayUpdate } = useTicketEditing();
  const [isUnfolded, setIsUnfolded] = useState(false);
  usePropertyKeys(mayUpdate, setIsUnfolded);
  const attributes = ticket.ticket_type?.ticket_type_attributes.data ?? [];
  const shown = attributes
    .filter(
      ({ name, archived }) => !headings.has(name) && (!archived || (ticket.ticket_attributes[name] ?? null) !== null),
    )
    .toSorted((one, other) => Number(one.archived) - Number(other.archived) || one.order - other.order);
  const Fold = isUnfolded ? ChevronDown : ChevronRight;
  return (
    <aside aria-label="Properties" className="flex min-w-0 flex-col gap-4">
      <Button
        className="self-start lg:hidden"
        aria-expanded={isUnfolded}
        aria-controls={id}
        icon={<Fold aria-hidden="true" className="rtl:not-[[aria-expanded=true]_&]:-scale-x-100" />}
        onClick={() => setIsUnfolded(!isUnfolded)}
      >
        Properties
      </Button>
      <div id={id} className={cx('flex flex-col gap-4', !isUnfolded && 'max-lg:hidden')}>
        <section aria-label="Work" className="flex flex-col gap-3 rounded-md border border-line bg-surface p-3">
          <PropertyState />
          <PropertyAssignee />
          <PropertyOpenness />
          <PropertySnooze />
          <PropertyTags />
        </section>
        {shown.length > 0 && (
          <section aria-label="Attributes" className="flex flex-col gap-3 rounded-md border border-line bg-surface p-3">
            {shown.map((attribute) => (
              <PropertyAttribute key={attribute.id} attribute={attribute} />
            ))}
          </section>
        )}
        <PropertyPeople />
      </div>
    </aside>
  );
}

/** `s`, `a` and `t` lead into the control of that name, and open it. */
function usePropertyKeys(mayUpdate: boolean, setIsUnfolded: (isUnfolded: boolean) => void) {
  const actions = useMemo<Action[]>(() => {
    if (!mayUpdate) return [];
    const open = (name: string) => () => {
      setIsUnfolded(true);
      requestAnimationFrame(() => {
        const control = document.querySelector<HTMLElement>(`#${id} [data-property="${name}"] :is(button, input)`);
        control?.focus();
        control?.click();
      });
    };
    const group = 'This ticket';
    return [
      { id: 'ticket:state', label: 'Change the state', group, shortcut: 's', run: open('state') },
      { id: 'ticket:assign', label: 'Assign', group, shortcut: 'a', keywords: 'assignee team', run: open('assignee') },
      { id: 'ticket:tag', label: 'Add a tag', group, shortcut: 't', run: open('tags') },
    ];
  }, [mayUpdate, setIsUnfolded]);
  useActions(actions);
}
