import * as z from 'zod/mini';
import type { Person } from '#contract/gateway/people.ts';
import { roles } from '#contract/gateway/roles.ts';

const states = ['active', 'invited', 'deactivated'] as const satisfies readonly Person['state'][];

/** The list's state as it stands in the address. What cannot be read counts as not given. */
const search = z.object({
  q: z.catch(z._default(z.string(), ''), ''),
  role: z.catch(z.optional(z.enum(roles)), undefined),
  state: z.catch(z.optional(z.enum(states)), undefined),
  /** Whose dialog is open. */
  person: z.catch(z.optional(z.string()), undefined),
});
export type PeopleSearch = z.output<typeof search>;

export function parsePeopleSearch(params: URLSearchParams): PeopleSearch {
  return search.parse(Object.fromEntries(params));
}

const order = ['q', 'role', 'state', 'person'] as const;

/** The address's parameters of a list state, always in one order; what is not set is left out. */
export function toSearchParams(state: PeopleSearch): URLSearchParams {
  return new URLSearchParams(order.flatMap((name) => (state[name] ? [[name, state[name]]] : [])));
}

const stateOrder: Record<Person['state'], number> = { active: 0, invited: 1, deactivated: 2 };

/** The people that the filters let through: who can sign in first, each group by name. */
export function filterPeople(people: readonly Person[], { q, role, state }: PeopleSearch): Person[] {
  const words = q.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  return people
    .filter((person) => {
      const text = `${person.name}\n${person.email}`.toLocaleLowerCase();
      const isRole = role === undefined || person.roles.includes(role);
      const isState = state === undefined || person.state === state;
      return isRole && isState && words.every((word) => text.includes(word));
    })
    .sort((one, other) => stateOrder[one.state] - stateOrder[other.state] || one.name.localeCompare(other.name));
}
