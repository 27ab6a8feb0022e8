import type { Operation } from '#contract/operation.ts';
import {
  attachTagToTicket,
  detachTagFromTicket,
  getTicket,
  type Ticket,
  ticket,
  updateTicket,
} from '#contract/tickets.ts';
import { Refusal } from '../refusal.ts';
import type { UpstreamAnswer } from '../upstream.ts';
import { errorOf, type Hands, readWith, writeWith } from './hands.ts';
import type { ItemOutcome, ItemRow } from './item-store.ts';
import {
  attributesIn,
  changedBetween,
  isSame,
  missingIn,
  picked,
  tagName,
  tagsIn,
  updateBody,
  type Values,
  valueIn,
  valuesOf,
} from './ticket-values.ts';

/** What to write to a ticket; where `expected` is given, only over these values. */
export interface TicketTask {
  wanted: Values;
  expected?: Values | undefined;
}

const failed = (code: string, message: string): ItemOutcome => ({ status: 'failed', error: { code, message } });

/** Makes a ticket what the task says. */
export async function writeTicket(hands: Hands, item: ItemRow, { wanted, expected }: TicketTask): Promise<ItemOutcome> {
  const params = { ticket_id: item.object_id ?? '' };
  const present = hands.known?.get(params.ticket_id) ?? (await readTicket(hands, params));
  if ('status' in present) return present;
  const objectName = nameOf(present);
  const changedSince = expected && differingFrom(present, wanted, expected);
  if (changedSince) return { ...failed('changed_since', changedSince), objectName };
  const unknown = unknownAttribute(present, wanted);
  if (unknown !== undefined) {
    return { ...failed('attribute_unknown', `The ticket’s type has no attribute “${unknown}”.`), objectName };
  }
  const missing = missingIn(present, wanted);
  const earlier = writtenEarlier(item, present, missing);
  if (Object.keys(missing).length === 0) {
    return { status: earlier ? 'done' : 'unchanged', objectName, ...earlier };
  }
  await hands.beforeWriting({ ...picked(valuesOf(present), Object.keys(missing)), ...item.before });
  const outcome = await writeValues(hands, params, present, missing);
  return {
    ...outcome,
    objectName,
    ...((outcome.after ?? earlier) && {
      before: { ...outcome.before, ...earlier?.before },
      after: { ...earlier?.after, ...outcome.after },
    }),
  };
}

type Params = { ticket_id: string };

async function readTicket(hands: Hands, params: Params): Promise<Ticket | ItemOutcome> {
  const { answer, error } = await tried(() => readWith(hands, { operation: getTicket, params, withoutParts: true }));
  if (answer === undefined) return { status: 'failed', error, isTrouble: true };
  if (answer.status === 404) return failed('not_found', 'This ticket is not there any more.');
  if (answer.status >= 300) {
    return { status: 'failed', error: errorOf(answer), isTrouble: answer.status >= 500 };
  }
  const parsed = parse(getTicket, answer);
  return parsed ?? failed('unusable_answer', 'The answer of the workspace is not in the form that the API describes.');
}

function parse(operation: Operation, { body }: UpstreamAnswer): Ticket | undefined {
  try {
    return ticket.parse(operation.response.parse(JSON.parse(Buffer.from(body).toString())));
  } catch {
    return undefined;
  }
}

function nameOf(present: Ticket): string {
  return updateTicket.target.before(present).name ?? '';
}

/** What was changed since, in words: neither as it is expected nor as it is wanted. */
function differingFrom(present: Ticket, wanted: Values, expected: Values): string | undefined {
  const values = valuesOf(present);
  const differing = Object.keys(expected).filter((name) => {
    const value = valueIn(present, values, name);
    // Where the API does not say whether it has the tag, there is nothing to compare.
    if (value === undefined && name.startsWith('tags.')) return false;
    return !isSame(value, expected[name]) && !isSame(value, wanted[name]);
  });
  if (differing.length === 0) return undefined;
  const names = differing.map((name) => name.replace(/^ticket_attributes\./, '').replace(/^tags\..*/, 'tags'));
  return `Changed since by someone: ${[...new Set(names)].join(', ')}.`;
}

function unknownAttribute({ ticket_type }: Ticket, wanted: Values): string | undefined {
  const attributes = ticket_type?.ticket_type_attributes.data;
  return attributes && attributesIn(wanted).find((name) => !attributes.some((attribute) => attribute.name === name));
}

/** What an earlier try had begun to change, which stands there now. */
function writtenEarlier(
  item: ItemRow,
  present: Ticket,
  missing: Values,
): Pick<ItemOutcome, 'before' | 'after'> | undefined {
  if (item.before === null) return undefined;
  const names = Object.keys(item.before).filter((name) => !(name in missing));
  if (names.length === 0) return undefined;
  const values = valuesOf(present);
  const after = Object.fromEntries(
    names.map((name) => [name, item.after?.[name] ?? valueIn(present, values, name) ?? null]),
  );
  return { before: picked(item.before, names), after };
}

/** Writes the fields, then the tags. What was written before something failed stays on record. */
async function writeValues(hands: Hands, params: Params, present: Ticket, missing: Values): Promise<ItemOutcome> {
  let before: Values = {};
  let after: Values = {};
  const written = () => (Object.keys(after).length === 0 ? {} : { before, after });

  const body = updateBody(missing, hands.adminId);
  if (body !== undefined) {
    const state = updateTicket.target.before(present);
    const { answer, ...lost } = await tried(() =>
      writeWith(hands, { operation: updateTicket, params, body, claim: undefined, before: state }),
    );
    if (answer === undefined || answer.status >= 500)
      return readBack(hands, params, present, missing, lost.error ?? (answer && errorOf(answer)));
    if (answer.status >= 300) return { status: 'failed', error: errorOf(answer) };
    const left = parse(updateTicket, answer);
    const changed = changedBetween(withoutTags(valuesOf(present)), withoutTags(left ? valuesOf(left) : missing));
    before = changed.before;
    after = changed.after;
  }

  for (const { id, isAdded } of tagsIn(missing)) {
    const { answer, error } = await tried(() =>
      isAdded
        ? writeWith(hands, {
            operation: attachTagToTicket,
            params,
            body: { id, admin_id: hands.adminId },
            claim: undefined,
          })
        : writeWith(hands, {
            operation: detachTagFromTicket,
            params: { ...params, tag_id: id },
            body: { admin_id: hands.adminId },
            claim: undefined,
          }),
    );
    if (answer === undefined || answer.status >= 300) {
      const status = answer === undefined || answer.status >= 500 ? 'unknown' : 'failed';
      return { status, error: error ?? (answer && errorOf(answer)), isTrouble: status === 'unknown', ...written() };
    }
    before[tagName(id)] = !isAdded;
    after[tagName(id)] = isAdded;
  }
  return { status: 'done', ...written() };
}

const withoutTags = (values: Values): Values =>
  Object.fromEntries(Object.entries(values).filter(([name]) => !name.startsWith('tags.')));

/** An answer, or why there is none and nobody knows what became of the write. */
async function tried(
  send: () => Promise<UpstreamAnswer>,
): Promise<{ answer?: UpstreamAnswer; error?: { code: string; message: string } }> {
  try {
    return { answer: await send() };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { error: { code: error.code, message: error.message } };
  }
}

/** Finds out what became of a write whose answer was lost, by what the ticket holds now. */
async function readBack(
  hands: Hands,
  params: Params,
  present: Ticket,
  missing: Values,
  error = { code: 'outcome_unknown', message: 'The answer of the workspace was lost.' },
): Promise<ItemOutcome> {
  const now = await readTicket(hands, params).catch((reason: unknown) => {
    if (reason instanceof Error && (reason.name === 'Unreachable' || reason.name === 'SlowDown')) return undefined;
    throw reason;
  });
  const unknown: ItemOutcome = { status: 'unknown', error, isTrouble: true };
  if (now === undefined || 'status' in now) return unknown;
  const fields = withoutTags(missing);
  const left = withoutTags(missingIn(now, fields));
  const { before, after } = changedBetween(withoutTags(valuesOf(present)), withoutTags(valuesOf(now)));
  if (Object.keys(left).length > 0) {
    return Object.keys(after).length === 0 ? { status: 'failed', error, isTrouble: true } : unknown;
  }
  if (tagsIn(missing).length === 0) return { status: 'done', before, after };
  // Its tags are still to come: the next try finds the fields as they should be.
  return { status: 'failed', before, after, error };
}
