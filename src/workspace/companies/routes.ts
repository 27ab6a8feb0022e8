import * as contract from '#contract/companies.ts';
import { hexId, newHexId, numericId } from '../http/ids.ts';
import { pageSize } from '../http/pages.ts';
import { badRequest, modifiedSince, notFound } from '../http/refusal.ts';
import { route } from '../http/route.ts';
import { differing, emptied, mergedAttributes } from '../partial-update.ts';
import { presentCompany } from './present.ts';
import * as store from './store.ts';

function found(row: store.CompanyWithLists | undefined): store.CompanyWithLists {
  if (row === undefined) throw notFound('company_not_found', 'Company Not Found');
  return row;
}

export const companyRoutes = {
  retrieveCompany: route(contract.retrieveCompany, async ({ db, workspace, query, origin }) => {
    // A parameter without a value asks for nothing.
    const name = query.name || undefined;
    const company_id = query.company_id || undefined;
    if (name !== undefined || company_id !== undefined) {
      return presentCompany(found(await store.findCompanyBy(db, workspace.id, { name, company_id })));
    }
    const page = Math.max(Number(query.page ?? 1), 1);
    const size = pageSize(query.per_page, contract.companyPageSize);
    // No company is in a segment, and an id that no tag can have finds nothing.
    const tagId = query.tag_id ? (numericId(query.tag_id) ?? 0) : query.segment_id ? 0 : undefined;
    const { rows, total } = await store.listCompanies(db, workspace.id, { page, size, tagId });
    const total_pages = Math.ceil(total / size);
    const { tag_id = '', segment_id = '' } = query;
    const asked = Object.entries({ tag_id, segment_id, page: String(page + 1), per_page: String(size) });
    const next = new URLSearchParams(asked.filter(([, value]) => value !== ''));
    return {
      type: 'list' as const,
      data: rows.map(presentCompany),
      pages: {
        type: 'pages' as const,
        next: page < total_pages ? `${origin}${contract.retrieveCompany.path}?${next}` : null,
        page,
        per_page: size,
        total_pages,
      },
      total_count: total,
    };
  }),

  createOrUpdateCompany: route(contract.createOrUpdateCompany, async (call) => {
    const { db, workspace, body, clock, newId, unmodifiedSince } = call;
    const now = clock();
    const { company_id, custom_attributes, ...rest } = body;
    const companyId = emptied(company_id) ?? null;
    const name = emptied(rest.name);
    if (companyId === null && !name) throw badRequest('parameter_not_found', 'company not specified');
    const columns = {
      name,
      plan: emptied(rest.plan),
      website: emptied(rest.website),
      industry: emptied(rest.industry),
      size: rest.size,
      remote_created_at: rest.remote_created_at,
      ...(rest.monthly_spend === undefined ? {} : { monthly_spend: rest.monthly_spend ?? 0 }),
    };
    const row = await store.upsertCompany(
      db,
      {
        ...columns,
        workspace_id: workspace.id,
        id: newHexId(now, newId()),
        company_id: companyId,
        custom_attributes: mergedAttributes({}, custom_attributes),
        created_at: now,
      },
      (current) =>
        differing<store.CompanyChanges>(current, {
          ...columns,
          custom_attributes: mergedAttributes(current.custom_attributes, custom_attributes),
        }),
      { now, unmodifiedSince },
    );
    if (row === 'stale') throw modifiedSince();
    return presentCompany(row);
  }),

  retrieveACompanyById: route(contract.retrieveACompanyById, async ({ db, workspace, params }) => {
    const id = hexId(params.company_id);
    return presentCompany(found(id === undefined ? undefined : await store.findCompany(db, workspace.id, id)));
  }),
};
