import { sql } from 'drizzle-orm';
import type { Db } from '#database/database.ts';
import { workspaces } from '../tables.ts';
import { ticketParts, tickets } from './tables.ts';

/** In one statement, so that nobody waits long. The others have their turn the next time. */
const mostAtOnce = 500;

/**
 * Ends the snoozes whose time has come, with the part that tells of it. Until then a ticket only reads as if: nobody who
 * watches it would hear that it is back. `now` is unix seconds.
 */
export async function wakeTickets(db: Db, now: number): Promise<void> {
  await db.execute(sql`
    with due as (
      select t.workspace_id, t.id from ${workspaces} w cross join lateral (
        select workspace_id, id from ${tickets}
        where workspace_id = w.id and snoozed_until <= ${now} order by snoozed_until limit ${mostAtOnce}
        for update skip locked
      ) t
    ),
    woken as (
      update ${tickets} t set snoozed_until = null, updated_at = greatest(${now}::bigint, t.updated_at + 1)
      from due where t.workspace_id = due.workspace_id and t.id = due.id
      returning t.workspace_id, t.id
    )
    insert into ${ticketParts} (workspace_id, ticket_id, part_type, author_type, created_at, updated_at)
    select workspace_id, id, 'unsnoozed', 'bot', ${now}::bigint, ${now}::bigint from woken order by id`);
}
