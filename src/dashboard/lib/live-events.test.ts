import { afterEach, beforeEach, expect, test, vi } from 'vitest';

/** The browser's stream of events, as far as the tests are the server of it. */
class Stream extends EventTarget {
  static readonly CLOSED = 2;
  static opened: Stream[] = [];
  readyState = 1;
  readonly url: string;

  constructor(url: string) {
    super();
    this.url = url;
    Stream.opened.push(this);
  }

  close(): void {
    this.readyState = Stream.CLOSED;
  }

  send(data: string): void {
    this.dispatchEvent(new MessageEvent('message', { data }));
  }

  refuse(): void {
    this.readyState = Stream.CLOSED;
    this.dispatchEvent(new Event('error'));
  }
}

class Page extends EventTarget {
  hidden = false;

  look(isLooking: boolean): void {
    this.hidden = !isLooking;
    this.dispatchEvent(new Event('visibilitychange'));
  }
}

let page: Page;
let events: typeof import('./live-events.ts');
const current = () => Stream.opened.at(-1);
const say = (type: string, ids: string[] | null) => current()?.send(JSON.stringify({ type, ids }));

beforeEach(async () => {
  vi.useFakeTimers();
  vi.resetModules();
  page = new Page();
  Stream.opened = [];
  vi.stubGlobal('document', page);
  vi.stubGlobal('EventSource', Stream);
  vi.stubGlobal('window', new EventTarget());
  events = await import('./live-events.ts');
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** What a listener heard, once the stream is open. */
function hear(ids?: string[]) {
  const heard: (readonly string[] | null)[] = [];
  const stop = events.onTicketsChanged(ids, (changed) => void heard.push(changed));
  vi.runOnlyPendingTimers();
  current()?.dispatchEvent(new Event('open'));
  return { heard, stop };
}

test('listeners share one stream, and each hears of its own tickets', () => {
  const [all, some] = [hear(), hear(['7', '8'])];
  const batches: unknown[] = [];
  events.onBatchesChanged((changed) => void batches.push(changed));
  all.heard.length = 0;
  some.heard.length = 0;
  say('tickets', ['7', '9']);
  say('tickets', ['9']);
  say('batches', ['b']);
  say('tickets', null);
  expect(Stream.opened.map(({ url }) => url)).toEqual(['/gateway/events']);
  expect(all.heard).toEqual([['7', '9'], ['9'], null]);
  expect(some.heard).toEqual([['7'], null]);
  expect(batches).toEqual([['b']]);
});

test('what is no message of ours is not heard', () => {
  const { heard } = hear();
  for (const data of ['', '{', '"tickets"', '{"type":"secrets","ids":null}', '{"type":"tickets","ids":[7]}']) {
    current()?.send(data);
  }
  expect(heard).toEqual([]);
});

test('the stream ends with its last listener, and while nobody looks', () => {
  const [one, other] = [hear(), hear()];
  one.stop();
  expect(current()?.readyState).toBe(1);
  page.look(false);
  expect(current()?.readyState).toBe(Stream.CLOSED);
  page.look(true);
  expect(Stream.opened).toHaveLength(2);
  other.stop();
  expect(current()?.readyState).toBe(Stream.CLOSED);
  page.look(true);
  expect(Stream.opened).toHaveLength(2);
});

test('of a stream that opens again is said that anything may have changed', () => {
  const { heard } = hear();
  expect(heard).toEqual([]);
  current()?.dispatchEvent(new Event('open'));
  expect(heard).toEqual([null]);
});

test('a stream that was refused is asked for ever more rarely', () => {
  hear();
  current()?.refuse();
  vi.advanceTimersByTime(4_999);
  expect(Stream.opened).toHaveLength(1);
  vi.advanceTimersByTime(1);
  expect(Stream.opened).toHaveLength(2);
  current()?.refuse();
  vi.advanceTimersByTime(9_999);
  expect(Stream.opened).toHaveLength(2);
  vi.advanceTimersByTime(1);
  expect(Stream.opened).toHaveLength(3);
});

test('a stream whose place was taken comes back when the tab is looked at again', () => {
  hear();
  current()?.dispatchEvent(new Event('replaced'));
  vi.advanceTimersByTime(600_000);
  expect(Stream.opened).toHaveLength(1);
  page.look(true);
  expect(Stream.opened).toHaveLength(2);
});
