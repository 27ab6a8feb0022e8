import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { get as getHttp } from 'node:http';
import { get as getHttps } from 'node:https';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { pino } from 'pino';
import { afterAll, describe, expect, test } from 'vitest';
import { makeTestCertificate } from '#gateway/testing.certificate.ts';
import { listen, mostConnections } from './listen.ts';
import { StartError } from './start-error.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'deskbell-listen-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A file with this content. */
function file(name: string, content: string): string {
  writeFileSync(path.join(folder, name), content);
  return path.join(folder, name);
}

const certificate = makeTestCertificate();
const tls = { certFile: file('cert.pem', certificate.cert), keyFile: file('key.pem', certificate.key) };
const log = pino({ level: 'silent' });
const aborted = (signal: AbortSignal) => signal.aborted || once(signal, 'abort');
const here = { host: '127.0.0.1', port: 0, setting: 'PORT', log };
const ok = { fetch: () => new Response('ok') };

/** A connection, for https after its handshake. */
async function open(url: string): Promise<Socket> {
  const { hostname: host, port, protocol } = new URL(url);
  if (protocol === 'http:') {
    const socket = connect(Number(port), host);
    await once(socket, 'connect');
    return socket;
  }
  const socket = connectTls({ host, port: Number(port), ca: certificate.cert, servername: 'desk.example.com' });
  await once(socket, 'secureConnect');
  return socket;
}

async function textOf(stream: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

/** What a client of its own connection reads. */
async function read(url: string): Promise<string> {
  const options = { agent: false as const, ca: certificate.cert };
  const asking = url.startsWith('https:') ? getHttps(url, options) : getHttp(url, options);
  const [response] = (await once(asking, 'response')) as [AsyncIterable<Buffer>];
  return textOf(response);
}

test('a port in use is named, with the setting to change', async () => {
  const first = await listen(ok, here);
  const port = Number(new URL(first.url).port);
  const second = listen(ok, { ...here, port });
  await expect(second).rejects.toThrow(StartError);
  await expect(second).rejects.toThrow(new RegExp(`^Port ${port} is in use: .* set PORT to another port\\.$`));
  await first.close();
});

test('an address of another machine is refused by its name', async () => {
  const listening = listen(ok, { ...here, host: '127.0.0.1.invalid' });
  await expect(listening).rejects.toThrow('HOST 127.0.0.1.invalid is no address of this machine');
});

describe.each([
  ['http', here],
  ['https', { ...here, tls }],
])('%s', (protocol, options) => {
  test('is what the url says, and what is answered', async () => {
    const server = await listen({ fetch: (request) => new Response(new URL(request.url).protocol) }, options);
    expect(server.url).toMatch(new RegExp(`^${protocol}://127\\.0\\.0\\.1:\\d+$`));
    expect(await read(server.url)).toBe(`${protocol}:`);
    await server.close();
  });

  test('close answers what runs, takes nothing new, and does not wait for idle connections', async () => {
    const [arrived, released] = [new AbortController(), new AbortController()];
    const server = await listen(
      {
        fetch: async () => {
          arrived.abort();
          await aborted(released.signal);
          return new Response('answered');
        },
      },
      options,
    );
    const idle = await open(server.url);
    idle.on('error', () => {});
    // For https, one that has not begun its handshake.
    const silent = connect(Number(new URL(server.url).port), '127.0.0.1');
    silent.on('error', () => {});
    await once(silent, 'connect');
    const running = read(server.url);
    await aborted(arrived.signal);
    const closing = server.close();
    await expect(read(server.url)).rejects.toThrow();
    released.abort();
    expect(await running).toBe('answered');
    await closing;
    for (const socket of [idle, silent]) if (!socket.closed) await once(socket.resume(), 'close');
  }, 4_000);

  test('what is no HTTP is answered with the envelope, and the connection ends', async () => {
    const server = await listen(ok, options);
    const socket = await open(server.url);
    socket.end('THIS IS NOT HTTP\r\n\r\n');
    const [head = '', body = ''] = (await textOf(socket)).split('\r\n\r\n');
    expect(head).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
    expect(JSON.parse(body)).toMatchObject({ type: 'error.list', errors: [{ code: 'bad_request' }] });
    expect(head).toContain(`X-Request-Id: ${JSON.parse(body).request_id}`);
    await server.close();
  });

  test('a body that an answer did not wait for is read on, so that the answer is read too', async () => {
    const server = await listen({ fetch: () => new Response('no', { status: 401 }) }, options);
    const length = 6 * 1024 * 1024;
    const socket = await open(server.url);
    socket.write(`POST / HTTP/1.1\r\nHost: here\r\nConnection: close\r\nContent-Length: ${length}\r\n\r\n`);
    // A client that reads no answer before it has sent everything.
    socket.write(Buffer.alloc(length));
    await once(socket, 'drain');
    expect(await textOf(socket)).toMatch(/^HTTP\/1\.1 401 /);
    await server.close();
  });

  test('a body that does not come is not waited for long, and nothing more is taken on its connection', async () => {
    const server = await listen({ fetch: () => new Response('no', { status: 401 }) }, options);
    const socket = await open(server.url);
    socket.write('POST / HTTP/1.1\r\nHost: here\r\nContent-Length: 10\r\n\r\n{');
    expect(await textOf(socket)).toMatch(/^HTTP\/1\.1 401 .*\r\nconnection: close\r\n/is);
    await server.close();
  });

  test('one connection too many is turned away, and those that are there go on', async () => {
    const server = await listen(ok, options);
    const sockets = await Promise.all(Array.from({ length: mostConnections }, () => open(server.url)));
    const tooMany = connect(Number(new URL(server.url).port), '127.0.0.1').resume();
    await once(tooMany, 'close');
    for (const socket of sockets) socket.write('GET / HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n');
    for (const socket of sockets) expect(String((await once(socket, 'data'))[0])).toMatch(/^HTTP\/1\.1 200 /);
    await server.close();
  });
});

describe('https', () => {
  test.each([
    ['plain HTTP', 'GET / HTTP/1.1\r\nHost: here\r\n\r\n'],
    ['something else', 'SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n'],
  ])('%s is not answered, the connection ends, and others go on', async (_, bytes) => {
    const server = await listen(ok, { ...here, tls });
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
    socket.on('error', () => {});
    socket.write(bytes, 'latin1');
    expect(await textOf(socket)).not.toContain('HTTP/1.1');
    expect(await read(server.url)).toBe('ok');
    await server.close();
  });

  test('a handshake that does not come is not waited for long', async () => {
    const server = await listen(ok, { ...here, tls });
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
    expect(await textOf(socket)).toBe('');
    await server.close();
  }, 15_000);

  const handshake = async (url: string, maxVersion: 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3') => {
    const ciphers = 'DEFAULT@SECLEVEL=0';
    const versions = { minVersion: 'TLSv1', maxVersion, ciphers } as const;
    const options = { host: '127.0.0.1', port: Number(new URL(url).port), ca: certificate.cert, ...versions };
    const socket: TLSSocket = connectTls({ ...options, servername: 'desk.example.com' });
    await once(socket, 'secureConnect');
    const protocol = socket.getProtocol();
    socket.destroy();
    return protocol;
  };

  test('is TLS 1.2 or newer', async () => {
    const server = await listen(ok, { ...here, tls });
    await expect(handshake(server.url, 'TLSv1.1')).rejects.toThrow(/alert protocol version/);
    expect(await handshake(server.url, 'TLSv1.2')).toBe('TLSv1.2');
    expect(await handshake(server.url, 'TLSv1.3')).toBe('TLSv1.3');
    await server.close();
  });

  const other = makeTestCertificate();
  test.each([
    ['a certificate that is not there', { certFile: '/no/such/hunter2' }, /^TLS_CERT_FILE must .*\(ENOENT\)\.$/],
    ['a key that is not there', { keyFile: '/no/such/hunter2' }, /^TLS_KEY_FILE must .*\(ENOENT\)\.$/],
    ['a folder', { keyFile: folder }, /^TLS_KEY_FILE must .*\(EISDIR\)\.$/],
    ['no certificate', { certFile: file('text', 'hunter2') }, /^TLS_CERT_FILE must [^\n]+ PEM form/],
    ['the key in place of the certificate', { certFile: tls.keyFile }, /^TLS_CERT_FILE must [^\n]+ PEM form/],
    ['no key', { keyFile: file('empty', '') }, /^TLS_KEY_FILE must [^\n]+ PEM form/],
    ['the certificate in place of the key', { keyFile: tls.certFile }, /^TLS_KEY_FILE must [^\n]+ PEM form/],
    ['the key of another', { keyFile: file('other.pem', other.key) }, /^TLS_KEY_FILE must [^\n]+ belongs to/],
  ])('%s is refused in one sentence that repeats nothing', async (_, files, expected) => {
    const listening = listen(ok, { ...here, tls: { ...tls, ...files } });
    await expect(listening).rejects.toThrow(StartError);
    await expect(listening).rejects.toThrow(expected);
    const message = await listening.catch((error: Error) => error.message);
    expect(message).toMatch(/^[^\n]+\.$/);
    for (const value of ['hunter2', folder]) expect(message).not.toContain(value);
  });
});
