import { queryString } from '#contract/request.ts';

/** Every address of the dashboard: `pattern` for the router, `href` for links. */
export const paths = {
  home: { pattern: '/', href: () => '/' },
  tickets: {
    pattern: '/tickets',
    href: (search?: Record<string, string | undefined>) => `/tickets${queryString(search)}`,
  },
  newTicket: { pattern: '/tickets/new', href: () => '/tickets/new' },
  importTickets: { pattern: '/tickets/import', href: () => '/tickets/import' },
  ticket: { pattern: '/tickets/:ticketId', href: (ticketId: string) => `/tickets/${encodeURIComponent(ticketId)}` },
  ticketTypes: {
    pattern: '/ticket-types',
    href: (search?: Record<string, string | undefined>) => `/ticket-types${queryString(search)}`,
  },
  newTicketType: { pattern: '/ticket-types/new', href: () => '/ticket-types/new' },
  ticketType: {
    pattern: '/ticket-types/:ticketTypeId',
    href: (ticketTypeId: string) => `/ticket-types/${encodeURIComponent(ticketTypeId)}`,
  },
  people: {
    pattern: '/people',
    href: (search?: Record<string, string | undefined>) => `/people${queryString(search)}`,
  },
  activity: {
    pattern: '/activity',
    href: (search?: Record<string, string | undefined>) => `/activity${queryString(search)}`,
  },
  settings: { pattern: '/settings', href: () => '/settings' },
  // The pages for who is not signed in. index.html knows them too.
  signIn: {
    pattern: '/sign-in',
    /** `next`: the address to go on to. */
    href: (next?: string) => `/sign-in${queryString({ next: next === '/' ? undefined : next })}`,
  },
  forgotPassword: { pattern: '/forgot-password', href: () => '/forgot-password' },
  /** Where every link leads that Deskbell sends or prints; its token stands behind a `#`. */
  welcome: { pattern: '/welcome', href: () => '/welcome' },
} as const;

/** Whether an address is one of those for who is not signed in. */
export function isOutside(pathname: string): boolean {
  return [paths.signIn, paths.forgotPassword, paths.welcome].some(({ pattern }) => pattern === pathname);
}

/** The named parameter of the current route. Throws when the route has none: that is a mistake in the route table. */
export function requiredParam(params: Readonly<Record<string, string | undefined>>, name: string): string {
  const value = params[name];
  if (value === undefined) throw new Error(`The route has no parameter ${name}.`);
  return value;
}
