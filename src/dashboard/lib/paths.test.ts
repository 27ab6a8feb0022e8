import { expect, test } from 'vitest';
import { paths } from './paths.ts';

test('every address of the dashboard', () => {
  expect({
    home: paths.home.href(),
    ticketTypes: paths.ticketTypes.href(),
    ticketTypesFiltered: paths.ticketTypes.href({ q: 'a b', category: undefined }),
    newTicketType: paths.newTicketType.href(),
    ticketType: paths.ticketType.href('8/1'),
  }).toMatchInlineSnapshot(`
    {
      "home": "/",
      "newTicketType": "/ticket-types/new",
      "ticketType": "/ticket-types/8%2F1",
      "ticketTypes": "/ticket-types",
      "ticketTypesFiltered": "/ticket-types?q=a%20b",
    }
  `);
});
