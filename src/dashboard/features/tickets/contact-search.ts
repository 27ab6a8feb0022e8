import { type Contact, searchContacts } from '#contract/contacts.ts';
import type { SearchQuery } from '#contract/search.ts';
import { call } from '../../lib/call.ts';
import type { ComboboxOption } from '../../ui/use-options.ts';

const looksLikeEmail = /^\S+@\S+\.\S+$/;
const newPrefix = 'new:';

/** The email in the value of the option for a contact who is not there yet; undefined for anybody else's. */
export function emailOfNew(value: string): string | undefined {
  return value.startsWith(newPrefix) ? value.slice(newPrefix.length) : undefined;
}

/** What a contact is called: their name, else how they can be reached. */
export function contactLabel({ id, name, email, external_id }: Contact): string {
  return name || email || external_id || id;
}

function option(contact: Contact): ComboboxOption {
  const label = contactLabel(contact);
  const hint = contact.email && contact.email !== label ? contact.email : contact.role;
  return { value: contact.id, label, hint };
}

/** Contacts by a piece of their name or email, and a new one where an email is nobody's. */
export async function findContacts(typed: string): Promise<ComboboxOption[]> {
  const text = typed.trim();
  const query: SearchQuery =
    text === ''
      ? { field: 'created_at', operator: '>', value: 0 }
      : {
          operator: 'OR',
          value: [
            { field: 'name', operator: '~', value: text },
            { field: 'email', operator: '~', value: text },
            { field: 'external_id', operator: '=', value: text },
          ],
        };
  const { data } = await call(searchContacts, { body: { query, pagination: { per_page: 20 } } });
  const isKnown = data.some(({ email }) => email?.toLowerCase() === text.toLowerCase());
  const added =
    looksLikeEmail.test(text) && !isKnown ? [{ value: newPrefix + text, label: text, hint: 'New contact' }] : [];
  return [...data.map(option), ...added];
}
