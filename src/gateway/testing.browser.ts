import { once } from 'node:events';
import { type IncomingHttpHeaders, request } from 'node:http';
import { text } from 'node:stream/consumers';

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
  json(): unknown;
}

export interface Arrival extends Answer {
  /** Where the browser stands after all redirects. */
  url: string;
  /** All addresses on the way, with the first and the last. */
  way: string[];
}

type HeaderFields = Record<string, string>;

export interface Browser {
  /** The cookies of each host, as in a browser whatever the port. */
  readonly cookies: Map<string, Map<string, string>>;
  /** A request as our own page sends it. */
  ask(method: string, url: string, options?: { body?: unknown; headers?: HeaderFields }): Promise<Answer>;
  /** Goes to an address as after a click on another site, and on wherever it is sent, but for `stopBefore`. */
  go(url: string, options?: { stopBefore?: string; headers?: HeaderFields }): Promise<Arrival>;
}

const mostHops = 12;

/**
 * As much of a browser as sign-in needs: unlike `fetch` it keeps cookies and says in its headers where a request comes
 * from. `servedAt` says which address of this machine stands for an origin; every other must be of this machine.
 */
export function openBrowser(servedAt: Readonly<Record<string, string>> = {}): Browser {
  const cookies: Browser['cookies'] = new Map();

  const exchange = async (method: string, url: string, headers: HeaderFields, body?: string): Promise<Answer> => {
    const { origin, host, hostname, pathname, search } = new URL(url);
    const address = servedAt[origin] ?? origin;
    const jar = cookies.get(hostname) ?? new Map<string, string>();
    cookies.set(hostname, jar);
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const outgoing = request(address + pathname + search, {
      method,
      agent: false,
      headers: { Host: host, ...(cookie !== '' && { Cookie: cookie }), ...headers },
    });
    outgoing.end(body);
    const [incoming] = await once(outgoing, 'response');
    const read = await text(incoming);
    for (const line of incoming.headers['set-cookie'] ?? []) keep(jar, line);
    return {
      status: incoming.statusCode,
      headers: incoming.headers,
      body: read,
      json: () => JSON.parse(read),
    };
  };

  return {
    cookies,
    ask: (method, url, { body, headers } = {}) => {
      const own = {
        'Sec-Fetch-Site': 'same-origin',
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
      };
      return exchange(method, url, { ...own, ...headers }, body === undefined ? undefined : JSON.stringify(body));
    },
    go: async (start, { stopBefore, headers } = {}) => {
      const clicked = { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'navigate', 'Sec-Fetch-Dest': 'document' };
      const way = [start];
      for (let url = start; way.length <= mostHops; way.push(url)) {
        const answer = await exchange('GET', url, { Accept: 'text/html', ...clicked, ...headers });
        const { location } = answer.headers;
        if (answer.status < 300 || answer.status >= 400 || location === undefined) return { ...answer, url, way };
        url = new URL(location, url).href;
        if (stopBefore !== undefined && url.startsWith(stopBefore)) return { ...answer, url, way: [...way, url] };
      }
      throw new Error(`There was no end of redirects: ${way.join(' ')}`);
    },
  };
}

function keep(jar: Map<string, string>, line: string): void {
  const [, name = '', value = ''] = /^([^=;]+)=([^;]*)/.exec(line) ?? [];
  const isOver = /;\s*max-age=0(?:;|$)/i.test(line) || /;\s*expires=Thu, 01 Jan 1970/i.test(line);
  if (isOver) jar.delete(name);
  else jar.set(name, value);
}
