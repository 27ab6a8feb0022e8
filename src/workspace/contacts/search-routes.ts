import * as contract from '#contract/contacts.ts';
import { route } from '../http/route.ts';
import { searchPage } from '../search/search.ts';
import { presentContact } from './present.ts';
import { contactSearch } from './search-store.ts';
import { contactsByIds } from './store.ts';

export const contactSearchRoutes = {
  searchContacts: route(contract.searchContacts, async ({ db, workspace, version, body }) => {
    const search = await contactSearch(db, workspace, body.query);
    const { ids, total, pages } = await searchPage(db, workspace.id, search, body);
    const contacts = await contactsByIds(db, workspace.id, ids);
    return {
      type: 'list' as const,
      data: contacts.map((contact) => presentContact(contact, version)),
      ...total,
      pages,
    };
  }),
};
