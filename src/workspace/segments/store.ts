import { asc, eq } from 'drizzle-orm';
import { isSearchGroup, type SearchQuery } from '#contract/search.ts';
import type { Db } from '#database/database.ts';
import { segments } from './tables.ts';

function names(rules: SearchQuery, field: string, value: string): boolean {
  if (isSearchGroup(rules)) return rules.value.some((part) => names(part, field, value));
  return rules.field === field && [rules.value].flat().map(String).includes(value);
}

/** The names of the segments whose rules name a tag. */
export async function segmentsOfTag(db: Db, workspaceId: string, tagId: number): Promise<string[]> {
  const rows = await db
    .select({ name: segments.name, rules: segments.rules })
    .from(segments)
    .where(eq(segments.workspace_id, workspaceId))
    .orderBy(asc(segments.name), asc(segments.id));
  return rows.filter(({ rules }) => names(rules, 'tag_id', String(tagId))).map(({ name }) => name);
}
