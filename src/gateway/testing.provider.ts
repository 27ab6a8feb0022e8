import { generateKeyPairSync, sign } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { Provider } from 'oidc-provider';

export interface ProviderPerson {
  sub: string;
  email?: string;
  email_verified?: unknown;
  name?: string;
}

type Claims = Record<string, unknown>;

export interface TestProvider {
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** Who sits before the login page. */
  person: ProviderPerson;
  /** Makes other ID tokens of those that it would give; `undefined` gives none. They are signed again. */
  forge: ((claims: Claims) => Claims | undefined) | undefined;
  /** Signs forged tokens with a key that it has not published. */
  usesForeignKey: boolean;
  /** Is away from the network. */
  goAway(): Promise<void>;
  /** Is there again, where it was. */
  comeBack(): Promise<void>;
}

const newKey = () => generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A real OpenID provider on the loopback interface, with one client, whose login page asks nobody for anything. */
export async function startTestProvider(redirectUri: string): Promise<TestProvider> {
  const [own, foreign] = [newKey(), newKey()];
  const kid = 'test';
  const server = createServer((incoming, outgoing) => void answer(incoming, outgoing));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('A TCP server has an address with a port.');

  const test: TestProvider = {
    issuer: `http://127.0.0.1:${address.port}`,
    clientId: 'deskbell',
    clientSecret: 'a client secret of 32 characters'.replaceAll(' ', '-'),
    person: { sub: 'nobody' },
    forge: undefined,
    usesForeignKey: false,
    goAway: async () => {
      server.close();
      server.closeAllConnections();
      if (server.listening) await once(server, 'close');
    },
    comeBack: async () => {
      server.listen(address.port, '127.0.0.1');
      await once(server, 'listening');
    },
  };

  const provider = new Provider(test.issuer, {
    clients: [
      {
        client_id: test.clientId,
        client_secret: test.clientSecret,
        redirect_uris: [redirectUri],
        token_endpoint_auth_method: 'client_secret_post',
      },
    ],
    jwks: { keys: [{ ...own.export({ format: 'jwk' }), kid, use: 'sig', alg: 'RS256' }] },
    cookies: { keys: ['a key of tests'] },
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_, { uid }) => `/interaction/${uid}` },
    findAccount: (_, sub) => ({ accountId: sub, claims: async () => ({ ...test.person }) }),
    // Nobody is asked whether Deskbell may know who they are.
    loadExistingGrant: async ({ oidc }) => {
      const grant = new provider.Grant({ clientId: oidc.client?.clientId, accountId: oidc.account?.accountId });
      grant.addOIDCScope('openid email profile');
      await grant.save();
      return grant;
    },
    ttl: { Grant: 60, Session: 60, Interaction: 60, AccessToken: 60, IdToken: 60 },
  });
  provider.use(async (context, next) => {
    await next();
    const { body } = context;
    if (test.forge === undefined || context.path !== '/token' || typeof body.id_token !== 'string') return;
    const claims = test.forge(JSON.parse(Buffer.from(body.id_token.split('.')[1], 'base64url').toString()));
    const signed = claims && `${encode({ alg: 'RS256', kid })}.${encode(claims)}`;
    const key = test.usesForeignKey ? foreign : own;
    const { id_token: _, ...rest } = body;
    context.body = signed
      ? { ...rest, id_token: `${signed}.${sign('sha256', Buffer.from(signed), key).toString('base64url')}` }
      : rest;
  });
  const callback = provider.callback();
  const answer: Parameters<typeof createServer>[1] & {} = async (incoming, outgoing) => {
    if (!incoming.url?.startsWith('/interaction/')) return callback(incoming, outgoing);
    await provider.interactionFinished(incoming, outgoing, { login: { accountId: test.person.sub } });
  };
  return test;
}
