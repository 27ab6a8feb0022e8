import { expect, test } from 'vitest';
import { paths } from './paths.ts';

test('every address of the dashboard', () => {
  expect({
    home: paths.home.href(),
    tickets: paths.tickets.href(),
    ticketsFiltered: paths.tickets.href({ q: 'a b', state: undefined }),
    newTicket: paths.newTicket.href(),
    importTickets: paths.importTickets.href(),
    ticket: paths.ticket.href('8/1'),
    ticketTypes: paths.ticketTypes.href(),
    ticketTypesFiltered: paths.ticketTypes.href({ q: 'a b', category: undefined }),
    newTicketType: paths.newTicketType.href(),
    ticketType: paths.ticketType.href('8/1'),
    people: paths.people.href(),
    peopleFiltered: paths.people.href({ role: 'owner' }),
    activity: paths.activity.href({ object: '/ticket_types/7', person: undefined }),
    settings: paths.settings.href(),
    signIn: paths.signIn.href(),
    signInAtHome: paths.signIn.href('/'),
    signInNext: paths.signIn.href('/ticket-types?q=a&sort=-name#x'),
    forgotPassword: paths.forgotPassword.href(),
    welcome: paths.welcome.href(),
  }).toMatchInlineSnapshot(`
    {
      "activity": "/activity?object=%2Fticket_types%2F7",
      "forgotPassword": "/forgot-password",
      "home": "/",
      "importTickets": "/tickets/import",
      "newTicket": "/tickets/new",
      "newTicketType": "/ticket-types/new",
      "people": "/people",
      "peopleFiltered": "/people?role=owner",
      "settings": "/settings",
      "signIn": "/sign-in",
      "signInAtHome": "/sign-in",
      "signInNext": "/sign-in?next=%2Fticket-types%3Fq%3Da%26sort%3D-name%23x",
      "ticket": "/tickets/8%2F1",
      "ticketType": "/ticket-types/8%2F1",
      "ticketTypes": "/ticket-types",
      "ticketTypesFiltered": "/ticket-types?q=a%20b",
      "tickets": "/tickets",
      "ticketsFiltered": "/tickets?q=a%20b",
      "welcome": "/welcome",
    }
  `);
});
