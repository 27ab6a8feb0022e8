import * as z from 'zod/mini';
import * as contract from '#contract/contacts.ts';
import type { Db } from '#database/database.ts';
import { findAdmin } from '../admins/store.ts';
import { hexId, newHexId } from '../http/ids.ts';
import { decodeCursor, encodeCursor, pageSize } from '../http/pages.ts';
import { invalid, modifiedSince, notFound, Refusal } from '../http/refusal.ts';
import { route } from '../http/route.ts';
import { mergedAttributes } from '../partial-update.ts';
import { presentContact } from './present.ts';
import { contactChanges, contactColumns, requireIdentity } from './rules.ts';
import * as store from './store.ts';

// The old word survives in what Intercom says of contacts.
const missing = () => notFound('not_found', 'User Not Found');

function requiredId(text: string): string {
  const id = hexId(text);
  if (id === undefined) throw missing();
  return id;
}

function written<Row extends object>(result: Row | store.ContactConflict | 'missing' | 'stale'): Row {
  if (result === 'missing') throw missing();
  if (result === 'stale') throw modifiedSince();
  if ('conflictsWith' in result) {
    const message = `A contact matching those details already exists with id=${result.conflictsWith}`;
    throw new Refusal(409, [{ code: 'conflict', message }]);
  }
  return result;
}

async function requireOwner(db: Db, workspaceId: string, ownerId: number | null | undefined): Promise<void> {
  if (ownerId && (await findAdmin(db, workspaceId, ownerId)) === undefined) {
    throw invalid('owner_id', 'is the id of no admin');
  }
}

/** The number of the page, and the last contact before it. */
const position = z.tuple([z.int().check(z.positive()), z.int(), z.string().check(z.regex(/^[0-9a-f]{24}$/))]);

export const contactRoutes = {
  listContacts: route(contract.listContacts, async ({ db, workspace, version, query }) => {
    const size = pageSize(query.per_page, contract.contactPageSize);
    const start = query.starting_after ? decodeCursor(position, query.starting_after) : undefined;
    const after = start && { createdAt: start[1], id: start[2] };
    const rows = await store.listContacts(db, workspace.id, { size: size + 1, after });
    const total = await store.countContacts(db, workspace.id);
    const shown = rows.slice(0, size);
    const last = rows.length > size ? shown.at(-1) : undefined;
    const page = start?.[0] ?? 1;
    return {
      type: 'list' as const,
      data: shown.map((row) => presentContact(row, version)),
      total_count: total,
      pages: {
        type: 'pages' as const,
        page,
        per_page: size,
        total_pages: Math.ceil(total / size),
        ...(last && { next: { per_page: size, starting_after: encodeCursor([page + 1, last.created_at, last.id]) } }),
      },
    };
  }),

  createContact: route(contract.createContact, async ({ db, workspace, version, body, clock, newId }) => {
    const columns = contactColumns(body);
    requireIdentity(columns, body.role !== undefined);
    await requireOwner(db, workspace.id, body.owner_id);
    const now = clock();
    const row = written(
      await store.insertContact(db, {
        ...columns,
        workspace_id: workspace.id,
        id: newHexId(now, newId()),
        role: body.role ?? 'user',
        custom_attributes: mergedAttributes({}, body.custom_attributes),
        created_at: now,
      }),
    );
    const none = { ids: [], total: 0 };
    return presentContact({ ...row, tags: none, companies: none }, version);
  }),

  showContact: route(contract.showContact, async ({ db, workspace, version, params }) => {
    const [row] = await store.contactsByIds(db, workspace.id, [requiredId(params.contact_id)]);
    return presentContact(written(row ?? 'missing'), version);
  }),

  updateContact: route(contract.updateContact, async (call) => {
    const { db, workspace, version, params, body, clock, unmodifiedSince } = call;
    await requireOwner(db, workspace.id, body.owner_id);
    const target = { workspaceId: workspace.id, id: requiredId(params.contact_id), unmodifiedSince };
    const row = await store.updateContact(db, target, (current) => contactChanges(current, body), clock());
    return presentContact(written(row), version);
  }),
};
