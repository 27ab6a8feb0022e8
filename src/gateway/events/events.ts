import type { Logger } from 'pino';
import { type ChangeEvent, changeEvent } from '#contract/gateway/events.ts';
import type { Database } from '#database/database.ts';
import type { Caller } from '../auth/identify.ts';
import { changesChannel, sessionsThatHold } from './store.ts';

export interface Events {
  /** Server-sent events of what changes, until the caller's session ends or they may do something else than before. */
  watch(caller: Caller): Promise<ReadableStream<Uint8Array<ArrayBuffer>>>;
}

interface Watcher {
  caller: Caller;
  send(message: string): void;
  end(): void;
}

const checkMs = 1_000;
const checksPerHeartbeat = 20;
const mostPerPerson = 10;
const mostUnread = 200;
const retry = 'retry: 2000\n\n';
const heartbeat = ':\n\n';
/** Says to try again only when the tab is looked at: another one took its place. */
const replaced = 'event: replaced\ndata: \n\n';

const any: ChangeEvent[] = [
  { type: 'tickets', ids: null },
  { type: 'batches', ids: null },
];

/** Passes on what the database says has changed to everyone who watches at this process. */
export function createEvents(options: { database: Database; log: Logger; stopping?: AbortSignal | undefined }): Events {
  const { database, log, stopping } = options;
  const watchers = new Set<Watcher>();
  let listening: Promise<unknown> | undefined;
  let checks: NodeJS.Timeout | undefined;
  let checked = 0;
  let isChecking = false;

  const tell = (event: ChangeEvent) => {
    const message = `data: ${JSON.stringify(event)}\n\n`;
    for (const watcher of watchers) watcher.send(message);
  };
  const hear = (message: string | undefined) => {
    const events = message === undefined ? any : eventsOf(message);
    for (const event of events) tell(event);
  };
  const listen = () => {
    listening ??= database.listen(changesChannel, hear).catch((error: unknown) => {
      listening = undefined;
      throw error;
    });
    return listening;
  };
  const endAll = () => {
    for (const watcher of watchers) watcher.end();
  };
  stopping?.addEventListener('abort', endAll, { once: true });

  /** All sessions in one question: however one ends, and at whatever process, what it watched ends with it. */
  const check = async () => {
    if (isChecking) return;
    isChecking = true;
    checked += 1;
    try {
      const held = await sessionsThatHold(
        database.db,
        [...watchers].map(({ caller }) => caller.sessionId),
      );
      for (const watcher of watchers) {
        const roles = held.get(watcher.caller.sessionId);
        if (roles?.join() !== watcher.caller.roles.join()) watcher.end();
        else if (checked % checksPerHeartbeat === 0) watcher.send(heartbeat);
      }
    } catch (error) {
      log.warn({ err: error }, 'sessions could not be checked: nobody watches what changes any more');
      endAll();
    } finally {
      isChecking = false;
    }
  };

  const add = (watcher: Watcher) => {
    const [oldest, ...others] = [...watchers].filter(({ caller }) => caller.id === watcher.caller.id);
    if (oldest !== undefined && others.length + 1 >= mostPerPerson) {
      oldest.send(replaced);
      oldest.end();
    }
    watchers.add(watcher);
    checks ??= setInterval(() => void check(), checkMs).unref();
  };
  const remove = (watcher: Watcher) => {
    watchers.delete(watcher);
    if (watchers.size > 0) return;
    clearInterval(checks);
    checks = undefined;
  };

  return {
    watch: async (caller) => {
      await listen();
      const encoder = new TextEncoder();
      let watcher: Watcher;
      return new ReadableStream({
        start: (controller) => {
          watcher = {
            caller,
            send: (message) => {
              controller.enqueue(encoder.encode(message));
              // Whoever reads so slowly is better off to begin anew, and to read everything again.
              if ((controller.desiredSize ?? 0) < -mostUnread) watcher.end();
            },
            end: () => {
              remove(watcher);
              controller.close();
            },
          };
          add(watcher);
          watcher.send(retry);
          if (stopping?.aborted) watcher.end();
        },
        cancel: () => remove(watcher),
      });
    },
  };
}

function eventsOf(message: string): ChangeEvent[] {
  try {
    const { data } = changeEvent.safeParse(JSON.parse(message));
    return data === undefined ? [] : [data];
  } catch {
    return [];
  }
}
