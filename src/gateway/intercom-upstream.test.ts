import { gzipSync } from 'node:zlib';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { errorList } from '#contract/errors.ts';
import { createIntercomUpstream } from './intercom-upstream.ts';
import { gatewayOn } from './testing.gateway.ts';
import { fromOwnPage, json, startTestServer, type TestServer, testToken } from './testing.ts';

let intercom: TestServer;
beforeAll(async () => {
  intercom = await startTestServer();
});
afterAll(() => intercom.close());
beforeEach(() => {
  intercom.seen = [];
  intercom.headers = [];
});

function open(baseUrl = intercom.url, timeoutMs = 5_000) {
  const lines: string[] = [];
  const log = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) });
  const app = gatewayOn(createIntercomUpstream({ baseUrl, region: 'eu', token: testToken, log, timeoutMs }), { lines });
  const read = () => app.request('/api/ticket_types/7');
  const put = (headers: Record<string, string>) =>
    app.request('/api/ticket_types/7', {
      method: 'PUT',
      headers: { ...fromOwnPage, ...headers },
      body: '{"name":"x"}',
    });
  /** A write before which the current state can be read, however the write itself is answered. */
  const write = async (headers: Record<string, string> = {}) => {
    const { answer } = intercom;
    intercom.answer = (incoming, ...others) =>
      (incoming.method === 'GET' ? json(ticketType) : answer)(incoming, ...others);
    const response = await put(headers);
    intercom.answer = answer;
    return response;
  };
  return { app, lines, read, write, put };
}

async function codeOf(response: Response): Promise<string | undefined> {
  return errorList.parse(await response.json()).errors[0]?.code;
}

const ticketType = {
  type: 'ticket_type',
  id: '7',
  name: 'Refund',
  workspace_id: 'w',
  created_at: 1,
  updated_at: 1_762_000_000,
  ticket_type_attributes: { type: 'list', data: [] },
};

describe('a call', () => {
  test('carries the token, the version of its operation and nothing of the browser', async () => {
    intercom.answer = json(ticketType);
    const response = await open().write({ Cookie: 'a=b', 'X-Forwarded-For': '1.2.3.4', 'Accept-Language': 'fr' });
    expect(await response.json()).toEqual(ticketType);
    expect(intercom.seen).toEqual(['GET /ticket_types/7', 'PUT /ticket_types/7 {"name":"x"}']);
    expect(intercom.headers[1]).toMatchObject({ authorization: `Bearer ${testToken}`, 'intercom-version': '2.11' });
    expect(intercom.headers[1]).not.toHaveProperty('cookie');
    expect(intercom.headers[1]).not.toHaveProperty('x-forwarded-for');
    expect(intercom.headers[1]?.['accept-language']).not.toBe('fr');
  });

  test('gives its refusals as they are', async () => {
    intercom.answer = json({ type: 'error.list', request_id: null, errors: [{ code: 'forbidden' }] }, 403);
    const response = await open().read();
    expect(response.status).toBe(403);
    expect(await codeOf(response)).toBe('forbidden');
  });

  test.each([200, 204, 205])('may be answered with nothing, with status %i', async (status) => {
    intercom.answer = (_incoming, outgoing) => void outgoing.writeHead(status).end();
    const response = await open().write();
    expect([response.status, await response.text()]).toEqual([status, '']);
  });

  test('is told apart by about, with its region', async () => {
    const response = await open().app.request('/gateway/about');
    expect(await response.json()).toEqual({ upstream: 'intercom', region: 'eu' });
  });
});

describe('retries', () => {
  const failOnce = (fail: TestServer['answer']) => {
    let calls = 0;
    intercom.answer = (...exchange) => {
      calls += 1;
      (calls === 1 ? fail : json(ticketType))(...exchange);
    };
  };
  const drop: TestServer['answer'] = (incoming) => void incoming.socket.destroy();

  test.each([
    ['a 5xx', json({}, 503)],
    ['a 5xx that asks for a short wait', json({}, 500, { 'retry-after': '0' })],
    ['a lost connection', drop],
  ])('hide %s from a read', async (_, fail) => {
    failOnce(fail);
    expect((await open().read()).status).toBe(200);
    expect(intercom.seen).toHaveLength(2);
  });

  test('hide a fault from a search, which is a POST', async () => {
    failOnce(drop);
    const body = '{"query":{"field":"id","operator":"=","value":"1"}}';
    const response = await open().app.request('/api/tickets/search', { method: 'POST', headers: fromOwnPage, body });
    expect(response.status).toBe(200);
    expect(intercom.seen).toEqual([`POST /tickets/search ${body}`, `POST /tickets/search ${body}`]);
  });

  test('of a search end with an answer that says to try again, and not that nobody knows', async () => {
    intercom.answer = drop;
    const search = { method: 'POST', headers: fromOwnPage, body: '{}' };
    const response = await open().app.request('/api/contacts/search', search);
    expect([response.status, await codeOf(response)]).toEqual([502, 'upstream_unreachable']);
    expect(intercom.seen).toHaveLength(3);
  });

  test('end after the third attempt, with the answer that it got', async () => {
    intercom.answer = json({ type: 'error.list', errors: [{ code: 'server_error' }] }, 500);
    const response = await open().read();
    expect(response.status).toBe(500);
    expect(intercom.seen).toHaveLength(3);
  });

  test.each([
    ['429', json({}, 429, { 'retry-after': '1' })],
    ['408', json({}, 408)],
    ['a 5xx that asks for a long wait', json({}, 503, { 'retry-after': '30' })],
  ])('are not made after %s', async (_, fail) => {
    failOnce(fail);
    expect((await open().read()).status).toBeGreaterThanOrEqual(400);
    expect(intercom.seen).toHaveLength(1);
  });

  test('are never made of a write', async () => {
    failOnce(json({ type: 'error.list', errors: [{ code: 'server_error' }] }, 500));
    expect((await open().write()).status).toBe(500);
    failOnce(drop);
    const lost = await open().write();
    expect([lost.status, await codeOf(lost)]).toEqual([502, 'outcome_unknown']);
    expect(intercom.seen.filter((line) => line.startsWith('PUT'))).toHaveLength(2);
  });
});

describe('an upstream that misbehaves', () => {
  const neverAnswers: TestServer['answer'] = () => {};
  const neverEnds: TestServer['answer'] = (_incoming, outgoing) => {
    outgoing.writeHead(200, { 'content-type': 'application/json' }).write('{"type":');
  };
  const breaksOff: TestServer['answer'] = (incoming, outgoing) => {
    outgoing.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' }).write('{"type":', () => {
      incoming.socket.destroy();
    });
  };
  const html: TestServer['answer'] = (_incoming, outgoing) => {
    outgoing.writeHead(200, { 'content-type': 'text/html' }).end('<script>alert(1)</script>');
  };
  const htmlAsJson: TestServer['answer'] = (_incoming, outgoing) => {
    outgoing.writeHead(502, { 'content-type': 'application/json' }).end('<h1>Bad gateway</h1>');
  };
  const huge: TestServer['answer'] = (_incoming, outgoing) => {
    const body = gzipSync(Buffer.alloc(30 * 1024 * 1024, 32));
    outgoing.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' }).end(body);
  };

  test.each([
    ['never answers', neverAnswers, 504, 'request_timeout', 504, 'outcome_unknown'],
    ['never ends its answer', neverEnds, 504, 'request_timeout', 504, 'outcome_unknown'],
    ['breaks its answer off', breaksOff, 502, 'upstream_unreachable', 502, 'outcome_unknown'],
    ['answers with HTML', html, 502, 'unusable_answer', 502, 'outcome_unknown'],
    ['calls HTML JSON', htmlAsJson, 502, 'unusable_answer', 502, 'outcome_unknown'],
    ['sends too much, packed small', huge, 502, 'unusable_answer', 502, 'outcome_unknown'],
    ['refuses with HTML', redirectless(403), 502, 'unusable_answer', 502, 'unusable_answer'],
  ])('%s', async (_, answer, readStatus, readCode, writeStatus, writeCode) => {
    intercom.answer = answer;
    // Long enough for a slow machine to unpack what is too much.
    const { read, write } = open(intercom.url, 2_500);
    const [ofRead, ofWrite] = [await read(), await write()];
    expect([ofRead.status, await codeOf(ofRead)]).toEqual([readStatus, readCode]);
    expect([ofWrite.status, await codeOf(ofWrite)]).toEqual([writeStatus, writeCode]);
    expect(intercom.seen.filter((line) => line.startsWith('PUT'))).toHaveLength(1);
  });

  function redirectless(status: number): TestServer['answer'] {
    return (_incoming, outgoing) => void outgoing.writeHead(status, { 'content-type': 'text/html' }).end('<h1>No</h1>');
  }

  test.each([301, 302, 303, 307, 308])('redirects with %i, which nobody follows with the token', async (status) => {
    const elsewhere = await startTestServer();
    intercom.answer = (_incoming, outgoing) => void outgoing.writeHead(status, { location: elsewhere.url }).end();
    const { read, write } = open();
    for (const response of [await read(), await write()]) {
      expect([response.status, await codeOf(response)]).toEqual([502, 'unusable_answer']);
      expect(response.headers.get('location')).toBeNull();
    }
    expect(elsewhere.seen).toEqual([]);
    await elsewhere.close();
  });

  test('is not there: nothing was sent, and the write is known to have failed', async () => {
    const gone = await startTestServer();
    await gone.close();
    const { read, write } = open(gone.url);
    for (const response of [await read(), await write()]) {
      expect([response.status, await codeOf(response)]).toEqual([502, 'upstream_unreachable']);
    }
  });
});

describe('a conditional write', () => {
  const seenAt = (time: number) => ({ 'If-Unmodified-Since': new Date(time * 1000).toUTCString() });

  test('goes through when nothing has changed since', async () => {
    intercom.answer = json(ticketType);
    expect((await open().put(seenAt(ticketType.updated_at))).status).toBe(200);
    expect(intercom.seen).toEqual(['GET /ticket_types/7', 'PUT /ticket_types/7 {"name":"x"}']);
    expect(intercom.headers[1]).not.toHaveProperty('if-unmodified-since');
  });

  test('is refused with 412 when something has, and is not sent', async () => {
    intercom.answer = json(ticketType);
    const response = await open().put(seenAt(ticketType.updated_at - 1));
    expect([response.status, await codeOf(response)]).toEqual([412, 'resource_conflict']);
    expect(intercom.seen).toEqual(['GET /ticket_types/7']);
  });

  test('is not sent when the record is gone or cannot be read', async () => {
    intercom.answer = json({ type: 'error.list', errors: [{ code: 'not_found' }] }, 404);
    expect((await open().put(seenAt(1))).status).toBe(404);
    intercom.answer = json({ type: 'something else' });
    const unreadable = await open().put(seenAt(1));
    expect([unreadable.status, await codeOf(unreadable)]).toEqual([502, 'unusable_answer']);
    expect(intercom.seen).toEqual(['GET /ticket_types/7', 'GET /ticket_types/7']);
  });
});

test('the token is in no answer and no line of the log, whatever the upstream does', async () => {
  const echo: TestServer['answer'] = (incoming, outgoing) => {
    outgoing.writeHead(400, {
      'content-type': 'application/json',
      'x-request-id': `${incoming.headers.authorization}`,
    });
    outgoing.end(JSON.stringify({ errors: [{ message: `bad header ${incoming.headers.authorization}` }] }));
  };
  const inHeaders: TestServer['answer'] = (incoming, outgoing) => {
    outgoing.writeHead(200, { 'content-type': 'application/json', 'retry-after': `${incoming.headers.authorization}` });
    outgoing.end('{}');
  };
  const breaks: TestServer['answer'] = (incoming) => void incoming.socket.destroy();
  const said: string[] = [];
  for (const answer of [echo, inHeaders, breaks, json(ticketType), json({}, 401)]) {
    intercom.answer = answer;
    const { app, lines, read, write } = open();
    const responses = [await read(), await write(), await app.request('/readyz'), await app.request('/gateway/about')];
    for (const response of responses) said.push(JSON.stringify([...response.headers]), await response.text());
    said.push(...lines);
  }
  expect(said.filter((text) => text.includes('answered')).length).toBeGreaterThan(10);
  expect(said.filter((text) => text.includes(testToken))).toEqual([]);
});
