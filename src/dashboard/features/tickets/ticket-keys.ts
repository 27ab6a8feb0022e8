/** Of everything that is read of tickets. */
export const allTickets = ['tickets'] as const;

/** Of every list of tickets and everything counted from them. */
export const ticketLists = [...allTickets, 'list'] as const;
