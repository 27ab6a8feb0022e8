import { about } from './about.ts';
import * as activity from './activity.ts';
import * as batches from './batches.ts';
import { getSession } from './current-session.ts';
import { watchEvents } from './events.ts';
import * as passkeys from './passkeys.ts';
import * as people from './people.ts';
import * as session from './session.ts';
import * as tickets from './tickets.ts';
import * as views from './views.ts';

/** Every operation that the gateway answers itself, by name. They never reach the upstream. */
export const gatewayOperations = {
  about,
  getSession,
  getSignInOptions: session.getSignInOptions,
  signIn: session.signIn,
  signInSecondFactor: session.signInSecondFactor,
  signInDemo: session.signInDemo,
  signInSso: session.signInSso,
  startPasskeySignIn: passkeys.startPasskeySignIn,
  signInPasskey: passkeys.signInPasskey,
  signOut: session.signOut,
  readLink: session.readLink,
  followLink: session.followLink,
  requestPasswordReset: session.requestPasswordReset,
  updateAccount: session.updateAccount,
  changePassword: session.changePassword,
  startSecondFactor: session.startSecondFactor,
  confirmSecondFactor: session.confirmSecondFactor,
  removeSecondFactor: session.removeSecondFactor,
  listPasskeys: passkeys.listPasskeys,
  startPasskey: passkeys.startPasskey,
  addPasskey: passkeys.addPasskey,
  removePasskey: passkeys.removePasskey,
  listSessions: session.listSessions,
  revokeSession: session.revokeSession,
  listPeople: people.listPeople,
  invitePerson: people.invitePerson,
  renewInvitation: people.renewInvitation,
  updatePerson: people.updatePerson,
  listActivity: activity.listActivity,
  exportActivity: activity.exportActivity,
  previewRevert: activity.previewRevert,
  revertActivity: activity.revertActivity,
  getActor: tickets.getActor,
  watchEvents,
  listTickets: tickets.listTickets,
  countTickets: tickets.countTickets,
  exportTickets: tickets.exportTickets,
  listViews: views.listViews,
  createView: views.createView,
  updateView: views.updateView,
  deleteView: views.deleteView,
  listBatches: batches.listBatches,
  getBatch: batches.getBatch,
  createBatch: batches.createBatch,
  addBatchRows: batches.addBatchRows,
  controlBatch: batches.controlBatch,
  revertBatch: batches.revertBatch,
  listBatchItems: batches.listBatchItems,
  exportBatchProblems: batches.exportBatchProblems,
} as const;

export type GatewayOperationName = keyof typeof gatewayOperations;
