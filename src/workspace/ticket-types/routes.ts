import * as changes from '#contract/ticket-type-changes.ts';
import * as contract from '#contract/ticket-types.ts';
import { numericId } from '../http/ids.ts';
import { badRequest, invalid, modifiedSince, notFound, type Refusal } from '../http/refusal.ts';
import { route } from '../http/route.ts';
import * as attributeStore from './attribute-store.ts';
import { presentAttribute, presentTicketType } from './present.ts';
import { askedCategory, attributeChanges, inputOptions } from './rules.ts';
import * as store from './store.ts';

const refusals = {
  missing: () => notFound(),
  stale: modifiedSince,
  full: () =>
    badRequest(
      'parameter_invalid',
      `A ticket type may have at most ${contract.ticketTypeLimits.attributes} attributes`,
    ),
  'name taken': () => invalid('name', 'is already used by another attribute of this ticket type'),
} satisfies Record<string, () => Refusal>;

/** The row that a store found or wrote. Throws the refusal for what it says otherwise. */
function written<Row extends object>(result: Row | keyof typeof refusals): Row {
  if (typeof result === 'string') throw refusals[result]();
  return result;
}

function requiredId(text: string): number {
  const id = numericId(text);
  if (id === undefined) throw notFound();
  return id;
}

// Before 2.10 there was no category.
const categoryKnown = { since: new Map([['category', '2.10' as const]]) };

export const ticketTypeRoutes = {
  listTicketTypes: route(
    contract.listTicketTypes,
    async ({ db, workspace, version }) => {
      const rows = await store.listTicketTypes(db, workspace.id);
      return { type: 'list', data: rows.map((row) => presentTicketType(row, version)) };
    },
    { isConfiguration: true },
  ),

  createTicketType: route(
    changes.createTicketType,
    async ({ db, workspace, version, body, clock }) => {
      const asked = askedCategory(body);
      const row = await store.createTicketType(db, {
        workspace_id: workspace.id,
        name: body.name,
        description: body.description ?? '',
        icon: body.icon ?? contract.defaultIcon,
        category: asked === undefined || asked === 'not internal' ? 'Customer' : asked,
        created_at: clock(),
      });
      return presentTicketType(row, version);
    },
    categoryKnown,
  ),

  getTicketType: route(
    contract.getTicketType,
    async ({ db, workspace, version, params }) => {
      const row = await store.findTicketType(db, workspace.id, requiredId(params.ticket_type_id));
      return presentTicketType(written(row ?? 'missing'), version);
    },
    { isConfiguration: true },
  ),

  updateTicketType: route(
    changes.updateTicketType,
    async (call) => {
      const { db, workspace, version, params, body, clock, unmodifiedSince } = call;
      const { category, is_internal, ...changes } = body;
      const asked = askedCategory({ category, is_internal });
      const row = await store.updateTicketType(
        db,
        { workspaceId: workspace.id, id: requiredId(params.ticket_type_id), unmodifiedSince },
        { ...changes, category: asked },
        clock(),
      );
      return presentTicketType(written(row), version);
    },
    categoryKnown,
  ),

  createTicketTypeAttribute: route(changes.createTicketTypeAttribute, async (call) => {
    const { db, workspace, params, body, clock, newId } = call;
    const row = await attributeStore.createAttribute(db, {
      workspace_id: workspace.id,
      ticket_type_id: requiredId(params.ticket_type_id),
      name: body.name,
      description: body.description,
      data_type: body.data_type,
      input_options: inputOptions(body.data_type, body, null, newId),
      required_to_create: body.required_to_create ?? false,
      required_to_create_for_contacts: body.required_to_create_for_contacts ?? false,
      visible_on_create: body.visible_on_create ?? true,
      visible_to_contacts: body.visible_to_contacts ?? true,
      created_at: clock(),
    });
    return presentAttribute(written(row));
  }),

  updateTicketTypeAttribute: route(changes.updateTicketTypeAttribute, async (call) => {
    const { db, workspace, params, body, clock, newId, unmodifiedSince } = call;
    const row = await attributeStore.updateAttribute(
      db,
      {
        workspaceId: workspace.id,
        ticketTypeId: requiredId(params.ticket_type_id),
        id: requiredId(params.attribute_id),
        unmodifiedSince,
      },
      (current) => attributeChanges(current, body, newId),
      clock(),
    );
    return presentAttribute(written(row));
  }),
};
