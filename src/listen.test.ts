import { once } from 'node:events';
import { connect } from 'node:net';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { listen, mostConnections } from './listen.ts';
import { StartError } from './start-error.ts';

const log = pino({ level: 'silent' });
const aborted = (signal: AbortSignal) => signal.aborted || once(signal, 'abort');
const here = { host: '127.0.0.1', port: 0, setting: 'PORT', log };

test('a port in use is named, with the setting to change', async () => {
  const first = await listen({ fetch: () => new Response('ok') }, here);
  const port = Number(new URL(first.url).port);
  const second = listen({ fetch: () => new Response('ok') }, { ...here, port });
  await expect(second).rejects.toThrow(StartError);
  await expect(second).rejects.toThrow(new RegExp(`^Port ${port} is in use: .* set PORT to another port\\.$`));
  await first.close();
});

test('an address of another machine is refused by its name', async () => {
  const listening = listen({ fetch: () => new Response('ok') }, { ...here, host: '127.0.0.1.invalid' });
  await expect(listening).rejects.toThrow('HOST 127.0.0.1.invalid is no address of this machine');
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
    here,
  );
  const { hostname, port } = new URL(server.url);
  const idle = connect(Number(port), hostname);
  await once(idle, 'connect');
  const running = fetch(server.url);
  await aborted(arrived.signal);
  const closing = server.close();
  await expect(fetch(server.url)).rejects.toThrow();
  released.abort();
  expect(await (await running).text()).toBe('answered');
  await closing;
  idle.destroy();
}, 4_000);

test('what is no HTTP is answered with the envelope, and the connection ends', async () => {
  const server = await listen({ fetch: () => new Response('ok') }, here);
  const { hostname, port } = new URL(server.url);
  const socket = connect(Number(port), hostname);
  socket.end('THIS IS NOT HTTP\r\n\r\n');
  const chunks: Buffer[] = [];
  for await (const chunk of socket) chunks.push(chunk);
  const [head = '', body = ''] = Buffer.concat(chunks).toString().split('\r\n\r\n');
  expect(head).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
  expect(JSON.parse(body)).toMatchObject({ type: 'error.list', errors: [{ code: 'bad_request' }] });
  expect(head).toContain(`X-Request-Id: ${JSON.parse(body).request_id}`);
  await server.close();
});

test('a body that an answer did not wait for is read on, so that the answer is read too', async () => {
  const server = await listen({ fetch: () => new Response('no', { status: 401 }) }, here);
  const { hostname, port } = new URL(server.url);
  const length = 6 * 1024 * 1024;
  const socket = connect(Number(port), hostname);
  socket.write(`POST / HTTP/1.1\r\nHost: here\r\nConnection: close\r\nContent-Length: ${length}\r\n\r\n`);
  // A client that reads no answer before it has sent everything.
  socket.write(Buffer.alloc(length));
  await once(socket, 'drain');
  const chunks: Buffer[] = [];
  for await (const chunk of socket) chunks.push(chunk);
  expect(Buffer.concat(chunks).toString()).toMatch(/^HTTP\/1\.1 401 /);
  await server.close();
});

test('a body that does not come is not waited for long, and nothing more is taken on its connection', async () => {
  const server = await listen({ fetch: () => new Response('no', { status: 401 }) }, here);
  const { hostname, port } = new URL(server.url);
  const socket = connect(Number(port), hostname);
  socket.write('POST / HTTP/1.1\r\nHost: here\r\nContent-Length: 10\r\n\r\n{');
  const chunks: Buffer[] = [];
  for await (const chunk of socket) chunks.push(chunk);
  expect(Buffer.concat(chunks).toString()).toMatch(/^HTTP\/1\.1 401 .*\r\nconnection: close\r\n/is);
  await server.close();
});

test('one connection too many is turned away, and those that are there go on', async () => {
  const server = await listen({ fetch: () => new Response('ok') }, here);
  const { hostname, port } = new URL(server.url);
  const open = async () => {
    const socket = connect(Number(port), hostname);
    await once(socket, 'connect');
    return socket;
  };
  const sockets = await Promise.all(Array.from({ length: mostConnections }, open));
  const tooMany = (await open()).resume();
  await once(tooMany, 'close');
  for (const socket of sockets) socket.write('GET / HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n');
  for (const socket of sockets) expect(String((await once(socket, 'data'))[0])).toMatch(/^HTTP\/1\.1 200 /);
  await server.close();
});
