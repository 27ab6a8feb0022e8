import * as admins from './admins.ts';
import * as teams from './teams.ts';
import * as ticketTypes from './ticket-types.ts';

/** Every operation of the API, by name. What is not here does not exist for the gateway. */
export const operations = {
  listTicketTypes: ticketTypes.listTicketTypes,
  createTicketType: ticketTypes.createTicketType,
  getTicketType: ticketTypes.getTicketType,
  updateTicketType: ticketTypes.updateTicketType,
  createTicketTypeAttribute: ticketTypes.createTicketTypeAttribute,
  updateTicketTypeAttribute: ticketTypes.updateTicketTypeAttribute,
  listTeams: teams.listTeams,
  retrieveTeam: teams.retrieveTeam,
  identifyAdmin: admins.identifyAdmin,
  listAdmins: admins.listAdmins,
  retrieveAdmin: admins.retrieveAdmin,
} as const;

export type OperationName = keyof typeof operations;
