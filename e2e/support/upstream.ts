import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';

/** Which calls a fault is for: all that are left open match everything. The path is the one the upstream sees. */
interface Calls {
  readonly method?: 'GET' | 'POST' | 'PUT';
  readonly path?: RegExp;
}

interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly field?: string;
  readonly headers?: Record<string, string>;
}

type Fault = (incoming: IncomingMessage, body: Buffer, outgoing: ServerResponse) => Promise<void>;

/** An upstream that does what the workspace behind it does, until it is told to fail. It fails until it is healed. */
export interface FaultyUpstream {
  readonly url: string;
  /** Answers with an error envelope; the call has no effect. */
  refuses(calls: Calls, refusal: Refusal): void;
  /** Closes the connection without an answer; the call has no effect. */
  drops(calls: Calls): void;
  /** Lets the call happen, then closes the connection without an answer. */
  dropsAfterEffect(calls: Calls): void;
  /** Lets the call happen, and changes the text of its answer. */
  alters(calls: Calls, change: (text: string) => string): void;
  /** Keeps calls waiting until the returned function is called. */
  holds(calls: Calls): () => void;
  /** How many calls of a kind came in since the upstream was last healed. */
  count(calls: Calls): number;
  heals(): void;
  close(): Promise<void>;
}

async function readBody(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

function isFor(calls: Calls, seen: { method?: string | undefined; url?: string | undefined }): boolean {
  const isMethod = calls.method === undefined || calls.method === seen.method;
  return isMethod && (calls.path === undefined || calls.path.test(seen.url ?? ''));
}

/** Starts a faulty upstream on the loopback interface, in front of the workspace served at `target`. */
export async function startFaultyUpstream(target: string): Promise<FaultyUpstream> {
  const faults: { calls: Calls; fault: Fault }[] = [];
  const seen: { method?: string | undefined; url?: string | undefined }[] = [];

  const forward = async (
    incoming: IncomingMessage,
    body: Buffer,
  ): Promise<{ answer: IncomingMessage; body: Buffer }> => {
    const { method, headers } = incoming;
    const onward = request(new URL(incoming.url ?? '/', target), {
      method,
      headers: { ...headers, host: new URL(target).host },
    });
    onward.end(body);
    const [answer] = await once(onward, 'response');
    return { answer, body: await readBody(answer) };
  };

  const pass: Fault = async (incoming, body, outgoing) => {
    const forwarded = await forward(incoming, body);
    outgoing.writeHead(forwarded.answer.statusCode ?? 502, forwarded.answer.headers).end(forwarded.body);
  };

  const server = createServer((incoming, outgoing) => {
    seen.push({ method: incoming.method, url: incoming.url });
    const fault = faults.find(({ calls }) => isFor(calls, incoming))?.fault ?? pass;
    readBody(incoming)
      .then((body) => fault(incoming, body, outgoing))
      .catch(() => outgoing.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('A TCP server has an address with a port.');

  // The newest fault wins, so that a test can make things worse.
  const add = (calls: Calls, fault: Fault) => void faults.unshift({ calls, fault });

  return {
    url: `http://127.0.0.1:${address.port}`,
    refuses: (calls, { status, headers, ...error }) =>
      add(calls, async (_incoming, _body, outgoing) => {
        const envelope = { type: 'error.list', request_id: `refused-${status}`, errors: [error] };
        outgoing.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(envelope));
      }),
    drops: (calls) => add(calls, async (_incoming, _body, outgoing) => void outgoing.destroy()),
    dropsAfterEffect: (calls) =>
      add(calls, async (incoming, body, outgoing) => {
        await forward(incoming, body);
        outgoing.destroy();
      }),
    alters: (calls, change) =>
      add(calls, async (incoming, body, outgoing) => {
        const { answer, body: text } = await forward(incoming, body);
        const { 'content-length': _, ...headers } = answer.headers;
        outgoing.writeHead(answer.statusCode ?? 502, headers).end(change(text.toString()));
      }),
    holds: (calls) => {
      let release = () => {};
      const released = new Promise<void>((resolve) => {
        release = resolve;
      });
      add(calls, async (incoming, body, outgoing) => {
        await released;
        await pass(incoming, body, outgoing);
      });
      return release;
    },
    count: (calls) => seen.filter((call) => isFor(calls, call)).length,
    heals: () => {
      faults.length = 0;
      seen.length = 0;
    },
    close: async () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
