import { sql } from 'drizzle-orm';
import type { Db } from '#database/database.ts';
import { ticketCounts } from './tables.ts';

const kind = sql`workspace_id, ticket_type_id, state, open, admin_assignee_id, team_assignee_id`;
// Any number will do, as long as it is the same in every process.
const compactingLock = 4_711_302_119;

/**
 * Adds up the differences in `ticket_counts`, so that summing them stays quick; where nothing was counted since, nothing
 * is written. All of it is one statement: a reader sees the same sums before, during and after, each row is taken away
 * by one who adds it again, and writers, who only append, wait for nobody.
 */
export async function compactTicketCounts(db: Db): Promise<void> {
  // Of several processes that sweep at once, one does.
  await db.execute(sql`
    with turn as materialized (select pg_try_advisory_xact_lock(${compactingLock}::bigint) as is_ours),
    kinds as (
      select ${kind} from ${ticketCounts} where (select is_ours from turn)
      group by ${kind} having count(*) > 1 or sum(number) = 0
    ),
    removed as (
      delete from ${ticketCounts} where (${kind}) in (select * from kinds) returning ${kind}, number
    )
    insert into ${ticketCounts} (${kind}, number)
    select ${kind}, sum(number) from removed group by ${kind} having sum(number) <> 0`);
}
