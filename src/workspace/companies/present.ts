import { createHash } from 'node:crypto';
import type { Company } from '#contract/companies.ts';
import type { CompanyWithLists } from './store.ts';

/** Plans are known by name only: the same name has the same id, everywhere and for ever. */
function planId(name: string): string {
  return String(createHash('sha256').update(name).digest().readUIntBE(0, 4));
}

export function presentCompany(row: CompanyWithLists): Company {
  return {
    type: 'company',
    company_id: row.company_id,
    id: row.id,
    app_id: row.workspace_id,
    name: row.name,
    remote_created_at: row.remote_created_at,
    created_at: row.created_at,
    updated_at: row.updated_at,
    ...(row.last_request_at === null ? {} : { last_request_at: row.last_request_at }),
    monthly_spend: row.monthly_spend,
    session_count: row.session_count,
    user_count: row.user_count,
    ...(row.size === null ? {} : { size: row.size }),
    ...(row.website === null ? {} : { website: row.website }),
    ...(row.industry === null ? {} : { industry: row.industry }),
    tags: { type: 'tag.list', tags: row.tags.map(({ id, name }) => ({ type: 'tag', id: String(id), name })) },
    segments: { type: 'segment.list', segments: [] },
    plan: row.plan === null ? {} : { type: 'plan', id: planId(row.plan), name: row.plan },
    custom_attributes: row.custom_attributes,
  };
}
