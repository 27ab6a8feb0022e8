import { AsyncLocalStorage } from 'node:async_hooks';
import type { Db } from '#database/database.ts';

/**
 * A database for a library that takes one and knows of no transaction around it: whatever it does inside of `within` is
 * done by that transaction, so that its writes and their entry in the log happen together or not at all.
 */
export function scopedDb(db: Db): { db: Db; within: <T>(transaction: Db, run: () => Promise<T>) => Promise<T> } {
  const current = new AsyncLocalStorage<Db>();
  const scoped = new Proxy(db, {
    get: (_, name) => {
      const target = current.getStore() ?? db;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  return { db: scoped, within: (transaction, run) => current.run(transaction, run) };
}
