import type * as z from 'zod/mini';
import * as contract from '#contract/tags.ts';
import { hexId, numericId } from '../http/ids.ts';
import { badRequest, invalid, notFound } from '../http/refusal.ts';
import { route } from '../http/route.ts';
import * as store from './store.ts';

type Body = z.output<typeof contract.createTagBody>;

const invalidParameters = () => badRequest('parameter_invalid', 'invalid tag parameters');

const presentTag = ({ id, name }: store.TagRow) => ({ type: 'tag' as const, id: String(id), name });

function found(row: store.TagRow | undefined | 'missing'): store.TagRow {
  if (row === undefined || row === 'missing') throw notFound();
  return row;
}

function requiredId(text: string): number {
  const id = numericId(text);
  if (id === undefined) throw notFound();
  return id;
}

/** Which of the API's five things a body asks for. Throws when it is none of them. */
function askedTagging({ companies, users }: Body): Pick<store.Tagging, 'kind' | 'items'> | undefined {
  if (companies !== undefined && users !== undefined) throw invalidParameters();
  const [field, items] = users === undefined ? ['companies', companies] : ['users', users];
  if (items === undefined) return undefined;
  if (items.length > contract.tagLimits.taggedAtOnce) {
    throw invalid(field, `may have at most ${contract.tagLimits.taggedAtOnce} items`);
  }
  const asked = items.map((item) => {
    const {
      id,
      company_id,
      user_id,
      email,
      untag = false,
    } = { company_id: undefined, user_id: undefined, email: undefined, ...item };
    const externalId = company_id ?? user_id;
    if (id === undefined && externalId === undefined && email === undefined) throw invalidParameters();
    // An id that nothing can have finds nothing, as any other that nothing has.
    return { id: id === undefined ? undefined : (hexId(id) ?? ''), externalId, email, untag };
  });
  if (asked.length === 0) throw invalidParameters();
  return { kind: users === undefined ? 'companies' : 'contacts', items: asked };
}

const missingItem = {
  companies: () => notFound('company_not_found', 'Company Not Found'),
  contacts: () => notFound('not_found', 'User Not Found'),
};

export const tagRoutes = {
  listTags: route(
    contract.listTags,
    async ({ db, workspace }) => {
      const rows = await store.listTags(db, workspace.id);
      return { type: 'list' as const, data: rows.map(presentTag) };
    },
    { isConfiguration: true },
  ),

  createTag: route(contract.createTag, async ({ db, workspace, body, clock }) => {
    const { id, name } = body;
    const tagging = askedTagging(body);
    const now = clock();
    if (tagging !== undefined) {
      const tag = id === undefined ? name !== undefined && { name } : { id: requiredId(id) };
      if (tag === false) throw invalidParameters();
      const options = { ...tagging, workspaceId: workspace.id, tag, now, adminId: workspace.admin_id };
      const row = await store.applyTag(db, options);
      if (row === 'item missing') throw missingItem[tagging.kind]();
      return presentTag(found(row));
    }
    if (name === undefined) throw invalidParameters();
    if (id === undefined) {
      return presentTag(await store.findOrCreateTag(db, { workspace_id: workspace.id, name, created_at: now }));
    }
    const row = await store.renameTag(db, workspace.id, requiredId(id), name);
    if (row === 'name taken') throw invalid('name', 'is already used by another tag');
    return presentTag(found(row));
  }),

  findTag: route(
    contract.findTag,
    async ({ db, workspace, params }) =>
      presentTag(found(await store.findTag(db, workspace.id, requiredId(params.tag_id)))),
    { isConfiguration: true },
  ),

  deleteTag: route(contract.deleteTag, async ({ db, workspace, params }) => {
    const result = await store.deleteTag(db, workspace.id, requiredId(params.tag_id));
    if (result === 'missing') throw notFound();
    if (result !== 'deleted') {
      const message = `Unable to delete Tag with dependent objects. Segments: ${result.join(', ')}.`;
      throw badRequest('tag_has_dependent_objects', message);
    }
    return undefined;
  }),
};
