import * as contract from '#contract/admins.ts';
import { isBefore } from '#contract/versions.ts';
import { numericId } from '../http/ids.ts';
import { notFound } from '../http/refusal.ts';
import { route } from '../http/route.ts';
import { presentAdmin, presentAdminWithAvatar, presentApp, presentAvatar } from './present.ts';
import { type AdminRow, findAdmin, listAdmins } from './store.ts';

function found(row: AdminRow | undefined): AdminRow {
  if (row === undefined) throw notFound('admin_not_found', 'Admin not found');
  return row;
}

export const adminRoutes = {
  identifyAdmin: route(
    contract.identifyAdmin,
    async ({ db, workspace }) => {
      const row = found(await findAdmin(db, workspace.id, workspace.admin_id));
      const { email_verified } = row;
      return { ...presentAdmin(row), email_verified, app: presentApp(workspace), avatar: presentAvatar(row) };
    },
    { isConfiguration: true },
  ),

  listAdmins: route(
    contract.listAdmins,
    async ({ db, workspace, version, query }) => {
      const rows = await listAdmins(db, workspace.id);
      const present = (row: AdminRow) =>
        query.display_avatar === 'true' ? presentAdminWithAvatar(row, version) : presentAdmin(row);
      return { type: 'admin.list' as const, admins: rows.map(present) };
    },
    { isConfiguration: true },
  ),

  retrieveAdmin: route(
    contract.retrieveAdmin,
    async ({ db, workspace, version, params }) => {
      const id = numericId(params.admin_id);
      const row = found(id === undefined ? undefined : await findAdmin(db, workspace.id, id));
      // The schema of 2.11 gives an avatar to those who ask for it in the list only.
      return isBefore(version, '2.11') ? presentAdminWithAvatar(row, version) : presentAdmin(row);
    },
    { isConfiguration: true },
  ),
};
