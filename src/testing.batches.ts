import { randomUUID } from 'node:crypto';
import { expect, vi } from 'vitest';
import type { Batch, BatchAction, BatchItem, ImportRow, TicketChange } from '#contract/gateway/batches.ts';
import type { Ticket } from '#contract/tickets.ts';
import type { TestAnswer, TestBrowser } from './testing.ts';

const newKey = () => `test-key-${randomUUID()}`;

/** Asks, and expects an answer. */
async function answered(answer: Promise<TestAnswer>): Promise<TestAnswer['body']> {
  const { status, text, body } = await answer;
  expect(status, text).toBe(200);
  return body;
}

/** A ticket type with attributes for tests. */
export async function makeType(browser: TestBrowser, name = 'Parcel'): Promise<string> {
  const { id } = await answered(browser.ask('POST', '/api/ticket_types', { name, icon: '📦', category: 'Customer' }));
  for (const attribute of [
    { name: 'Priority', description: '', data_type: 'list', list_items: 'Low,High' },
    { name: 'Weight', description: '', data_type: 'integer' },
    { name: 'Order', description: '', data_type: 'string', required_to_create: true },
  ]) {
    await answered(browser.ask('POST', `/api/ticket_types/${id}/attributes`, attribute));
  }
  return id;
}

export async function makeTickets(browser: TestBrowser, typeId: string, number: number): Promise<string[]> {
  const ids: string[] = [];
  for (let index = 0; index < number; index += 1) {
    const { id } = await answered(
      browser.ask('POST', '/api/tickets', {
        ticket_type_id: typeId,
        contacts: [{ email: `contact${index % 5}@example.com` }],
        ticket_attributes: { _default_title_: `Ticket ${index}`, Order: `A-${index}` },
      }),
    );
    ids.push(id);
  }
  return ids;
}

export const readTicket = (browser: TestBrowser, id: string): Promise<Ticket> =>
  answered(browser.ask('GET', `/api/tickets/${id}`));

export const startChange = (browser: TestBrowser, ids: string[], change: TicketChange): Promise<Batch> =>
  answered(
    browser.ask('POST', '/gateway/batches', { key: newKey(), input: { kind: 'change', tickets: { ids }, change } }),
  );

export const control = (browser: TestBrowser, id: string, action: BatchAction): Promise<Batch> =>
  answered(browser.ask('PUT', `/gateway/batches/${id}`, { action }));

export const readBatch = (browser: TestBrowser, id: string): Promise<Batch> =>
  answered(browser.ask('GET', `/gateway/batches/${id}`));

export const takeBack = (browser: TestBrowser, id: string): Promise<Batch> =>
  answered(browser.ask('POST', `/gateway/batches/${id}/revert`, {}));

export async function itemsOf(browser: TestBrowser, id: string, query = ''): Promise<BatchItem[]> {
  return (await answered(browser.ask('GET', `/gateway/batches/${id}/items${query}`))).data;
}

/** The batch once it has the status, or has ended in another way. */
export function untilIs(browser: TestBrowser, id: string, status: Batch['status'], timeout = 15_000): Promise<Batch> {
  return vi.waitFor(
    async () => {
      const batch = await readBatch(browser, id);
      expect(batch).toMatchObject({ status });
      return batch;
    },
    { timeout, interval: 50 },
  );
}

export async function startImport(browser: TestBrowser, typeId: string, rows: ImportRow[]): Promise<Batch> {
  const input = { kind: 'import', ticket_type_id: typeId, file_name: 'tickets.csv' };
  const { id } = await answered(browser.ask('POST', '/gateway/batches', { key: newKey(), input }));
  for (let first = 0; first < rows.length; first += 500) {
    const body = { first, rows: rows.slice(first, first + 500) };
    await answered(browser.ask('PUT', `/gateway/batches/${id}/rows`, body));
  }
  return readBatch(browser, id);
}
