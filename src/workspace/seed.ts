import { createHash } from 'node:crypto';
import { and, eq, ne } from 'drizzle-orm';
import type { Db } from '#database/database.ts';
import { admins } from './admins/tables.ts';
import { hashToken } from './http/authentication.ts';
import { demoAdmins, demoTeams, demoWorkspace, emptyWorkspace, owner } from './seed/people.ts';
import { demoRecords } from './seed/records.ts';
import { insertRows } from './seed/store.ts';
import { demoTicketTypes, type SeedAttribute, type SeedTicketType } from './seed/ticket-types.ts';
import { workspaces } from './tables.ts';
import { teamMembers, teams } from './teams/tables.ts';
import { inputOptions } from './ticket-types/rules.ts';
import { defaultAttributes, nameKey } from './ticket-types/store.ts';
import { ticketTypeAttributes, ticketTypes } from './ticket-types/tables.ts';

/** The id of the one workspace of an embedded Deskbell. */
export const embeddedWorkspaceId = 'dk4m2x9q';
const firstAttributeId = 5_001;

/** The same uuid for the same text, so that a seed gives the same workspace every time. */
function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  );
}

function attributeRow(type: SeedTicketType, attribute: SeedAttribute, position: number, now: number) {
  const time = daysBefore(now, type.created - (type.created - type.changed) * (position / type.attributes.length));
  const asked = {
    multiline: attribute.multiline,
    list_items: attribute.items?.join(','),
    allow_multiple_values: attribute.multiple,
  };
  let made = 0;
  const newId = () => uuidOf(`${type.id}/${attribute.name}/${made++}`);
  return {
    workspace_id: embeddedWorkspaceId,
    ticket_type_id: type.id,
    name: attribute.name,
    name_key: nameKey(attribute.name),
    description: attribute.description ?? '',
    data_type: attribute.dataType,
    input_options: inputOptions(attribute.dataType, asked, null, newId),
    order: position + 2,
    required_to_create: attribute.required !== undefined,
    required_to_create_for_contacts: attribute.required === 'everyone',
    visible_on_create: attribute.archived !== true,
    visible_to_contacts: type.category === 'Customer' && attribute.internal !== true,
    archived: attribute.archived ?? false,
    created_at: time,
    updated_at: attribute.archived === true ? daysBefore(now, type.changed) : time,
  };
}

function daysBefore(now: number, days: number): number {
  return now - Math.round(days * 86_400);
}

function ticketTypeRow(
  { id, name, description, icon, category, archived = false, ...times }: SeedTicketType,
  now: number,
) {
  const [created_at, updated_at] = [daysBefore(now, times.created), daysBefore(now, times.changed)];
  return { workspace_id: embeddedWorkspaceId, id, name, description, icon, category, archived, created_at, updated_at };
}

async function seedDemo(db: Db, now: number, records: boolean): Promise<void> {
  const workspace_id = embeddedWorkspaceId;
  await db.insert(admins).values(demoAdmins.map((admin) => ({ ...admin, workspace_id })));
  await db.insert(teams).values(demoTeams.map(({ id, name }) => ({ workspace_id, id, name })));
  await db.insert(teamMembers).values(
    demoTeams.flatMap(({ id, primary, secondary }) =>
      [...primary, ...secondary].map((admin_id) => ({
        workspace_id,
        team_id: id,
        admin_id,
        is_primary: primary.includes(admin_id),
      })),
    ),
  );
  const types = demoTicketTypes.map((type) => ticketTypeRow(type, now));
  await db.insert(ticketTypes).values(types);
  const attributes = demoTicketTypes.flatMap((type) => [
    ...defaultAttributes(ticketTypeRow(type, now)),
    ...type.attributes.map((attribute, position) => attributeRow(type, attribute, position, now)),
  ]);
  const numbered = attributes.map((attribute, index) => ({
    archived: false,
    default: false,
    ...attribute,
    id: firstAttributeId + index,
  }));
  await db.insert(ticketTypeAttributes).values(numbered);
  if (!records) return;
  const whole = types.map((type) => ({
    ...type,
    attributes: numbered.filter(({ ticket_type_id }) => ticket_type_id === type.id),
  }));
  for (const rows of demoRecords({ workspaceId: workspace_id, now, types: whole })) await insertRows(db, rows);
}

/**
 * Makes the embedded workspace with `token`, unless it is there already; then too `token` is the one that opens it
 * from now on, but for `replacesToken: false`. `demo` fills it with a company's ticket types, admins and
 * teams and, but for `records: false`, with contacts, companies, tags and tickets, always the same; `empty` makes one
 * admin.
 */
export async function seedWorkspace(
  db: Db,
  options: { seed: 'demo' | 'empty'; records?: boolean; token: string; replacesToken?: boolean; clock: () => number },
): Promise<void> {
  const now = options.clock();
  const { ageInDays, ...described } = options.seed === 'demo' ? demoWorkspace : emptyWorkspace;
  const token_hash = hashToken(options.token);
  await db.transaction(async (transaction) => {
    const made = await transaction
      .insert(workspaces)
      .values({
        ...described,
        id: embeddedWorkspaceId,
        token_hash,
        admin_id: owner.id,
        created_at: daysBefore(now, ageInDays),
      })
      .onConflictDoNothing({ target: workspaces.id })
      .returning({ id: workspaces.id });
    if (made.length === 0) {
      if (options.replacesToken === false) return;
      // Only when it differs: a write at every start would be a change worth a backup.
      await transaction
        .update(workspaces)
        .set({ token_hash })
        .where(and(eq(workspaces.id, embeddedWorkspaceId), ne(workspaces.token_hash, token_hash)));
    } else if (options.seed === 'demo') {
      await seedDemo(transaction, now, options.records ?? true);
    } else {
      await transaction.insert(admins).values({ ...owner, workspace_id: embeddedWorkspaceId });
    }
  });
}
