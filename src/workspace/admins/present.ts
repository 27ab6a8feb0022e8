import type { Admin, App } from '#contract/admins.ts';
import { type ApiVersion, isBefore } from '#contract/versions.ts';
import type { Workspace } from '../http/authentication.ts';
import type { AdminRow } from './store.ts';

export function presentAdmin(row: AdminRow) {
  return {
    type: 'admin' as const,
    id: String(row.id),
    name: row.name,
    email: row.email,
    ...(row.job_title === null ? {} : { job_title: row.job_title }),
    away_mode_enabled: row.away_mode_enabled,
    away_mode_reassign: row.away_mode_reassign,
    has_inbox_seat: row.has_inbox_seat,
    team_ids: row.team_ids,
  };
}

/** The avatar as /me gives it in every version, and the others from 2.11 on. */
export function presentAvatar(row: AdminRow) {
  return { type: 'avatar' as const, image_url: row.avatar_url };
}

export function presentAdminWithAvatar(row: AdminRow, version: ApiVersion): Admin {
  return { ...presentAdmin(row), avatar: isBefore(version, '2.11') ? row.avatar_url : presentAvatar(row) };
}

export function presentApp(workspace: Workspace): App {
  return {
    type: 'app',
    id_code: workspace.id,
    name: workspace.name,
    created_at: workspace.created_at,
    secure: workspace.identity_verification,
    identity_verification: workspace.identity_verification,
    timezone: workspace.timezone,
    region: workspace.region,
  };
}
