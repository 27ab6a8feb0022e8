import { queryString } from '#contract/request.ts';

/** Every address of the dashboard: `pattern` for the router, `href` for links. */
export const paths = {
  home: { pattern: '/', href: () => '/' },
  ticketTypes: {
    pattern: '/ticket-types',
    href: (search?: Record<string, string | undefined>) => `/ticket-types${queryString(search)}`,
  },
  newTicketType: { pattern: '/ticket-types/new', href: () => '/ticket-types/new' },
  ticketType: {
    pattern: '/ticket-types/:ticketTypeId',
    href: (ticketTypeId: string) => `/ticket-types/${encodeURIComponent(ticketTypeId)}`,
  },
} as const;

/** The named parameter of the current route. Throws when the route has none: that is a mistake in the route table. */
export function requiredParam(params: Readonly<Record<string, string | undefined>>, name: string): string {
  const value = params[name];
  if (value === undefined) throw new Error(`The route has no parameter ${name}.`);
  return value;
}
