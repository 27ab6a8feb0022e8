import path from 'node:path';
import { z } from 'zod';

export interface Config {
  host: string;
  port: number;
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

/** Without user name, password, path or query; unencrypted only where nothing leaves the machine. */
function isApiAddress(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const url = new URL(value);
  if (url.href !== `${url.origin}/`) return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname));
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

// The messages never repeat the value: it may be a secret in the wrong place.
const settings = z.object({
  HOST: z
    .string()
    .refine(
      isLoopback,
      'must be a loopback address such as 127.0.0.1: without sign-in, whoever reaches Deskbell could use it',
    )
    .default('127.0.0.1'),
  PORT: port.default(8080),
  WORKSPACE_PORT: port.default(8081),
  WORKSPACE_TOKEN: z
    .string()
    .regex(/^[\w.~+/=:-]{16,200}$/, 'must be 16 to 200 letters, digits or characters of -._~+/=:')
    .optional(),
  WORKSPACE_RATE_LIMIT: z
    .string()
    .regex(/^(off|[1-9]\d{0,6})$/, 'must be off, or how many requests are let through in 10 seconds')
    .transform((value) => (value === 'off' ? value : { limit: Number(value), windowSeconds: 10 }))
    .default('off'),
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
    .refine(isApiAddress, 'must be an https address without a path, or an http address on this machine')
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
  return {
    host: data.HOST.replace(/^\[|\]$/g, ''),
    port: data.PORT,
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

function upstreamOf(data: z.output<typeof settings>): Config['upstream'] {
  const { INTERCOM_ACCESS_TOKEN: token, INTERCOM_REGION: region, INTERCOM_BASE_URL: baseUrl } = data;
  if (token !== undefined) {
    return { kind: 'intercom', token, region: region ?? 'us', baseUrl: baseUrl ?? baseUrlOf[region ?? 'us'] };
  }
  const lone = region !== undefined ? 'INTERCOM_REGION' : baseUrl !== undefined ? 'INTERCOM_BASE_URL' : undefined;
  if (lone !== undefined) {
    throw new ConfigError(`INTERCOM_ACCESS_TOKEN must be set too: ${lone} has no meaning without it.`);
  }
  return { kind: 'embedded' };
}
