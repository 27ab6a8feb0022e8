import type { ActivityEntry, Change } from '#contract/gateway/activity.ts';
import { paths } from '../paths.ts';

export type Outcome = 'done' | 'refused' | 'unknown';

/** What became of it. Without a status nobody knows: the process ended before there was an answer. */
export function outcomeOf({ status }: Pick<ActivityEntry, 'status'>): Outcome {
  if (status === null) return 'unknown';
  return status < 300 ? 'done' : 'refused';
}

const refusals: Record<string, string> = {
  role_required: 'The role did not allow it',
  not_signed_in: 'Nobody was signed in',
  credentials_wrong: 'E-mail address or password was wrong',
  passkey_refused: 'The passkey was not accepted',
  passkeys_impossible: 'Passkeys do not work at that address',
  sign_in_too_old: 'The sign-in was too long ago',
  not_offered: 'The demo does not offer it',
  second_factor_expired: 'The second factor came too late',
  deactivated: 'The person is deactivated',
  too_many_attempts: 'There were too many attempts',
  link_gone: 'The link was used, expired or unknown',
  last_owner: 'No owner who can sign in would have been left',
  email_taken: 'The e-mail address belongs to someone already',
  not_invited: 'The person had signed in before',
  not_revertible: 'The change could not be taken back',
  resource_conflict: 'Someone else had changed it meanwhile',
  parameter_invalid: 'An input was not valid',
  parameter_not_found: 'An input was missing',
  not_found: 'It did not exist',
  rate_limit_exceeded: 'There were too many requests',
  request_timeout: 'The workspace did not answer in time',
  upstream_unreachable: 'The workspace could not be reached',
};

/** Why it was refused, without a full stop. A code that is not known is shown as it is. */
export function refusalInWords({ refusal, status }: Pick<ActivityEntry, 'refusal' | 'status'>): string {
  const code = refusal ?? '';
  if (Object.hasOwn(refusals, code)) return refusals[code] ?? code;
  if (code !== '') return code;
  return status !== null && status >= 500 ? 'The workspace failed' : `Answered with ${status}`;
}

const kinds: Record<string, string> = {
  ticket_types: 'ticket type',
  attributes: 'attribute',
  people: 'person',
  sessions: 'session',
  activity: 'entry of this log',
};

/** What it was about: the name that it had then, else its kind and id. Empty where it was about nothing in particular. */
export function objectInWords({ object, object_name: name }: Pick<ActivityEntry, 'object' | 'object_name'>): string {
  if (name) return name;
  if (object === null) return '';
  const [id = '', kind = ''] = object.split('/').toReversed();
  const known = kinds[kind];
  return known === undefined ? object : sentence(`${known} ${id}`);
}

/** The screen of an object, where it has one. */
export function objectHref(object: string | null): string | undefined {
  const [, first, id] = /^(?:\/gateway)?\/(ticket_types|people)\/([\w-]+)(?:\/|$)/.exec(object ?? '') ?? [];
  if (first === undefined || id === undefined) return undefined;
  return first === 'people' ? paths.people.href({ person: id }) : paths.ticketType.href(id);
}

/** The object that a part belongs to, which is what one asks for everything about: an attribute's ticket type. */
export function wholeObject(object: string): string {
  return /^\/ticket_types\/[\w-]+/.exec(object)?.[0] ?? object;
}

/** A field's name in the wire's words, as a person reads it: `visible_on_create` is "Visible on create", `is_internal` "Internal". */
export function fieldInWords(field: string): string {
  return sentence(field.replace(/^is_/, '').replaceAll('_', ' '));
}

/** A JSON value as a person reads it. */
export function valueInWords(value: unknown): string {
  if (value === undefined) return 'Not known';
  if (value === null) return 'None';
  if (value === '') return 'Empty';
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  if (Array.isArray(value) && value.length === 0) return 'None';
  if (Array.isArray(value)) {
    const words = value.map(itemInWords);
    if (words.every((item) => item !== undefined)) return words.join(', ');
  }
  return JSON.stringify(value, null, 2);
}

/** An item of a list: itself, or what it is called. Undefined where there is more to it. */
function itemInWords(item: unknown): string | undefined {
  if (typeof item !== 'object' || item === null) return String(item);
  if ('label' in item && typeof item.label === 'string') return item.label;
  return 'name' in item && typeof item.name === 'string' ? item.name : undefined;
}

/** One line on what changed, for lists: the first field with both values, and how many more there are. */
export function changesInShort(changes: readonly Change[]): string {
  const [first] = changes;
  if (!first) return '';
  const short = (value: unknown) => {
    const words = valueInWords(value).replace(/\s+/g, ' ');
    return words.length > 40 ? `${words.slice(0, 39)}…` : words;
  };
  const field = fieldInWords(first.field);
  const told =
    first.before === undefined
      ? `${field}: ${short(first.after)}`
      : `${field}: ${short(first.before)} → ${short(first.after)}`;
  return changes.length === 1 ? told : `${told} and ${changes.length - 1} more`;
}

/** Whether two JSON values say the same, whatever the order of their keys. */
export function isSameValue(one: unknown, other: unknown): boolean {
  return canonical(one) === canonical(other);
}

function canonical(value: unknown): string | undefined {
  return JSON.stringify(value, (_, each: unknown) =>
    typeof each === 'object' && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  );
}

/** Everything about an entry as text, for a message to whoever has to look into it. */
export function entryAsText(entry: ActivityEntry, operation: string): string {
  const outcome = { done: 'Done', refused: `Refused: ${refusalInWords(entry)}`, unknown: 'Outcome unknown' };
  return [
    `${operation} (${entry.operation})`,
    `At ${new Date(entry.at * 1_000).toISOString()}`,
    `By ${entry.person ? `${entry.person.name} (${entry.person.id})` : 'someone unknown'}`,
    entry.address && `From ${entry.address}`,
    entry.object && `About ${[entry.object_name, entry.object].filter(Boolean).join(', ')}`,
    outcome[outcomeOf(entry)],
    `Request ${entry.request_id}`,
    ...entry.changes.map(({ field, before, after }) => `${field}: ${json(before)} → ${json(after)}`),
  ]
    .filter(Boolean)
    .join('\n');
}

function json(value: unknown): string {
  return value === undefined ? '?' : JSON.stringify(value);
}

function sentence(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
