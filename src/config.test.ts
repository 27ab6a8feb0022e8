import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { ConfigError, parseConfig } from './config.ts';

function refusalOf(env: Record<string, string>): string {
  try {
    parseConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  throw new Error('The settings were accepted.');
}

const tls = { TLS_CERT_FILE: '/etc/desk.crt', TLS_KEY_FILE: '/etc/desk.key' };
const proxied = { PUBLIC_URL: 'https://desk.example.com', TRUSTED_PROXY: '10.0.0.1' };
const oidc = {
  PUBLIC_URL: 'https://desk.example.com',
  OIDC_ISSUER: 'https://login.example.com/a/',
  OIDC_CLIENT_ID: 'desk',
  OIDC_CLIENT_SECRET: 'hunter2',
};
const mail = { SMTP_URL: 'smtps://desk:hunter2@mail.example.com', MAIL_FROM: 'Desk <desk@example.com>' };

describe('defaults', () => {
  test('are those of a laptop, with nothing set', () => {
    expect(parseConfig({})).toEqual({
      host: '127.0.0.1',
      port: 8080,
      isLoopback: true,
      publicUrl: undefined,
      tls: undefined,
      trustedProxies: [],
      sessionSecret: undefined,
      oidc: undefined,
      mail: undefined,
      personRateLimit: { limit: 500, windowSeconds: 10 },
      workspacePort: 8081,
      workspaceToken: undefined,
      workspaceRateLimit: 'off',
      dataDir: path.resolve('.data'),
      databaseUrl: undefined,
      upstream: { kind: 'embedded' },
      seed: 'demo',
      logLevel: 'warn',
    });
  });

  test('stand for empty variables too', () => {
    expect(parseConfig({ PORT: '', INTERCOM_ACCESS_TOKEN: '', DATABASE_URL: '', SEED: '' })).toEqual(parseConfig({}));
  });
});

describe('accepted', () => {
  test.each(['localhost', '127.0.0.1', '127.1.2.3', '::1', '[::1]'])('HOST %s', (HOST) => {
    expect(parseConfig({ HOST })).toMatchObject({ host: HOST.replace(/[[\]]/g, ''), isLoopback: true });
  });

  test.each(['0.0.0.0', '::', '[::]', '192.168.1.5', 'deskbell.example'])(
    'HOST %s, where people come over https',
    (HOST) => {
      const host = HOST.replace(/[[\]]/g, '');
      expect(parseConfig({ HOST, ...proxied })).toMatchObject({ host, isLoopback: false });
      expect(parseConfig({ HOST, ...tls, PUBLIC_URL: 'https://desk.example.com' })).toMatchObject({ host });
    },
  );

  test.each([
    ['https://desk.example.com', 'https://desk.example.com'],
    ['https://desk.example.com/', 'https://desk.example.com'],
    ['https://Desk.Example.com:443', 'https://desk.example.com'],
    ['https://desk.example.com:8443', 'https://desk.example.com:8443'],
    ['http://localhost:8080', 'http://localhost:8080'],
    ['http://127.0.0.1:8080/', 'http://127.0.0.1:8080'],
    ['http://[::1]:8080', 'http://[::1]:8080'],
  ])('PUBLIC_URL %s as the origin that a browser says', (PUBLIC_URL, publicUrl) => {
    expect(parseConfig({ PUBLIC_URL }).publicUrl).toBe(publicUrl);
  });

  test('files for https, on this machine without anything else', () => {
    expect(parseConfig({ TLS_CERT_FILE: 'desk.crt', TLS_KEY_FILE: '/etc/desk.key' }).tls).toEqual({
      certFile: path.resolve('desk.crt'),
      keyFile: '/etc/desk.key',
    });
  });

  test('proxies to trust, as addresses and ranges', () => {
    const TRUSTED_PROXY = '10.0.0.1, 192.168.0.0/16,2001:DB8::/32 ,::1,::ffff:172.16.0.0/108';
    expect(parseConfig({ TRUSTED_PROXY }).trustedProxies).toEqual([
      '10.0.0.1',
      '192.168.0.0/16',
      '2001:DB8::/32',
      '::1',
      '::ffff:172.16.0.0/108',
    ]);
  });

  test('single sign-on, under a name of its own or not', () => {
    const expected = { issuer: 'https://login.example.com/a/', clientId: 'desk', clientSecret: 'hunter2' };
    expect(parseConfig(oidc).oidc).toEqual({ ...expected, name: 'single sign-on' });
    expect(parseConfig({ ...oidc, OIDC_NAME: 'Büro & Co' }).oidc).toEqual({ ...expected, name: 'Büro & Co' });
    const here = { ...oidc, OIDC_ISSUER: 'http://127.0.0.1:9000' };
    expect(parseConfig(here).oidc?.issuer).toBe('http://127.0.0.1:9000');
  });

  test.each(['smtp://mail.example.com', 'smtp://mail.example.com:2525/', 'smtps://desk%40x:p%3Aw@[2001:db8::1]:465'])(
    'mail by %s',
    (SMTP_URL) => {
      expect(parseConfig({ ...mail, SMTP_URL }).mail).toEqual({ smtpUrl: SMTP_URL, from: mail.MAIL_FROM });
    },
  );

  test('a limit for each person, or none', () => {
    expect(parseConfig({ PERSON_RATE_LIMIT: '20' }).personRateLimit).toEqual({ limit: 20, windowSeconds: 10 });
    expect(parseConfig({ PERSON_RATE_LIMIT: 'off' }).personRateLimit).toBe('off');
  });

  test('a secret of the operator’s for sessions', () => {
    expect(parseConfig({ SESSION_SECRET: 'x'.repeat(32) }).sessionSecret).toBe('x'.repeat(32));
  });

  test('both ports 0, which is any free one', () => {
    expect(parseConfig({ PORT: '0', WORKSPACE_PORT: '0' })).toMatchObject({ port: 0, workspacePort: 0 });
  });

  test('a rate limit, as a number of requests in ten seconds', () => {
    expect(parseConfig({ WORKSPACE_RATE_LIMIT: '167' }).workspaceRateLimit).toEqual({ limit: 167, windowSeconds: 10 });
  });

  test.each([
    ['us', 'https://api.intercom.io'],
    ['eu', 'https://api.eu.intercom.io'],
    ['au', 'https://api.au.intercom.io'],
  ])('Intercom in the region %s', (region, baseUrl) => {
    const env = { INTERCOM_ACCESS_TOKEN: 'dG9rOmEb', INTERCOM_REGION: region };
    expect(parseConfig(env).upstream).toEqual({ kind: 'intercom', token: 'dG9rOmEb', region, baseUrl });
  });

  test.each(['https://double.example', 'http://127.0.0.1:9999', 'http://localhost:9999', 'http://[::1]:9999'])(
    'a double of Intercom at %s',
    (INTERCOM_BASE_URL) => {
      const { upstream } = parseConfig({ INTERCOM_ACCESS_TOKEN: 'dG9rOmEb', INTERCOM_BASE_URL });
      expect(upstream).toMatchObject({ kind: 'intercom', region: 'us', baseUrl: INTERCOM_BASE_URL });
    },
  );
});

describe('refused, with a sentence that names the variable', () => {
  test.each([
    '0.0.0.0',
    '::',
    '192.168.1.5',
    'deskbell.example',
    '127.0.0.1.example',
    '128.0.0.1',
    '0',
    '::ffff:1.2.3.4',
  ])('HOST %s', (HOST) => {
    expect(refusalOf({ HOST })).toMatch(/^HOST must be a loopback address [^\n]+ PUBLIC_URL [^\n]+ is set\.$/);
  });

  test.each([
    ['PUBLIC_URL alone', { PUBLIC_URL: 'https://desk.example.com' }],
    ['a proxy alone', { TRUSTED_PROXY: '10.0.0.1' }],
    ['files for https alone', tls],
    ['a proxy, and PUBLIC_URL without https', { PUBLIC_URL: 'http://localhost:8080', TRUSTED_PROXY: '10.0.0.1' }],
    ['files for https, and PUBLIC_URL without', { PUBLIC_URL: 'http://localhost:8080', ...tls }],
  ])('HOST 0.0.0.0 with %s', (_, env) => {
    expect(refusalOf({ HOST: '0.0.0.0', ...env })).toMatch(/^HOST must be a loopback address/);
  });

  test.each(['with space', '-desk', 'desk/x', 'me@desk', '1.2.3.4:80', '[desk]', '::g'])('HOST %s at all', (HOST) => {
    expect(refusalOf({ HOST, ...proxied })).toMatch(/^HOST must be an address of this machine/);
  });

  test('PUBLIC_URL without https where files for https are set', () => {
    const refusal = refusalOf({ ...tls, PUBLIC_URL: 'http://localhost:8080' });
    expect(refusal).toBe('PUBLIC_URL must be an https address where TLS_CERT_FILE is set.');
  });

  test.each([
    ['TLS_CERT_FILE', 'TLS_KEY_FILE', tls],
    ['TLS_KEY_FILE', 'TLS_CERT_FILE', tls],
    ['OIDC_ISSUER', 'PUBLIC_URL', oidc],
    ['OIDC_ISSUER', 'OIDC_CLIENT_ID', oidc],
    ['OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET', oidc],
    ['OIDC_CLIENT_SECRET', 'OIDC_ISSUER', oidc],
    ['OIDC_NAME', 'OIDC_ISSUER', { OIDC_NAME: 'Büro' }],
    ['SMTP_URL', 'MAIL_FROM', mail],
    ['MAIL_FROM', 'SMTP_URL', mail],
  ])('%s without %s', (lone, missing, all: Record<string, string>) => {
    const env = Object.fromEntries(Object.entries(all).filter(([name]) => name !== missing));
    const refusal = refusalOf(env);
    expect(refusal).toMatch(new RegExp(`^${missing} must be set too: \\w+ has no meaning without it\\.$`));
    expect(refusalOf({ [lone]: all[lone] ?? '' })).toContain(`${lone} has no meaning without it.`);
  });

  test.each(['-1', '65536', '80.5', 'http', ' 8080'])('PORT "%s"', (PORT) => {
    expect(refusalOf({ PORT })).toBe('PORT must be a whole number from 0 to 65535.');
  });

  test.each([
    ['WORKSPACE_TOKEN', 'short'],
    ['WORKSPACE_TOKEN', 'with spaces in the token'],
    ['WORKSPACE_RATE_LIMIT', '-5'],
    ['WORKSPACE_RATE_LIMIT', 'unlimited'],
    ['DATABASE_URL', 'mysql://root:hunter2@localhost/deskbell'],
    ['DATABASE_URL', 'hunter2'],
    ['INTERCOM_ACCESS_TOKEN', 'two words'],
    ['INTERCOM_ACCESS_TOKEN', 'line\nbreak'],
    ['INTERCOM_REGION', 'mars'],
    ['INTERCOM_BASE_URL', 'http://api.intercom.io'],
    ['INTERCOM_BASE_URL', 'https://user:hunter2@api.intercom.io'],
    ['INTERCOM_BASE_URL', 'https://api.intercom.io/v2'],
    ['INTERCOM_BASE_URL', 'gopher://127.0.0.1'],
    ['SEED', 'huge'],
    ['LOG_LEVEL', 'loud'],
    ['PUBLIC_URL', 'desk.example.com'],
    ['PUBLIC_URL', 'http://desk.example.com'],
    ['PUBLIC_URL', 'http://127.0.0.1.example'],
    ['PUBLIC_URL', 'https://desk.example.com/support'],
    ['PUBLIC_URL', 'https://desk.example.com?x'],
    ['PUBLIC_URL', 'https://desk.example.com#x'],
    ['PUBLIC_URL', 'https://me:hunter2@desk.example.com'],
    ['PUBLIC_URL', 'ftp://desk.example.com'],
    ['TRUSTED_PROXY', 'proxy.example.com'],
    ['TRUSTED_PROXY', '10.0.0.1,'],
    ['TRUSTED_PROXY', '10.0.0.1 10.0.0.2'],
    ['TRUSTED_PROXY', '10.0.0.0/33'],
    ['TRUSTED_PROXY', '10.0.0/8'],
    ['TRUSTED_PROXY', '2001:db8::/129'],
    ['TRUSTED_PROXY', '10.0.0.1, 0.0.0.0/0'],
    ['TRUSTED_PROXY', '::/0'],
    ['TRUSTED_PROXY', '::ffff:0.0.0.0/96'],
    ['TRUSTED_PROXY', '::ffff:10.0.0.0/64'],
    ['TRUSTED_PROXY', '10.0.0.0/8/8'],
    ['TRUSTED_PROXY', 'true'],
    ['SESSION_SECRET', 'x'.repeat(31)],
    ['SESSION_SECRET', `${'x'.repeat(32)} y`],
    ['OIDC_ISSUER', 'login.example.com'],
    ['OIDC_ISSUER', 'http://login.example.com'],
    ['OIDC_ISSUER', 'https://me:hunter2@login.example.com'],
    ['OIDC_ISSUER', 'https://login.example.com/?tenant=1'],
    ['OIDC_ISSUER', 'https://login.example.com/#x'],
    ['OIDC_CLIENT_ID', 'two words'],
    ['OIDC_CLIENT_SECRET', 'line\nbreak'],
    ['OIDC_NAME', 'x'.repeat(61)],
    ['OIDC_NAME', 'line\nbreak'],
    ['SMTP_URL', 'mail.example.com'],
    ['SMTP_URL', 'https://mail.example.com'],
    ['SMTP_URL', 'smtp://'],
    ['SMTP_URL', 'smtp://me:hunter2@mail.example.com/path'],
    ['SMTP_URL', 'smtp://me:hunter2@mail.example.com?logger=true'],
    ['SMTP_URL', 'smtp://me@mail.example.com'],
    ['SMTP_URL', 'smtp://me:hunter%2@mail.example.com'],
    ['MAIL_FROM', 'desk'],
    ['MAIL_FROM', 'Desk desk@example.com'],
    ['MAIL_FROM', 'Desk <desk@example.com>\r\nBcc: x@example.com'],
    ['MAIL_FROM', 'a@example.com, b@example.com'],
    ['PERSON_RATE_LIMIT', '-5'],
    ['PERSON_RATE_LIMIT', 'unlimited'],
  ])('%s=%s, which the sentence does not repeat', (name, value) => {
    const refusal = refusalOf({ [name]: value });
    expect(refusal).toMatch(new RegExp(`^${name} must be [^\\n]+\\.$`));
    expect(refusal).not.toContain(value);
  });

  test('one port for both', () => {
    expect(refusalOf({ PORT: '9000', WORKSPACE_PORT: '9000' })).toContain('WORKSPACE_PORT');
  });

  test.each(['INTERCOM_REGION', 'INTERCOM_BASE_URL'])('%s without a token', (name) => {
    const value = name === 'INTERCOM_REGION' ? 'eu' : 'https://double.example';
    expect(refusalOf({ [name]: value })).toMatch(new RegExp(`^INTERCOM_ACCESS_TOKEN must be set too: ${name}`));
  });
});
