import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { identifyAdmin, listAdmins } from '#contract/admins.ts';
import { about } from '#contract/gateway/about.ts';
import { getSession } from '#contract/gateway/current-session.ts';
import { listPasskeys } from '#contract/gateway/passkeys.ts';
import { listPeople } from '#contract/gateway/people.ts';
import { getSignInOptions, listSessions } from '#contract/gateway/session.ts';
import { listTeams } from '#contract/teams.ts';
import { getTicketType, listTicketTypes } from '#contract/ticket-types.ts';
import { getTicket } from '#contract/tickets.ts';

/** What a screen needs first. Wrong or missing entries cost time, and nothing else. */
interface Screen {
  /** Groups named like the parameters in `data` are put in their places. */
  address: RegExp;
  /** Its page, as the build's manifest names it. */
  page: string;
  /** Where it gets its data. */
  data: readonly string[];
  /** It is for who is not signed in, and stands without the frame. */
  isOutside?: boolean;
}

const frame = [getSession.path, `/api${identifyAdmin.path}`, about.path];
const ticketTypes = 'src/dashboard/features/ticket-types';
const account = 'src/dashboard/features/account';

export const screens: readonly Screen[] = [
  // Without the rows: what its address filters by, this list does not know.
  {
    address: /^\/(?:tickets)?$/,
    page: 'src/dashboard/features/tickets/ticket-list-page.tsx',
    data: [`/api${listTicketTypes.path}`, `/api${listAdmins.path}`, `/api${listTeams.path}`],
  },
  {
    address: /^\/ticket-types$/,
    page: `${ticketTypes}/ticket-type-list-page.tsx`,
    data: [`/api${listTicketTypes.path}`],
  },
  { address: /^\/ticket-types\/new$/, page: `${ticketTypes}/new-ticket-type-page.tsx`, data: [] },
  {
    address: /^\/ticket-types\/(?<ticket_type_id>\d+)$/,
    page: `${ticketTypes}/ticket-type-page.tsx`,
    data: [`/api${getTicketType.path}`],
  },
  {
    address: /^\/tickets\/(?<ticket_id>\d+)$/,
    page: 'src/dashboard/features/tickets/ticket-page.tsx',
    data: [`/api${getTicket.path}`],
  },
  { address: /^\/settings$/, page: `${account}/settings-page.tsx`, data: [listSessions.path, listPasskeys.path] },
  { address: /^\/sign-in$/, page: `${account}/sign-in-page.tsx`, data: [getSignInOptions.path], isOutside: true },
  { address: /^\/forgot-password$/, page: `${account}/forgot-password-page.tsx`, data: [], isOutside: true },
  { address: /^\/welcome$/, page: `${account}/welcome-page.tsx`, data: [], isOutside: true },
  { address: /^\/people$/, page: 'src/dashboard/features/people/people-page.tsx', data: [listPeople.path] },
  // Without data: what its address filters by, this list does not know.
  { address: /^\/activity$/, page: 'src/dashboard/features/activity/activity-page.tsx', data: [] },
];

const manifestSchema = z.record(z.string(), z.object({ file: z.string(), imports: z.array(z.string()).optional() }));
type Manifest = z.output<typeof manifestSchema>;

/**
 * The `Link` header of the page at an address: what its screen asks for anyway, so that the browser asks for it beside
 * the script instead of after it. `withData` is false where the page brings the data itself.
 */
export function createPageHints(dashboardDir: string) {
  const manifest = readManifest(dashboardDir);
  return (address: string, { withData }: { withData: boolean }): string => {
    const screen = screens.find((one) => one.address.test(address));
    const values = screen?.address.exec(address)?.groups ?? {};
    const own = screen?.data.map((url) => url.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '')) ?? [];
    const data = (withData ? [...(screen?.isOutside ? [] : frame), ...own] : []).map(
      (url) => `<${url}>; rel=preload; as=fetch; crossorigin=anonymous`,
    );
    const chunks = screen === undefined ? [] : [...filesOf(manifest, screen.page)];
    return [...data, ...chunks.map((file) => `</${file}>; rel=modulepreload`)].join(', ');
  };
}

/** The files of a chunk and of what it imports; of the page itself too, which the browser knows already. */
function filesOf(manifest: Manifest, name: string, found = new Set<string>()): Set<string> {
  const chunk = manifest[name];
  if (chunk === undefined || found.has(chunk.file)) return found;
  found.add(chunk.file);
  for (const imported of chunk.imports ?? []) filesOf(manifest, imported, found);
  return found;
}

function readManifest(dashboardDir: string): Manifest {
  try {
    return manifestSchema.parse(JSON.parse(readFileSync(path.join(dashboardDir, '.vite/manifest.json'), 'utf8')));
  } catch {
    return {};
  }
}
