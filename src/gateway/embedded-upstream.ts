import { Refusal } from './refusal.ts';
import { requestOf, type Upstream } from './upstream.ts';

/** The workspace in this process. It keeps `If-Unmodified-Since` itself. */
export function createEmbeddedUpstream(options: {
  fetch: (request: Request) => Response | Promise<Response>;
  token: string;
  timeoutMs?: number;
}): Upstream {
  const { token, timeoutMs = 30_000 } = options;
  return {
    kind: 'embedded',
    region: null,
    send: async (call) => {
      let timer: NodeJS.Timeout | undefined;
      const expired = new Promise<never>((_, reject) => {
        timer = setTimeout(() => reject(timeout(call.operation.method === 'GET')), timeoutMs);
      });
      const answered = async () => {
        const { signal } = new AbortController();
        const response = await options.fetch(requestOf(call, { baseUrl: 'http://workspace', token, signal }));
        const body = new Uint8Array(await response.arrayBuffer());
        return { status: response.status, headers: response.headers, body };
      };
      try {
        return await Promise.race([answered(), expired]);
      } finally {
        clearTimeout(timer);
      }
    },
  };
}

function timeout(isRead: boolean): Refusal {
  return isRead
    ? new Refusal(504, 'request_timeout', 'The workspace took too long to answer; try again.')
    : new Refusal(504, 'outcome_unknown', 'The workspace took too long to answer; see whether the change was made.');
}
