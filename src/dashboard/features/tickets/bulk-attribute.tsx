import { useQuery } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useState } from 'react';
import type { TicketType } from '#contract/ticket-types.ts';
import { Field } from '../../ui/field.tsx';
import { Select } from '../../ui/select.tsx';
import { ticketTypeQueries } from '../ticket-types/queries.ts';
import { AttributeField } from './attribute-field.tsx';
import { attributeLabel } from './attribute-label.ts';
import { readAttributeText } from './attribute-text.ts';
import type { BulkFormProps, BulkTarget } from './bulk-target.ts';
import { chosenTypeIds, ownAttributes } from './ticket-list-attributes.ts';
import { ticketListQueries } from './ticket-list-queries.ts';
import { ofType } from './ticket-list-query.ts';
import { attributeInWords } from './ticket-page-words.ts';

/** The types that the tickets may be of. */
function typesOf(target: BulkTarget, types: readonly TicketType[]): TicketType[] {
  const ids = new Set(
    target.kind === 'rows' ? target.rows.map((row) => row.ticket_type_id ?? '') : chosenTypeIds(target.query),
  );
  const isAny = target.kind === 'query' && ids.size === 0;
  return types.filter((type) => (isAny || ids.has(type.id)) && ownAttributes(type).length > 0);
}

/** Asks for a value of one attribute, which only the tickets of its type get. */
export function BulkAttribute({ target, onChange }: BulkFormProps) {
  const { data: all = [] } = useQuery(ticketTypeQueries.list());
  const types = typesOf(target, all);
  const [typeId, setTypeId] = useState<string>();
  const [attributeId, setAttributeId] = useState<string>();
  const [text, setText] = useState('');
  const type = types.find(({ id }) => id === typeId) ?? types[0];
  const attributes = type ? ownAttributes(type) : [];
  const attribute = attributes.find(({ id }) => id === attributeId) ?? attributes[0];
  const read = attribute && readAttributeText(attribute, text);
  const concerned = useTicketsOf(target, type);

  const tell = useEffectEvent(() => {
    if (!attribute || !read || 'problem' in read || concerned === undefined) return onChange(undefined);
    const label = attributeLabel(attribute);
    const value = attributeInWords(read.value, attribute);
    onChange({
      change: { ticket_attributes: { [attribute.name]: read.value } },
      words: value === '' ? `left without ${label}` : `given the ${label} “${value}”`,
      target: concerned,
    });
  });
  const count = concerned?.kind === 'rows' ? concerned.rows.length : concerned?.total.count;
  // biome-ignore lint/correctness/useExhaustiveDependencies: what it tells of has changed
  useEffect(() => tell(), [attribute?.id, text, type?.id, count]);

  if (type === undefined || attribute === undefined) {
    return <p>The types of these tickets have no attributes of their own.</p>;
  }
  return (
    <>
      {types.length > 1 && (
        <Field label="Ticket type" help="Tickets of other types are left alone.">
          <Select
            value={type.id}
            onChange={({ target: { value } }) => {
              setTypeId(value);
              setText('');
            }}
          >
            {types.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
        </Field>
      )}
      <Field label="Attribute">
        <Select
          value={attribute.id}
          onChange={({ target: { value } }) => {
            setAttributeId(value);
            setText('');
          }}
        >
          {attributes.map((one) => (
            <option key={one.id} value={one.id}>
              {attributeLabel(one)}
            </option>
          ))}
        </Select>
      </Field>
      <AttributeField
        key={attribute.id}
        attribute={attribute}
        text={text}
        error={read && 'problem' in read ? `It ${read.problem}.` : undefined}
        onChange={setText}
      />
    </>
  );
}

/** Those of one type; undefined until it is known how many. */
function useTicketsOf(target: BulkTarget, type: TicketType | undefined): BulkTarget | undefined {
  const query = target.kind === 'query' && type ? ofType(target.query, type.id) : undefined;
  const { data } = useQuery({ ...ticketListQueries.counts(query), enabled: query !== undefined });
  if (type === undefined) return undefined;
  if (target.kind === 'rows') {
    return { kind: 'rows', rows: target.rows.filter((row) => row.ticket_type_id === type.id) };
  }
  return data && { kind: 'query', query, total: { count: data.all.count, isEstimate: data.all.is_estimate } };
}
