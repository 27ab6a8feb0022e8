import { gatewayOperations } from '#contract/gateway/operations.ts';
import { isRead, type Operation } from '#contract/operation.ts';
import { operations } from '#contract/operations.ts';

const all: Record<string, Operation> = { ...operations, ...gatewayOperations };

/** What an operation does: "Update a ticket type". One that the contract does not know is shown as it is. */
export function operationInWords(name: string): string {
  return Object.hasOwn(all, name) ? (all[name]?.summary ?? name) : name;
}

/** The operations that change something, by the heading that they stand under. */
export function writesByTag(): Map<string, Operation[]> {
  const groups = new Map<string, Operation[]>();
  for (const operation of Object.values(all)) {
    if (!isRead(operation)) groups.set(operation.tag, [...(groups.get(operation.tag) ?? []), operation]);
  }
  return groups;
}
