import { useQueries, useQuery } from '@tanstack/react-query';
import CircleDashed from 'lucide-react/icons/circle-dashed';
import User from 'lucide-react/icons/user';
import Users from 'lucide-react/icons/users';
import { useMemo } from 'react';
import type { SearchFilter, SearchQuery } from '#contract/search.ts';
import { nobody, ticketStateLabels, ticketStates } from '#contract/ticket-states.ts';
import type { TicketType, TicketTypeAttribute } from '#contract/ticket-types.ts';
import { Emoji } from '../../lib/emoji/emoji.tsx';
import { filtersIn, toGroup } from '../../lib/search/query-edit.ts';
import type { SearchChoice, SearchField } from '../../lib/search/search-field.ts';
import { workspaceQueries } from '../../lib/workspace.ts';
import { ticketTypeQueries } from '../ticket-types/queries.ts';
import { attributeLabel } from './attribute-label.ts';
import { findCompanies } from './company-search.ts';
import { contactLabel, emailOfNew, findContacts } from './contact-search.ts';
import { contactQueries, tagQueries } from './queries.ts';
import { teammateQueries } from './teammate-queries.ts';
import { chosenTypeIds, ownAttributes } from './ticket-list-attributes.ts';

const equality = ['=', '!=', 'IN', 'NIN'] as const;

/** What the API calls the categories in a search. */
const categories: SearchChoice[] = [
  { value: 'request', label: 'Customer' },
  { value: 'task', label: 'Back-office' },
  { value: 'tracker', label: 'Tracker' },
];

const nobodyChoice: SearchChoice = { value: nobody, label: 'Nobody', icon: <CircleDashed /> };
const toChoices = (list: readonly { id: string; name: string }[], icon: React.ReactNode): SearchChoice[] =>
  list.map(({ id, name }) => ({ value: id, label: name, icon }));

const kinds = {
  string: { kind: 'text' },
  list: { kind: 'choice' },
  integer: { kind: 'number' },
  decimal: { kind: 'number' },
  boolean: { kind: 'boolean', operators: equality },
  datetime: { kind: 'date' },
  // One can only ask whether there are any.
  files: { kind: 'text', operators: [] },
} as const satisfies Record<TicketTypeAttribute['data_type'], Pick<SearchField, 'kind' | 'operators'>>;

function attributeField(attribute: TicketTypeAttribute, group: string): SearchField {
  const { id, data_type: dataType, input_options: options } = attribute;
  return {
    name: `ticket_attribute.${id}`,
    label: attributeLabel(attribute),
    group,
    canBeUnset: true,
    ...kinds[dataType],
    ...(dataType === 'list' && {
      choices: options?.list_options?.map((option) => ({ value: option.id, label: option.label })) ?? [],
    }),
  };
}

function filtersOn(filter: SearchQuery | undefined, name: string): SearchFilter[] {
  return filtersIn(toGroup(filter)).flatMap((one) => (one.filter.field === name ? one.filter : []));
}

/** Of the chosen types, or of all; and those that the filter names, whatever else it says. */
function attributeFields(types: readonly TicketType[], filter: SearchQuery | undefined): SearchField[] {
  const chosen = chosenTypeIds(filter);
  return types
    .filter(({ archived, id }) => !archived || chosen.includes(id))
    .flatMap((type) => {
      const fields = ownAttributes(type).map((attribute) => attributeField(attribute, type.name));
      if (chosen.length === 0 || chosen.includes(type.id)) return fields;
      return fields.filter(({ name }) => filtersOn(filter, name).length > 0);
    });
}

/** All that tickets can be searched by, with what is known of the values that the filter names. */
export function useTicketFields(filter: SearchQuery | undefined): readonly SearchField[] {
  const { data: types } = useQuery(ticketTypeQueries.list());
  const { data: admins } = useQuery(teammateQueries.admins());
  const { data: teams } = useQuery(teammateQueries.teams());
  const { data: tags } = useQuery(tagQueries.list());
  const { data: about } = useQuery(workspaceQueries.about());
  const contactIds = [...new Set(filtersOn(filter, 'contact_ids').flatMap(({ value }) => [value].flat()))];
  const contacts = useQueries({
    queries: contactIds.map((id) => ({ ...contactQueries.detail(String(id)), retry: false })),
    combine: (results) =>
      new Map(results.flatMap(({ data }) => (data ? [[data.id, contactLabel(data)] as const] : []))),
  });

  return useMemo<SearchField[]>(() => {
    const people = toChoices(admins ?? [], <User />);
    const fields: SearchField[] = [
      {
        name: 'state',
        label: 'State',
        kind: 'choice',
        choices: ticketStates.map((state) => ({ value: state, label: ticketStateLabels[state] })),
      },
      {
        name: 'ticket_type_id',
        label: 'Ticket type',
        kind: 'id',
        choices: (types ?? []).map(({ id, name, icon }) => ({
          value: id,
          label: name,
          icon: <Emoji emoji={icon} size={16} />,
        })),
      },
      { name: 'category', label: 'Category', kind: 'choice', choices: categories },
      { name: 'admin_assignee_id', label: 'Assignee', kind: 'id', choices: [nobodyChoice, ...people] },
      {
        name: 'team_assignee_id',
        label: 'Team',
        kind: 'id',
        choices: [nobodyChoice, ...toChoices(teams ?? [], <Users />)],
      },
      {
        name: 'contact_ids',
        label: 'Contact',
        kind: 'id',
        loadChoices: async (text) => (await findContacts(text)).filter(({ value }) => emailOfNew(value) === undefined),
        labelOf: (value) => contacts.get(String(value)),
      },
      { name: 'teammate_ids', label: 'Teammate who took part', kind: 'id', choices: people },
      { name: 'open', label: 'Open', kind: 'boolean' },
      { name: 'snoozed_until', label: 'Snoozed until', kind: 'date', canBeUnset: true },
      { name: 'created_at', label: 'Created', kind: 'date' },
      { name: 'updated_at', label: 'Updated', kind: 'date' },
      { name: 'title', label: 'Title', kind: 'text' },
      { name: 'description', label: 'Description', kind: 'text' },
    ];
    // What the embedded workspace adds to the API.
    const added: SearchField[] = [
      { name: 'tag_ids', label: 'Tags', kind: 'id', canBeUnset: true, choices: toChoices(tags ?? [], undefined) },
      { name: 'company_id', label: 'Company', kind: 'id', canBeUnset: true, loadChoices: findCompanies },
      { name: 'is_shared', label: 'Shared with the contact', kind: 'boolean' },
    ];
    return [...fields, ...(about?.upstream === 'intercom' ? [] : added), ...attributeFields(types ?? [], filter)];
  }, [types, admins, teams, tags, about, contacts, filter]);
}
