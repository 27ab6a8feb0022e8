import type { ImportRow } from '#contract/gateway/batches.ts';
import type { TicketType, TicketTypeAttribute } from '#contract/ticket-types.ts';
import { attributeLabel } from './attribute-label.ts';
import { readAttributeText } from './attribute-text.ts';
import type { CsvTable } from './import-file.ts';

/** What a column of a file can be: one of the contact's ids, the company, or an attribute of the ticket type. */
export interface Target {
  key: string;
  label: string;
  help: string;
  attribute?: TicketTypeAttribute;
  isRequired: boolean;
}

/** The target of each column, by its position; undefined for a column that is left out. */
export type Mapping = (string | undefined)[];

const contactTargets = [
  { key: 'email', label: 'Contact email', help: 'A contact is made where nobody has it', isRequired: false },
  { key: 'external_id', label: 'Contact external id', help: 'Of a contact that is there', isRequired: false },
  { key: 'contact_id', label: 'Contact id', help: 'Of a contact that is there', isRequired: false },
];

const contactKeys = new Map<string, keyof ImportRow['contact']>([
  ['email', 'email'],
  ['external_id', 'external_id'],
  ['contact_id', 'id'],
]);

/** What one writes into the cells of a column. */
function cellHelp({ data_type: dataType, input_options: options }: TicketTypeAttribute): string {
  switch (dataType) {
    case 'list': {
      const labels = options?.list_options?.map(({ label }) => label) ?? [];
      return `One of: ${labels.slice(0, 6).join(', ')}${labels.length > 6 ? ' …' : ''}`;
    }
    case 'integer':
      return 'A whole number';
    case 'decimal':
      return 'A number, such as 12.50';
    case 'boolean':
      return 'yes or no';
    case 'datetime':
      return 'A date, such as 2026-03-31 or 2026-03-31 14:30';
    case 'files':
      return 'Web addresses with a space between';
    default:
      return 'Text';
  }
}

/** Everything that a column can be for tickets of this type. */
export function targetsOf(ticketType: TicketType): Target[] {
  const attributes = ticketType.ticket_type_attributes.data
    .filter(({ archived }) => !archived)
    .map((attribute) => ({
      key: `attribute:${attribute.id}`,
      label: attributeLabel(attribute),
      help: cellHelp(attribute),
      attribute,
      isRequired: attribute.required_to_create,
    }));
  const company = { key: 'company_id', label: 'Company id', help: 'The company’s own id', isRequired: false };
  return [...attributes, ...contactTargets, company];
}

const folded = (text: string) => text.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '');

const aliases: Record<string, string[]> = {
  email: ['email', 'mail', 'emailaddress', 'contact', 'customer', 'requester'],
  external_id: ['externalid', 'userid', 'customerid'],
  contact_id: ['contactid'],
  company_id: ['companyid', 'company'],
};

/** Guesses what the columns are by their headings. No target is given to two columns. */
export function guessMapping(headings: string[], targets: Target[]): Mapping {
  const free = new Set(targets);
  return headings.map((heading) => {
    const wanted = folded(heading);
    const found = [...free].find(({ key, label, attribute }) =>
      [folded(label), ...(attribute ? [folded(attribute.name)] : []), ...(aliases[key] ?? [])].includes(wanted),
    );
    if (found === undefined) return undefined;
    free.delete(found);
    return found.key;
  });
}

/** What has to be mapped before anything can be checked: names of targets that every ticket needs. */
export function missingTargets(mapping: Mapping, targets: Target[]): string[] {
  const mapped = new Set(mapping);
  const missing = targets.filter(({ key, isRequired }) => isRequired && !mapped.has(key)).map(({ label }) => label);
  const namesContact = [...contactKeys.keys()].some((key) => mapped.has(key));
  return namesContact ? missing : [...missing, 'one of the contact’s ids'];
}

export interface MappedRow {
  row: ImportRow;
  /** What is wrong with it, by the target's label. */
  problems: { label: string; problem: string }[];
}

/** A row of the file as it is to be created. A value that cannot be read stays as it was written, for the check to refuse. */
export function toImportRow(
  { line, cells }: CsvTable['rows'][number],
  mapping: Mapping,
  targets: ReadonlyMap<string, Target>,
): MappedRow {
  const row: ImportRow = { line, ticket_attributes: {}, contact: {} };
  const problems: MappedRow['problems'] = [];
  for (const [index, key] of mapping.entries()) {
    const target = key === undefined ? undefined : targets.get(key);
    if (target === undefined) continue;
    const cell = cells[index] ?? '';
    const text = cell.trim();
    if (target.attribute === undefined) {
      if (text === '') continue;
      const contactKey = contactKeys.get(target.key);
      if (contactKey === undefined) row.company_id = text;
      else row.contact[contactKey] = text;
      continue;
    }
    const read = readAttributeText(target.attribute, cell);
    if ('problem' in read) {
      problems.push({ label: target.label, problem: read.problem });
      row.ticket_attributes[target.attribute.name] = cell;
    } else if (read.value !== null) {
      row.ticket_attributes[target.attribute.name] = read.value;
    } else if (target.isRequired) {
      problems.push({ label: target.label, problem: 'is required' });
    }
  }
  if (Object.keys(row.contact).length === 0) problems.push({ label: 'Contact', problem: 'is required' });
  return { row, problems };
}

/** A file to begin with: every column under its heading, and two rows that would be taken. */
export function sampleRows(ticketType: TicketType): string[][] {
  const targets = targetsOf(ticketType).filter(({ key }) => key !== 'external_id' && key !== 'contact_id');
  const example = ({ key, attribute }: Target, nth: number): string => {
    if (key === 'email') return ['ada@example.com', 'grace@example.com'][nth] ?? '';
    if (attribute === undefined) return '';
    switch (attribute.data_type) {
      case 'list':
        return (
          attribute.input_options?.list_options?.[nth]?.label ?? attribute.input_options?.list_options?.[0]?.label ?? ''
        );
      case 'integer':
        return ['1', '2'][nth] ?? '';
      case 'decimal':
        return ['12.50', '3'][nth] ?? '';
      case 'boolean':
        return ['yes', 'no'][nth] ?? '';
      case 'datetime':
        return ['2026-03-31', '2026-03-31 14:30'][nth] ?? '';
      case 'files':
        return nth === 0 ? 'https://example.com/photo.png' : '';
      default:
        return ['First example', 'Second example'][nth] ?? '';
    }
  };
  return [targets.map(({ label }) => label), ...[0, 1].map((nth) => targets.map((target) => example(target, nth)))];
}
