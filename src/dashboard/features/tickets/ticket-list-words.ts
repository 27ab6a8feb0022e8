const numbers = new Intl.NumberFormat('en');

export interface Count {
  count: number;
  isEstimate: boolean;
}

/** "1,200", or "about 1,200" where nobody has counted to the end. */
export function countText({ count, isEstimate }: Count): string {
  return `${isEstimate ? 'about ' : ''}${numbers.format(count)}`;
}

/** "1 ticket", "about 1,200 tickets". */
export function ticketCount(count: Count): string {
  return `${countText(count)} ticket${count.count === 1 && !count.isEstimate ? '' : 's'}`;
}
