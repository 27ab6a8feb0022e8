import type { Operation } from '#contract/operation.ts';
import { fillPath } from '#contract/request.ts';
import * as changes from '#contract/ticket-type-changes.ts';
import * as ticketTypes from '#contract/ticket-types.ts';

type NewTicketType = Parameters<WorkspaceApi['createTicketType']>[0];

/** What tests prepare and look up behind the dashboard's back, as any other client of the workspace would. */
export interface WorkspaceApi {
  /** Sends any operation. What is answered has not been looked at. */
  send(operation: Operation, params: Record<string, string>, body?: unknown): Promise<unknown>;
  createTicketType(body: {
    name: string;
    description?: string;
    icon?: string;
    category?: ticketTypes.TicketTypeCategory;
  }): Promise<ticketTypes.TicketType>;
  updateTicketType(id: string, body: Partial<NewTicketType> & { archived?: boolean }): Promise<ticketTypes.TicketType>;
  getTicketType(id: string): Promise<ticketTypes.TicketType>;
  listTicketTypes(): Promise<ticketTypes.TicketType[]>;
  findTicketType(name: string): Promise<ticketTypes.TicketType | undefined>;
  createAttribute(
    ticketTypeId: string,
    body: { name: string; description: string; data_type: ticketTypes.AttributeDataType; list_items?: string },
  ): Promise<ticketTypes.TicketTypeAttribute>;
}

/** Calls the workspace served at `url` with its bearer token. Every call throws when it is not answered with success. */
export function connectWorkspace(url: string, token: string): WorkspaceApi {
  const call = async (operation: Operation, params: Record<string, string>, body?: unknown): Promise<unknown> => {
    const response = await fetch(url + fillPath(operation.path, params), {
      method: operation.method,
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        'intercom-version': operation.version,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok)
      throw new Error(`${operation.name} was answered with ${response.status}: ${await response.text()}`);
    return response.json();
  };
  const { ticketType, ticketTypeAttribute } = ticketTypes;
  const path = (id: string) => ({ ticket_type_id: id });
  const list = async () => ticketTypes.listTicketTypes.response.parse(await call(ticketTypes.listTicketTypes, {})).data;
  return {
    send: call,
    createTicketType: async (body) => ticketType.parse(await call(changes.createTicketType, {}, body)),
    updateTicketType: async (id, body) => ticketType.parse(await call(changes.updateTicketType, path(id), body)),
    getTicketType: async (id) => ticketType.parse(await call(ticketTypes.getTicketType, path(id))),
    listTicketTypes: list,
    findTicketType: async (name) => (await list()).find((each) => each.name === name),
    createAttribute: async (id, body) =>
      ticketTypeAttribute.parse(await call(changes.createTicketTypeAttribute, path(id), body)),
  };
}
