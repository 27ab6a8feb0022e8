import { type Person, person } from '#contract/gateway/people.ts';

/** A person as the gateway sends them, with `overrides`. */
export function buildPerson(overrides: Partial<Person> = {}): Person {
  return person.parse({
    type: 'person',
    id: 'p1',
    name: 'Ada Owner',
    email: 'ada@example.com',
    roles: ['owner'],
    state: 'active',
    second_factor: false,
    created_at: 1_719_493_013,
    last_seen_at: null,
    ...overrides,
  });
}
