import { createHmac } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { Db } from '#database/database.ts';
import { sessionSecrets } from './tables.ts';

const id = 1;

/** Whether the process that started last on this database had the same secret, if there was one. Keeps this one's. */
export async function isSharedSecret(db: Db, secret: string): Promise<boolean> {
  const fingerprint = createHmac('sha256', secret).update('Deskbell session secret').digest('hex');
  return db.transaction(async (transaction) => {
    const added = await transaction
      .insert(sessionSecrets)
      .values({ id, fingerprint })
      .onConflictDoNothing()
      .returning({ id: sessionSecrets.id });
    if (added.length > 0) return true;
    const [last] = await transaction.select().from(sessionSecrets).where(eq(sessionSecrets.id, id)).for('update');
    if (last?.fingerprint === fingerprint) return true;
    await transaction.update(sessionSecrets).set({ fingerprint }).where(eq(sessionSecrets.id, id));
    return false;
  });
}
