import type { TicketPart } from '#contract/tickets.ts';

const messageTypes = new Set(['comment', 'note', 'quick_reply']);

/** Something that was written, in place of something that was set. */
export function isMessage({ part_type: type, body, attachments }: TicketPart): boolean {
  return messageTypes.has(type) || Boolean(body) || (attachments?.length ?? 0) > 0;
}

export interface PartGroup {
  /** The id of its first part. */
  id: string;
  parts: TicketPart[];
}

/** Parts in reading order: each message by itself, and what one author set in a row as one group. */
export function groupParts(parts: readonly TicketPart[]): PartGroup[] {
  const groups: PartGroup[] = [];
  for (const part of inOrder(parts)) {
    const last = groups.at(-1)?.parts;
    const before = last?.at(-1);
    const belongs = before && !isMessage(before) && !isMessage(part) && isSameAuthor(before, part);
    if (belongs) last?.push(part);
    else groups.push({ id: part.id, parts: [part] });
  }
  return groups;
}

function isSameAuthor({ author: one }: TicketPart, { author: other }: TicketPart): boolean {
  return one.type === other.type && one.id === other.id;
}

/** Oldest first; of one second, in the order in which they came. */
function inOrder(parts: readonly TicketPart[]): readonly TicketPart[] {
  const isSorted = parts.every((part, index) => index === 0 || (parts[index - 1]?.created_at ?? 0) <= part.created_at);
  return isSorted ? parts : parts.toSorted((one, other) => one.created_at - other.created_at);
}
