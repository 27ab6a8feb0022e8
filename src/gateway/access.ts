import type { GatewayOperationName } from '#contract/gateway/operations.ts';
import { type Role, roles } from '#contract/gateway/roles.ts';
import type { OperationName } from '#contract/operations.ts';

/** Who may use an operation: those who have one of the roles, or also who is not signed in. */
export type Access = readonly Role[] | 'anyone';

const everyone: readonly Role[] = roles;
const admins: readonly Role[] = ['admin', 'owner'];
const overseers: readonly Role[] = ['admin', 'manager', 'owner'];
const owners: readonly Role[] = ['owner'];

/** The one place that says who may do what. What a screen shows or hides follows from it, and protects nothing. */
export const access: Readonly<Record<OperationName | GatewayOperationName, Access>> = {
  listTicketTypes: everyone,
  createTicketType: admins,
  getTicketType: everyone,
  updateTicketType: admins,
  createTicketTypeAttribute: admins,
  updateTicketTypeAttribute: admins,
  createTicket: everyone,
  getTicket: everyone,
  updateTicket: everyone,
  replyTicket: everyone,
  searchTickets: everyone,
  attachTagToTicket: everyone,
  detachTagFromTicket: everyone,
  listTags: everyone,
  createTag: everyone,
  findTag: everyone,
  deleteTag: admins,
  listTeams: everyone,
  retrieveTeam: everyone,
  identifyAdmin: everyone,
  listAdmins: everyone,
  retrieveAdmin: everyone,
  listContacts: everyone,
  createContact: everyone,
  showContact: everyone,
  updateContact: everyone,
  searchContacts: everyone,
  retrieveCompany: everyone,
  createOrUpdateCompany: everyone,
  retrieveACompanyById: everyone,

  about: everyone,
  getSession: everyone,
  getSignInOptions: 'anyone',
  signIn: 'anyone',
  signInSecondFactor: 'anyone',
  signInDemo: 'anyone',
  signInSso: 'anyone',
  startPasskeySignIn: 'anyone',
  signInPasskey: 'anyone',
  signOut: everyone,
  readLink: 'anyone',
  followLink: 'anyone',
  requestPasswordReset: 'anyone',
  updateAccount: everyone,
  changePassword: everyone,
  startSecondFactor: everyone,
  confirmSecondFactor: everyone,
  removeSecondFactor: everyone,
  listPasskeys: everyone,
  startPasskey: everyone,
  addPasskey: everyone,
  removePasskey: everyone,
  listSessions: everyone,
  revokeSession: everyone,
  listPeople: owners,
  invitePerson: owners,
  renewInvitation: owners,
  updatePerson: owners,
  listActivity: overseers,
  exportActivity: overseers,
  previewRevert: admins,
  revertActivity: admins,
  getActor: everyone,
  watchEvents: everyone,
  listTickets: everyone,
  countTickets: everyone,
  exportTickets: everyone,
  listViews: everyone,
  createView: everyone,
  updateView: everyone,
  deleteView: everyone,
  listBatches: everyone,
  getBatch: everyone,
  createBatch: everyone,
  addBatchRows: everyone,
  controlBatch: everyone,
  revertBatch: everyone,
  listBatchItems: everyone,
  exportBatchProblems: everyone,
};

/** Whether someone with these roles may use the operation. */
export function mayUse(name: OperationName | GatewayOperationName, held: readonly Role[]): boolean {
  const allowed = access[name];
  return allowed === 'anyone' || held.some((role) => allowed.includes(role));
}

/** The names of all operations that someone with these roles may use, and of the others the roles that may. */
export function permissionsOf(held: readonly Role[]): { operations: string[]; needed: Record<string, Role[]> } {
  const names = Object.keys(access) as (keyof typeof access)[];
  const refused = names.flatMap((name) => {
    const allowed = access[name];
    return allowed === 'anyone' || mayUse(name, held) ? [] : [[name, [...allowed]] as [string, Role[]]];
  });
  return { operations: names.filter((name) => mayUse(name, held)), needed: Object.fromEntries(refused) };
}
