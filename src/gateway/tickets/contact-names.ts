import { type Contact, searchContacts } from '#contract/contacts.ts';
import type { Upstream } from '../upstream.ts';
import { readAnswer } from '../upstream-answer.ts';

export interface ContactName {
  id: string;
  name: string | null;
  email: string | null;
}

export interface ContactNames {
  /** By id. Whoever could not be read is not among them. */
  find(ids: readonly string[]): Promise<Map<string, ContactName>>;
}

const rememberedMs = 60_000;
const mostRemembered = 5_000;

/** What contacts are called, for lists that know only their ids: one search for those that were not just asked for. */
export function createContactNames(upstream: Upstream): ContactNames {
  const remembered = new Map<string, { until: number; contact: ContactName }>();

  const remember = (contact: ContactName) => {
    remembered.delete(contact.id);
    remembered.set(contact.id, { until: Date.now() + rememberedMs, contact });
    const [oldest] = remembered.keys();
    if (remembered.size > mostRemembered && oldest !== undefined) remembered.delete(oldest);
  };

  return {
    find: async (ids) => {
      const asked = [...new Set(ids)];
      const known = asked.flatMap((id) => {
        const found = remembered.get(id);
        return found !== undefined && Date.now() < found.until ? [found.contact] : [];
      });
      const knownIds = new Set(known.map(({ id }) => id));
      const missing = asked.filter((id) => !knownIds.has(id));
      const read = missing.length === 0 ? [] : await readContacts(upstream, missing).catch(() => []);
      for (const contact of read) remember(contact);
      return new Map([...known, ...read].map((contact) => [contact.id, contact]));
    },
  };
}

async function readContacts(upstream: Upstream, ids: string[]): Promise<ContactName[]> {
  const query = { field: 'id', operator: 'IN', value: ids };
  const body = JSON.stringify({ query, pagination: { per_page: ids.length } });
  const answer = await upstream.send({ operation: searchContacts, params: {}, body });
  const { data } = readAnswer(searchContacts, answer);
  return data.map(({ id, name, email }: Contact) => ({ id, name: name || null, email: email || null }));
}
