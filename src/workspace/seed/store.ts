import { sql } from 'drizzle-orm';
import type { Db } from '#database/database.ts';
import type { Rows } from './records.ts';

/** Inserts rows as one value, which is a tenth of the work of one value for each of their columns. */
export async function insertRows(db: Db, { table, rows }: Rows): Promise<void> {
  const columns = sql.join(
    Object.keys(rows[0] ?? {}).map((name) => sql.identifier(name)),
    sql`, `,
  );
  const into = sql.identifier(table);
  await db.execute(
    sql`insert into ${into} (${columns})
      select ${columns} from json_populate_recordset(null::${into}, ${JSON.stringify(rows)}::json)`,
  );
}
