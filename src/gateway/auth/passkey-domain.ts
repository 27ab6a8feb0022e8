// Without PUBLIC_URL people come by any name of this machine; of those only localhost is a domain.
const ownName = 'localhost';

/** The domain that passkeys are for. Where it is an IP address, which can be none, there are no passkeys. */
export const passkeyDomain = (publicUrl: string | undefined) =>
  publicUrl === undefined ? ownName : new URL(publicUrl).hostname;
