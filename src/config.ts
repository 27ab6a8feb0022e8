import { isIP } from 'node:net';
import path from 'node:path';
import { z } from 'zod';
import { isAddressRange } from '#gateway/client-address.ts';
import { readMailbox } from '#gateway/mail-address.ts';

export interface Config {
  host: string;
  port: number;
  /** Whether `host` can be reached from this machine only. */
  isLoopback: boolean;
  /** The origin under which people open Deskbell. Undefined: any name of this machine. */
  publicUrl: string | undefined;
  /** Undefined: the dashboard is served over plain HTTP. */
  tls: { certFile: string; keyFile: string } | undefined;
  /** IP addresses and CIDR ranges whose `X-Forwarded-For` is believed. */
  trustedProxies: string[];
  /** Undefined: made at first start and kept in the data folder. */
  sessionSecret: string | undefined;
  oidc: { issuer: string; clientId: string; clientSecret: string; name: string } | undefined;
  mail: { smtpUrl: string; from: string } | undefined;
  personRateLimit: { limit: number; windowSeconds: 10 } | 'off';
  workspacePort: number;
  /** Undefined: made at first start and kept in the data folder. */
  workspaceToken: string | undefined;
  workspaceRateLimit: { limit: number; windowSeconds: number } | 'off';
  /** Absolute. */
  dataDir: string;
  /** Undefined: the embedded database in `dataDir`. */
  databaseUrl: string | undefined;
  upstream: { kind: 'embedded' } | { kind: 'intercom'; token: string; region: Region; baseUrl: string };
  seed: 'demo' | 'empty';
  logLevel: (typeof logLevels)[number];
}

const regions = ['us', 'eu', 'au'] as const;
type Region = (typeof regions)[number];

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

const baseUrlOf: Record<Region, string> = {
  us: 'https://api.intercom.io',
  eu: 'https://api.eu.intercom.io',
  au: 'https://api.au.intercom.io',
};

const isLoopback = (host: string) => /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/.test(host);

const isHost = (host: string) =>
  isIP(host.replace(/^\[(.*)\]$/, '$1')) !== 0 || /^[a-z\d]([a-z\d.-]*[a-z\d])?$/i.test(host);

/** Encrypted, or on the way to this machine only. */
const isSafe = ({ protocol, hostname }: URL) => protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname));

/** Without user name, password, path or query. */
function isOrigin(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const url = new URL(value);
  return url.href === `${url.origin}/` && isSafe(url);
}

function isIssuer(value: string): boolean {
  if (!URL.canParse(value) || /[\s?#]/.test(value)) return false;
  const url = new URL(value);
  return url.username === '' && url.password === '' && isSafe(url);
}

function isSmtpUrl(value: string): boolean {
  if (!URL.canParse(value) || /[\s?#]/.test(value)) return false;
  const url = new URL(value);
  if (!['smtp:', 'smtps:'].includes(url.protocol) || url.hostname === '' || !/^\/?$/.test(url.pathname)) return false;
  try {
    decodeURIComponent(url.username + url.password);
  } catch {
    return false;
  }
  return (url.username === '') === (url.password === '');
}

const isPostgresUrl = (value: string) =>
  URL.canParse(value) && ['postgres:', 'postgresql:'].includes(new URL(value).protocol);

const port = z
  .string()
  .regex(/^\d{1,5}$/, 'must be a whole number from 0 to 65535')
  .transform(Number)
  .refine((value) => value <= 65_535, 'must be a whole number from 0 to 65535');

const oneOf = <const Values extends readonly string[]>(values: Values) =>
  z.enum(values, `must be one of ${values.join(', ')}`);

const perTenSeconds = z
  .string()
  .regex(/^(off|[1-9]\d{0,6})$/, 'must be off, or how many requests are let through in 10 seconds')
  .transform((value) => (value === 'off' ? value : { limit: Number(value), windowSeconds: 10 as const }));

const credential = z.string().regex(/^[\x21-\x7e]{1,1000}$/, 'must be 1 to 1000 characters of ASCII without spaces');

// The messages never repeat the value: it may be a secret in the wrong place.
const settings = z.object({
  HOST: z.string().refine(isHost, 'must be an address of this machine, such as 127.0.0.1').default('127.0.0.1'),
  PORT: port.default(8080),
  PUBLIC_URL: z
    .string()
    .refine(isOrigin, 'must be an https address without a path, or an http address on this machine')
    .transform((value) => new URL(value).origin)
    .optional(),
  TLS_CERT_FILE: z.string().optional(),
  TLS_KEY_FILE: z.string().optional(),
  TRUSTED_PROXY: z
    .string()
    .transform((value) => value.split(',').map((range) => range.trim()))
    .refine((ranges) => ranges.every(isAddressRange), 'must be IP addresses or ranges such as 10.0.0.0/8, with commas')
    .default([]),
  SESSION_SECRET: z
    .string()
    .regex(/^[\x21-\x7e]{32,1000}$/, 'must be 32 to 1000 characters of ASCII without spaces')
    .optional(),
  OIDC_ISSUER: z
    .string()
    .refine(isIssuer, 'must be an https address without a query, or an http address on this machine')
    .optional(),
  OIDC_CLIENT_ID: credential.optional(),
  OIDC_CLIENT_SECRET: credential.optional(),
  OIDC_NAME: z
    .string()
    .regex(/^[^\p{C}]{1,60}$/u, 'must be 1 to 60 characters on one line')
    .optional(),
  SMTP_URL: z
    .string()
    .refine(isSmtpUrl, 'must be an address such as smtps://user:password@host:465, without a path or a query')
    .optional(),
  MAIL_FROM: z
    .string()
    .refine((value) => readMailbox(value) !== undefined, 'must be a mail address, or a name and <a mail address>')
    .optional(),
  PERSON_RATE_LIMIT: perTenSeconds.default({ limit: 500, windowSeconds: 10 }),
  WORKSPACE_PORT: port.default(8081),
  WORKSPACE_TOKEN: z
    .string()
    .regex(/^[\w.~+/=:-]{16,200}$/, 'must be 16 to 200 letters, digits or characters of -._~+/=:')
    .optional(),
  WORKSPACE_RATE_LIMIT: perTenSeconds.default('off'),
  DATA_DIR: z.string().default('.data'),
  DATABASE_URL: z
    .string()
    .refine(isPostgresUrl, 'must be an address such as postgresql://user:password@host:5432/name')
    .optional(),
  INTERCOM_ACCESS_TOKEN: z
    .string()
    .regex(/^[\x21-\x7e]+$/, 'must be an access token without spaces')
    .optional(),
  INTERCOM_REGION: oneOf(regions).optional(),
  INTERCOM_BASE_URL: z
    .string()
    .refine(isOrigin, 'must be an https address without a path, or an http address on this machine')
    .optional(),
  SEED: oneOf(['demo', 'empty']).default('demo'),
  LOG_LEVEL: oneOf(logLevels).default('warn'),
});

/** A setting is wrong. The message is one sentence that names the variable and repeats no value. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** Reads every setting. An empty variable counts as not set. Throws a `ConfigError` for the first one that is wrong. */
export function parseConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = settings.safeParse(given);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new ConfigError(`${issue?.path.join('.')} ${issue?.message}.`);
  }
  const { data } = parsed;
  if (data.PORT !== 0 && data.PORT === data.WORKSPACE_PORT) {
    throw new ConfigError('WORKSPACE_PORT must be another port than PORT.');
  }
  const tls = tlsOf(data);
  checkReach(data, tls !== undefined);
  return {
    host: data.HOST.replace(/^\[|\]$/g, ''),
    port: data.PORT,
    isLoopback: isLoopback(data.HOST),
    publicUrl: data.PUBLIC_URL,
    tls,
    trustedProxies: data.TRUSTED_PROXY,
    sessionSecret: data.SESSION_SECRET,
    oidc: oidcOf(data),
    mail: mailOf(data),
    personRateLimit: data.PERSON_RATE_LIMIT,
    workspacePort: data.WORKSPACE_PORT,
    workspaceToken: data.WORKSPACE_TOKEN,
    workspaceRateLimit: data.WORKSPACE_RATE_LIMIT,
    dataDir: path.resolve(data.DATA_DIR),
    databaseUrl: data.DATABASE_URL,
    upstream: upstreamOf(data),
    seed: data.SEED,
    logLevel: data.LOG_LEVEL,
  };
}

type Settings = z.output<typeof settings>;

/** The values of settings that only make sense together; undefined when none is set. */
function allOrNone<Name extends keyof Settings>(
  data: Settings,
  names: readonly Name[],
): Record<Name, NonNullable<Settings[Name]>> | undefined {
  const set = names.find((name) => data[name] !== undefined);
  const missing = names.find((name) => data[name] === undefined);
  if (set === undefined) return undefined;
  if (missing !== undefined) throw meaningless(set, missing);
  return data as Record<Name, NonNullable<Settings[Name]>>;
}

const meaningless = (lone: string, missing: string) =>
  new ConfigError(`${missing} must be set too: ${lone} has no meaning without it.`);

function tlsOf(data: Settings): Config['tls'] {
  const files = allOrNone(data, ['TLS_CERT_FILE', 'TLS_KEY_FILE']);
  return files && { certFile: path.resolve(files.TLS_CERT_FILE), keyFile: path.resolve(files.TLS_KEY_FILE) };
}

/** Refuses to be reached from other machines in any way that would show passwords to whoever listens in between. */
function checkReach({ HOST, PUBLIC_URL, TRUSTED_PROXY }: Settings, hasTls: boolean): void {
  const isHttps = PUBLIC_URL?.startsWith('https:') === true;
  if (!isLoopback(HOST) && !(isHttps && (hasTls || TRUSTED_PROXY.length > 0))) {
    throw new ConfigError(
      'HOST must be a loopback address such as 127.0.0.1, unless PUBLIC_URL is the https address that people use and ' +
        'either TLS_CERT_FILE and TLS_KEY_FILE or, for a proxy that speaks https, TRUSTED_PROXY is set.',
    );
  }
  if (hasTls && PUBLIC_URL !== undefined && !isHttps) {
    throw new ConfigError('PUBLIC_URL must be an https address where TLS_CERT_FILE is set.');
  }
}

function oidcOf(data: Settings): Config['oidc'] {
  const oidc = allOrNone(data, ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET']);
  if (oidc === undefined && data.OIDC_NAME !== undefined) throw meaningless('OIDC_NAME', 'OIDC_ISSUER');
  // The address that the provider sends people back to is made from it.
  if (oidc !== undefined && data.PUBLIC_URL === undefined) throw meaningless('OIDC_ISSUER', 'PUBLIC_URL');
  return (
    oidc && {
      issuer: oidc.OIDC_ISSUER,
      clientId: oidc.OIDC_CLIENT_ID,
      clientSecret: oidc.OIDC_CLIENT_SECRET,
      name: data.OIDC_NAME ?? 'single sign-on',
    }
  );
}

function mailOf(data: Settings): Config['mail'] {
  const mail = allOrNone(data, ['SMTP_URL', 'MAIL_FROM']);
  return mail && { smtpUrl: mail.SMTP_URL, from: mail.MAIL_FROM };
}

function upstreamOf(data: Settings): Config['upstream'] {
  const { INTERCOM_ACCESS_TOKEN: token, INTERCOM_REGION: region, INTERCOM_BASE_URL: baseUrl } = data;
  if (token !== undefined) {
    return { kind: 'intercom', token, region: region ?? 'us', baseUrl: baseUrl ?? baseUrlOf[region ?? 'us'] };
  }
  const lone = region !== undefined ? 'INTERCOM_REGION' : baseUrl !== undefined ? 'INTERCOM_BASE_URL' : undefined;
  if (lone !== undefined) throw meaningless(lone, 'INTERCOM_ACCESS_TOKEN');
  return { kind: 'embedded' };
}
