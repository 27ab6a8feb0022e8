import { useQuery } from '@tanstack/react-query';
import CircleDashed from 'lucide-react/icons/circle-dashed';
import User from 'lucide-react/icons/user';
import Users from 'lucide-react/icons/users';
import { useMemo } from 'react';
import { nobody } from '#contract/ticket-states.ts';
import { ticketAssignee } from '#contract/tickets.ts';
import { Combobox } from '../../ui/combobox.tsx';
import { Field } from '../../ui/field.tsx';
import type { ComboboxOption } from '../../ui/use-options.ts';
import { PropertyKey, PropertyText } from './properties-row.tsx';
import { teammateQueries } from './teammate-queries.ts';
import { useTicketEditing } from './ticket-page-editing.tsx';
import { assigneeName, type Teammates } from './ticket-page-words.ts';

/** Who works on it: a teammate, a team, or nobody. */
export function PropertyAssignee() {
  const { ticket, teammates, mayUpdate, save } = useTicketEditing();
  const { data: actor } = useQuery(teammateQueries.actor());
  const options = useMemo(() => assigneeOptions(teammates, actor?.admin_id), [teammates, actor]);
  const assignee = ticketAssignee(ticket);
  const isTeam = ticket.admin_assignee_id === nobody && assignee !== nobody;
  if (!mayUpdate) return <PropertyText label="Assignee">{assigneeName(assignee, teammates)}</PropertyText>;
  return (
    <Field label="Assignee" aside={<PropertyKey keys="a" />}>
      <span data-property="assignee" className="contents">
        <Combobox
          label="Assignee"
          options={options}
          value={`${isTeam ? 'team' : 'admin'}:${assignee}`}
          valueLabel={assigneeName(assignee, teammates)}
          empty="No teammate or team has this name."
          onChange={(chosen) => {
            const [kind, assignee_id = nobody] = chosen.split(':');
            if (assignee_id !== assignee) void save({ assignment: { assignee_id } }, { isTeam: kind === 'team' });
          }}
        />
      </span>
    </Field>
  );
}

/** The person first, then nobody, then everyone else. */
function assigneeOptions({ admins, teams }: Teammates, ownId: string | undefined): ComboboxOption[] {
  const own = admins.find(({ id }) => id === ownId);
  const others = admins.filter(({ id }) => id !== ownId);
  return [
    ...(own ? [{ value: `admin:${own.id}`, label: `Me (${own.name})`, icon: <User /> }] : []),
    { value: `admin:${nobody}`, label: 'Nobody', icon: <CircleDashed /> },
    ...others.map(({ id, name, away_mode_enabled: isAway }) => ({
      value: `admin:${id}`,
      label: name,
      icon: <User />,
      hint: isAway ? 'Away' : undefined,
      group: 'Teammates',
    })),
    ...teams.map(({ id, name }) => ({ value: `team:${id}`, label: name, icon: <Users />, group: 'Teams' })),
  ];
}
