import { nobody } from '#contract/ticket-states.ts';
import type { Db } from '#database/database.ts';
import { type AdminRow, findAdmin } from '../admins/store.ts';
import { type ContactRow, findContact, findContactBy, insertContact } from '../contacts/store.ts';
import { newHexId, numericId } from '../http/ids.ts';
import { invalid } from '../http/refusal.ts';
import { findTeam } from '../teams/store.ts';
import type { ContactReference } from './reply-rules.ts';
import type { Assignment } from './rules.ts';

const emailForm = /^[^\s@]+@[^\s@]+$/;

export async function adminOf(db: Db, workspaceId: string, id: string): Promise<AdminRow | undefined> {
  const number = numericId(id);
  return number === undefined ? undefined : findAdmin(db, workspaceId, number);
}

export async function contactOf(
  db: Db,
  workspaceId: string,
  reference: ContactReference,
): Promise<ContactRow | undefined> {
  return 'id' in reference ? findContact(db, workspaceId, reference.id) : findContactBy(db, workspaceId, reference);
}

/** The contact that a new ticket is about. An email that nobody has makes a user. */
export async function contactOfNewTicket(
  db: Db,
  workspaceId: string,
  reference: ContactReference,
  { now, uuid }: { now: number; uuid: string },
): Promise<ContactRow | undefined> {
  const known = await contactOf(db, workspaceId, reference);
  if (known !== undefined || !('email' in reference)) return known;
  if (!emailForm.test(reference.email)) throw invalid('contacts.0.email', 'is invalid');
  const made = await insertContact(db, {
    workspace_id: workspaceId,
    id: newHexId(now, uuid),
    role: 'user',
    email: reference.email,
    created_at: now,
  });
  return 'conflictsWith' in made ? findContact(db, workspaceId, made.conflictsWith) : made;
}

/** Whom an assignment names; undefined when one of them does not exist. */
export async function assignmentOf(
  db: Db,
  workspaceId: string,
  asked: { admin_id: string; assignee_id: string },
): Promise<Assignment | undefined> {
  const by = await adminOf(db, workspaceId, asked.admin_id);
  if (by === undefined) return undefined;
  if (asked.assignee_id === nobody) return { by: by.id, to: undefined };
  const id = numericId(asked.assignee_id);
  if (id === undefined) return undefined;
  if (await findAdmin(db, workspaceId, id)) return { by: by.id, to: { type: 'admin', id } };
  return (await findTeam(db, workspaceId, id)) && { by: by.id, to: { type: 'team', id } };
}
