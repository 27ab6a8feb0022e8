export interface Mailbox {
  /** '' for none. */
  name: string;
  address: string;
}

// What a mail server could take for two addresses, a comment or a route is no address here.
const mailAddress = /^(?=.{3,254}$)[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[a-z\d](?:[a-z\d.-]*[a-z\d])?$/i;

/** Whether `text` is one plain mail address, without name, brackets, quotes or line ends. */
export const isMailAddress = (text: string) => mailAddress.test(text) && !/[\r\n]/.test(text);

/** Reads `desk@example.com` or `Name <desk@example.com>`; undefined for anything else. */
export function readMailbox(text: string): Mailbox | undefined {
  if (isMailAddress(text)) return { name: '', address: text };
  const [, name = '', address = ''] = /^"?([^\p{Cc}"<>]{1,100}?)"? <([^<>]+)>$/u.exec(text) ?? [];
  return isMailAddress(address) ? { name, address } : undefined;
}
