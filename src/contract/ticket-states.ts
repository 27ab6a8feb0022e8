// Apart from the operations: the first page needs these, and none of those.

export const ticketStates = ['submitted', 'in_progress', 'waiting_on_customer', 'resolved'] as const;
export type TicketState = (typeof ticketStates)[number];

/** The words for a state, for teammates and for customers alike. */
export const ticketStateLabels: Record<TicketState, string> = {
  submitted: 'Submitted',
  in_progress: 'In progress',
  waiting_on_customer: 'Waiting on customer',
  resolved: 'Resolved',
};

/** Stands for "nobody" in both assignee fields, and unassigns in an assignment. */
export const nobody = '0';
