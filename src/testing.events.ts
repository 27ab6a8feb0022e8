import { onTestFinished } from 'vitest';
import type { ChangeEvent } from '#contract/gateway/events.ts';

/** What came of a stream of server-sent events so far. */
export interface Watched {
  response: Response;
  /** The lines of each message and comment. */
  messages: string[];
  changes(): ChangeEvent[];
  isEnded(): boolean;
  leave(): void;
}

/** Watches what changes with these cookies, until the test is over or the server ends it. */
export async function watchEvents(origin: string, cookie: string): Promise<Watched> {
  const leaving = new AbortController();
  onTestFinished(() => leaving.abort());
  const response = await fetch(`${origin}/gateway/events`, { headers: { Cookie: cookie }, signal: leaving.signal });
  const messages: string[] = [];
  let isEnded = false;
  const read = async () => {
    let rest = '';
    const decoder = new TextDecoder();
    for await (const chunk of response.body ?? []) {
      const blocks = (rest + decoder.decode(chunk, { stream: true })).split('\n\n');
      rest = blocks.pop() ?? '';
      messages.push(...blocks);
    }
  };
  void read()
    .catch(() => {})
    .finally(() => {
      isEnded = true;
    });
  return {
    response,
    messages,
    isEnded: () => isEnded,
    leave: () => leaving.abort(),
    changes: () => messages.flatMap((message) => (message.startsWith('data: {') ? [JSON.parse(message.slice(6))] : [])),
  };
}
