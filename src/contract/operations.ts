import * as admins from './admins.ts';
import * as companies from './companies.ts';
import * as contacts from './contacts.ts';
import * as tags from './tags.ts';
import * as teams from './teams.ts';
import * as ticketTypeChanges from './ticket-type-changes.ts';
import * as ticketTypes from './ticket-types.ts';
import * as tickets from './tickets.ts';

/** Every operation of the API, by name. What is not here does not exist for the gateway. */
export const operations = {
  listTicketTypes: ticketTypes.listTicketTypes,
  createTicketType: ticketTypeChanges.createTicketType,
  getTicketType: ticketTypes.getTicketType,
  updateTicketType: ticketTypeChanges.updateTicketType,
  createTicketTypeAttribute: ticketTypeChanges.createTicketTypeAttribute,
  updateTicketTypeAttribute: ticketTypeChanges.updateTicketTypeAttribute,
  createTicket: tickets.createTicket,
  getTicket: tickets.getTicket,
  updateTicket: tickets.updateTicket,
  replyTicket: tickets.replyTicket,
  searchTickets: tickets.searchTickets,
  attachTagToTicket: tickets.attachTagToTicket,
  detachTagFromTicket: tickets.detachTagFromTicket,
  listTags: tags.listTags,
  createTag: tags.createTag,
  findTag: tags.findTag,
  deleteTag: tags.deleteTag,
  listTeams: teams.listTeams,
  retrieveTeam: teams.retrieveTeam,
  identifyAdmin: admins.identifyAdmin,
  listAdmins: admins.listAdmins,
  retrieveAdmin: admins.retrieveAdmin,
  listContacts: contacts.listContacts,
  createContact: contacts.createContact,
  showContact: contacts.showContact,
  updateContact: contacts.updateContact,
  searchContacts: contacts.searchContacts,
  retrieveCompany: companies.retrieveCompany,
  createOrUpdateCompany: companies.createOrUpdateCompany,
  retrieveACompanyById: companies.retrieveACompanyById,
} as const;

export type OperationName = keyof typeof operations;
