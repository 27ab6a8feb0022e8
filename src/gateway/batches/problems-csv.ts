import type { ImportRow } from '#contract/gateway/batches.ts';
import type { TicketType } from '#contract/ticket-types.ts';
import { csvLine } from '../csv.ts';
import type { ItemRow } from './item-store.ts';
import { importRowOf } from './tasks.ts';

/** What a problem list has besides the reason. */
export interface ProblemForm {
  header: string;
  line: (item: ItemRow) => string;
}

const reasonColumn = 'problem';

export const changeProblems: ProblemForm = {
  header: csvLine(['ticket', 'name', 'code', reasonColumn]),
  line: (item) => csvLine([item.object_id, item.object_name, item.error_code, item.error_message]),
};

const contactColumns = ['contact_email', 'contact_external_id', 'contact_id', 'company_id'] as const;

/** The rows as they came, to be mended and imported again. */
export function importProblems(attributeNames: string[], type: TicketType | undefined): ProblemForm {
  const labelsOf = new Map(type?.ticket_type_attributes.data.map(({ name, input_options }) => [name, input_options]));
  const shown = ({ ticket_attributes }: ImportRow, name: string) => {
    const value = ticket_attributes[name] ?? null;
    if (Array.isArray(value)) return value.map(({ url }) => url).join(' ');
    // An item of a list stands for its label.
    const item = labelsOf.get(name)?.list_options?.find(({ id }) => id === value);
    if (item !== undefined) return item.label;
    return Array.isArray(value) ? value.map(({ url }) => url).join(' ') : value;
  };
  return {
    header: csvLine(['line', ...contactColumns, ...attributeNames, reasonColumn]),
    line: (item) => {
      const row = importRowOf(item);
      const { id, email, external_id } = row.contact;
      const contact = [email ?? null, external_id ?? null, id ?? null, row.company_id ?? null];
      const values = attributeNames.map((name) => shown(row, name));
      return csvLine([row.line, ...contact, ...values, item.error_message]);
    },
  };
}
