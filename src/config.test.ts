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

describe('defaults', () => {
  test('are those of a laptop, with nothing set', () => {
    expect(parseConfig({})).toEqual({
      host: '127.0.0.1',
      port: 8080,
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
    expect(parseConfig({ HOST }).host).toBe(HOST.replace(/[[\]]/g, ''));
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
    expect(refusalOf({ HOST })).toMatch(/^HOST must be a loopback address/);
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
