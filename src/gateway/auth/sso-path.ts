/** The id under which the single sign-on provider's accounts are kept. */
export const ssoProvider = 'oidc';

/** Where better-auth's own addresses begin; only the one to which the provider sends people back is served. */
export const ssoPath = '/gateway/sso';
export const ssoCallbackPath = `${ssoPath}/callback/${ssoProvider}`;

export const withoutSlash = (issuer: string) => issuer.replace(/\/$/, '');

/** Where a provider says what it is. */
export const discoveryUrl = (issuer: string) => `${withoutSlash(issuer)}/.well-known/openid-configuration`;
