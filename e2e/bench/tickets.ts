import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { batch, controlBatch, createBatch, getBatch } from '#contract/gateway/batches.ts';
import type { Operation } from '#contract/operation.ts';
import { fillPath } from '#contract/request.ts';
import type { SearchQuery } from '#contract/search.ts';
import * as tickets from '#contract/tickets.ts';
import { type Server, startServer } from '../support/server.ts';
import { connectWorkspace, type WorkspaceApi } from '../support/workspace-api.ts';
import type { Line } from './lines.ts';
import { measureLoad, signIn } from './load.ts';
import { queueLines } from './queue.ts';
import { median } from './statistics.ts';

const token = 'bench-token-of-sufficient-length';
const small = 10_000;
const repeats = 25;
const deepPage = 1_000;
const project = path.resolve(import.meta.dirname, '../..');

/** Fills the database up to `count` tickets, by the command that users have for it. */
async function seed(count: number, settings: NodeJS.ProcessEnv): Promise<void> {
  const child = spawn('npm', ['run', '--silent', 'seed', '--', '--tickets', String(count)], {
    cwd: project,
    env: { PATH: process.env.PATH, ...settings },
    shell: process.platform === 'win32',
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`Filling the workspace with ${count} tickets ended with ${code}.`);
}

const after = (days: number) => Math.floor(Date.now() / 1000) - days * 86_400;

/** One search for each operator, kind of field and shape of query that a list of tickets offers. */
async function searches(api: WorkspaceApi): Promise<Record<string, SearchQuery>> {
  const types = await api.listTicketTypes();
  const attributes = types.flatMap(({ ticket_type_attributes: { data } }) => data.filter((one) => !one.default));
  const named = (dataType: string) => `ticket_attribute.${attributes.find((one) => one.data_type === dataType)?.id}`;
  const list = attributes.find((one) => one.data_type === 'list');
  const item = list?.input_options?.list_options?.[0]?.id ?? '';
  const type = types[0]?.id ?? '';
  return {
    'all, newest first': { field: 'created_at', operator: '>', value: 0 },
    'state =': { field: 'state', operator: '=', value: 'in_progress' },
    'state !=': { field: 'state', operator: '!=', value: 'resolved' },
    'state IN': { field: 'state', operator: 'IN', value: ['submitted', 'waiting_on_customer'] },
    'state NIN': { field: 'state', operator: 'NIN', value: ['submitted', 'resolved'] },
    'type and open': {
      operator: 'AND',
      value: [
        { field: 'ticket_type_id', operator: '=', value: type },
        { field: 'open', operator: '=', value: true },
      ],
    },
    'assignee =': { field: 'admin_assignee_id', operator: '=', value: '803' },
    'created <': { field: 'created_at', operator: '<', value: after(30) },
    'created >=': { field: 'created_at', operator: '>=', value: after(1) },
    'title ~': { field: 'title', operator: '~', value: 'order' },
    'title !~': { field: 'title', operator: '!~', value: 'order' },
    'title ^': { field: 'title', operator: '^', value: 'a' },
    'title $': { field: 'title', operator: '$', value: 'ed' },
    'full text, two words of a title or description': {
      operator: 'OR',
      value: [
        { field: 'title', operator: '~', value: 'wardrobe' },
        { field: 'description', operator: '~', value: 'wardrobe' },
      ],
    },
    'attribute, list =': { field: `ticket_attribute.${list?.id}`, operator: '=', value: item },
    'attribute, integer >': { field: named('integer'), operator: '>', value: 3 },
    'attribute, date <': { field: named('datetime'), operator: '<', value: after(20) },
    'attribute, text ~': { field: named('string'), operator: '~', value: 'fo-1' },
    'attribute not set': { field: named('integer'), operator: '=', value: null },
    'groups two deep': {
      operator: 'AND',
      value: [
        {
          operator: 'OR',
          value: [
            { field: 'state', operator: '=', value: 'submitted' },
            { field: 'admin_assignee_id', operator: '=', value: '0' },
          ],
        },
        {
          operator: 'OR',
          value: [
            { field: 'title', operator: '~', value: 'late' },
            { field: 'ticket_type_id', operator: '=', value: type },
          ],
        },
      ],
    },
  };
}

async function timeOf(run: () => Promise<unknown>, times = repeats): Promise<number> {
  const measured: number[] = [];
  for (let round = 0; round < times + 3; round += 1) {
    const startedAt = performance.now();
    await run();
    // The first rounds warm it up.
    if (round >= 3) measured.push(performance.now() - startedAt);
  }
  return median(measured);
}

function search(api: WorkspaceApi, query: SearchQuery, page: { per_page: number; starting_after?: string }) {
  const body = {
    query,
    pagination: page,
    sort: { field: 'updated_at', order: 'descending' },
    include_ticket_parts: false,
  };
  return api.send(tickets.searchTickets, {}, body).then((answer) => tickets.searchTickets.response.parse(answer));
}

/** Milliseconds of page 1,000, found by its cursor. */
async function deepPageTime(api: WorkspaceApi): Promise<number> {
  const query: SearchQuery = { field: 'created_at', operator: '>', value: 0 };
  let cursor: string | undefined;
  for (let page = 1; page < deepPage; page += 1) {
    const { pages } = await search(api, query, { per_page: 5, ...(cursor && { starting_after: cursor }) });
    cursor = pages?.next?.starting_after ?? undefined;
  }
  return timeOf(() => search(api, query, { per_page: 5, ...(cursor && { starting_after: cursor }) }));
}

/** A ticket with the most parts that an answer has. */
async function longTicket(api: WorkspaceApi): Promise<string> {
  const { tickets: found } = await search(api, { field: 'created_at', operator: '>', value: 0 }, { per_page: 1 });
  const id = found[0]?.id ?? '';
  const body = { message_type: 'note', type: 'admin', admin_id: '803', body: '<p>One of many notes</p>' };
  for (let part = 0; part < tickets.ticketLimits.parts; part += 1) {
    await api.send(tickets.replyTicket, { ticket_id: id }, body);
  }
  return id;
}

/** How many tickets a bulk change through the gateway changes in a second. */
async function bulkChanges(server: Server, ids: string[]): Promise<number> {
  const cookie = await signIn(server.url);
  const call = async (operation: Operation, params: Record<string, string>, body?: unknown) => {
    const response = await fetch(server.url + fillPath(operation.path, params), {
      method: operation.method,
      headers: { cookie, 'Content-Type': 'application/json', 'Sec-Fetch-Site': 'same-origin' },
      body: body === undefined ? null : JSON.stringify(body),
    });
    return batch.parse(await response.json());
  };
  const input = { kind: 'change', tickets: { ids }, change: { state: 'waiting_on_customer' } };
  const startedAt = performance.now();
  let { id, status, done, failed } = await call(createBatch, {}, { key: randomUUID(), input });
  const until = startedAt + 180_000;
  while (status === 'running' && performance.now() < until) {
    await wait(100);
    ({ id, status, done, failed } = await call(getBatch, { batch_id: id }));
  }
  const seconds = (performance.now() - startedAt) / 1000;
  if (status === 'running') await call(controlBatch, { batch_id: id }, { action: 'cancel' });
  if (failed > 0) throw new Error(`${failed} tickets could not be changed.`);
  return done / seconds;
}

interface Figures {
  /** Milliseconds at the median, one after the other. */
  reads: Record<string, number>;
  /** In a second. */
  rates: Record<string, number>;
}

async function measure(server: Server): Promise<Figures> {
  const api = connectWorkspace(server.workspaceUrl, token);
  const reads: Figures['reads'] = {};
  for (const [name, query] of Object.entries(await searches(api))) {
    reads[`page of 50, ${name}`] = await timeOf(() => search(api, query, { per_page: 50 }));
  }
  reads[`page ${deepPage}`] = await deepPageTime(api);
  const { tickets: found } = await search(api, { field: 'created_at', operator: '>', value: 0 }, { per_page: 150 });
  const others = found.slice(1).map(({ id }) => id);
  const usual = others[7] ?? '';
  reads.ticket = await timeOf(() => api.send(tickets.getTicket, { ticket_id: usual }));
  const long = await longTicket(api);
  reads[`ticket with ${tickets.ticketLimits.parts} parts`] = await timeOf(() =>
    api.send(tickets.getTicket, { ticket_id: long }),
  );

  const type = found[0]?.ticket_type;
  const required = (type?.ticket_type_attributes.data ?? []).filter((one) => one.required_to_create);
  const values = required.map(({ name, data_type: dataType, input_options: options }): [string, unknown] => [
    name,
    dataType === 'list'
      ? options?.list_options?.[0]?.id
      : dataType === 'boolean'
        ? true
        : dataType === 'string'
          ? 'x'
          : 1,
  ]);
  const body = {
    ticket_type_id: type?.id,
    contacts: [{ id: found[0]?.contacts.contacts[0]?.id }],
    ticket_attributes: { ...Object.fromEntries(values), _default_title_: 'A new one' },
  };
  const create = await timeOf(() => api.send(tickets.createTicket, {}, body));
  const url = `${server.workspaceUrl}/tickets/${usual}`;
  const read = await measureLoad({ url, token });
  let flag = false;
  const update = await timeOf(() => {
    flag = !flag;
    return api.send(tickets.updateTicket, { ticket_id: usual }, { state: flag ? 'resolved' : 'in_progress' });
  });
  return {
    reads: { ...reads, 'create a ticket': create, 'update a ticket': update },
    rates: { 'point reads': read.perSecond, 'bulk changes': await bulkChanges(server, others.slice(0, 140)) },
  };
}

/** What reading and writing tickets costs at `large` tickets, and in relation to what it costs at ten thousand. */
export async function ticketLines(large: number, databaseUrl?: string): Promise<Line[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'deskbell-bench-tickets-'));
  const settings = {
    DATA_DIR: folder,
    WORKSPACE_TOKEN: token,
    PERSON_RATE_LIMIT: 'off',
    ...(databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl }),
  };
  const at = async (count: number) => {
    const startedAt = performance.now();
    await seed(count, settings);
    const seconds = (performance.now() - startedAt) / 1000;
    const server = await startServer(settings);
    try {
      const figures = await measure(server);
      // Which database it is makes no difference to the browser, nor do the first ten thousand.
      const isSeen = databaseUrl === undefined && count === large;
      const inBrowser = isSeen ? await queueLines(server.url, await signIn(server.url)) : [];
      return { seconds, inBrowser, ...figures };
    } finally {
      await server.stop();
    }
  };
  try {
    const few = await at(small);
    const many = large > small ? await at(large) : few;
    const where = databaseUrl === undefined ? 'PGlite' : 'PostgreSQL';
    const size = large.toLocaleString('en');
    return [
      { what: `${where}, loading ${size} tickets`, value: many.seconds, unit: 's' },
      ...Object.entries(many.reads).map(([name, value]): Line => {
        const before = few.reads[name] ?? Number.NaN;
        const against = `${before.toFixed(1)} ms at ${small.toLocaleString('en')}, ${(value / before).toFixed(1)} x`;
        return { what: `${where}, ${name}`, value, unit: 'ms', bar: 2 * before, against };
      }),
      ...Object.entries(many.rates).map(([name, value]): Line => {
        const against = `${Math.round(few.rates[name] ?? Number.NaN)}/s at ${small.toLocaleString('en')}`;
        return { what: `${where}, ${name}`, value, unit: '/s', against };
      }),
      ...many.inBrowser,
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
