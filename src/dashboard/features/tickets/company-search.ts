import { type Company, retrieveCompany } from '#contract/companies.ts';
import { call } from '../../lib/call.ts';
import type { ComboboxOption } from '../../ui/use-options.ts';

/** By its own id, which is how a ticket names it; a company without one cannot be named. */
function option({ company_id, name }: Company): ComboboxOption[] {
  return company_id ? [{ value: company_id, label: name || company_id, hint: name ? company_id : undefined }] : [];
}

/** The companies that were seen last, of which those with the text in their name; also the one that has just that name or id. */
export async function findCompanies(typed: string): Promise<ComboboxOption[]> {
  const text = typed.trim();
  const recent = call(retrieveCompany, { query: { per_page: '50' } });
  const exact = text === '' ? [] : [exactly({ name: text }), exactly({ company_id: text })];
  const [page, ...found] = await Promise.all([recent, ...exact]);
  const listed = 'data' in page ? page.data : [page];
  const wanted = text.toLowerCase();
  const fitting = listed.filter(({ name, company_id }) =>
    `${name ?? ''} ${company_id ?? ''}`.toLowerCase().includes(wanted),
  );
  const companies = new Map([...found.flat(), ...fitting].map((company) => [company.id, company]));
  return [...companies.values()].flatMap(option);
}

/** The company that is called so; none where there is none. */
async function exactly(query: { name: string } | { company_id: string }): Promise<Company[]> {
  const answer = await call(retrieveCompany, { query }).catch((error: unknown) => {
    if (error instanceof Error && 'status' in error && error.status === 404) return undefined;
    throw error;
  });
  if (answer === undefined) return [];
  return 'data' in answer ? answer.data : [answer];
}
