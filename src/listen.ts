import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { Socket } from 'node:net';
import type { Duplex, Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { getRequestListener, RequestError } from '@hono/node-server';
import type { Logger } from 'pino';
import { envelope } from '#gateway/refusal.ts';
import { StartError } from './start-error.ts';
import { readTls } from './tls.ts';

type FetchCallback = Parameters<typeof getRequestListener>[0];

export interface Listener {
  /** Without a slash at the end. */
  readonly url: string;
  /** Takes no further requests, and waits for those that run, at most eight seconds. */
  close(): Promise<void>;
}

/** More than the browsers and clients of one machine open, and well below the 1,024 files a process often may have. */
export const mostConnections = 250;
const longestCloseMs = 8_000;
const mostUnreadBytes = 64 * 1024 * 1024;
const longestUnreadMs = 1_000;

/**
 * Serves `app` over HTTP, or with `tls` over HTTPS. Throws a `StartError` that names the setting to change when the
 * port cannot be had (`setting`) or the files cannot be used.
 */
export async function listen(
  app: { fetch: FetchCallback },
  options: {
    host: string;
    port: number;
    setting: string;
    log: Logger;
    tls?: { certFile: string; keyFile: string } | undefined;
  },
): Promise<Listener> {
  const { host, port, setting, log, tls } = options;
  const errorHandler = (error: unknown): Response => {
    const isTheirs = error instanceof RequestError;
    if (!isTheirs) log.error({ err: error }, 'a request failed');
    const requestId = randomUUID();
    const refusal = isTheirs
      ? { code: 'bad_request', message: 'The address or the Host header of this request cannot be read.' }
      : { code: 'server_error', message: 'Deskbell failed at this; its log says why.' };
    return Response.json(envelope(refusal, requestId), {
      status: isTheirs ? 400 : 500,
      headers: { 'X-Request-Id': requestId, 'X-Content-Type-Options': 'nosniff', 'Cache-Control': 'no-store' },
    });
  };
  const answer: FetchCallback = async (request, env) => {
    const response = await app.fetch(request, env);
    if (!(await discardRest(env.incoming))) env.outgoing.setHeader('Connection', 'close');
    return response;
  };
  const listener = getRequestListener(answer, { errorHandler });
  const patient = { requestTimeout: 30_000, headersTimeout: 10_000, connectionsCheckingInterval: 2_000 };
  const server =
    tls === undefined
      ? createServer(patient)
      : createSecureServer({ ...patient, ...(await readTls(tls)), handshakeTimeout: 10_000 });
  server.maxConnections = mostConnections;
  server.on('clientError', answerUnreadable);
  const connections = watchConnections(server);
  server.on('request', (incoming, outgoing) => void listener(incoming, outgoing));
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (error) {
    throw cannotListen(error, host, port, setting);
  }
  const address = server.address();
  const actualPort = typeof address === 'object' && address !== null ? address.port : port;

  return {
    url: `${tls === undefined ? 'http' : 'https'}://${host.includes(':') ? `[${host}]` : host}:${actualPort}`,
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      connections.endIdle();
      const patience = new AbortController();
      const late = wait(longestCloseMs, undefined, { signal: patience.signal }).catch(() => {});
      await Promise.race([closed, late]);
      patience.abort();
      server.closeAllConnections();
    },
  };
}

const unreadable: Record<string, { status: string; code: string; message: string }> = {
  ERR_HTTP_REQUEST_TIMEOUT: {
    status: '408 Request Timeout',
    code: 'request_timeout',
    message: 'It took too long to come',
  },
  HPE_HEADER_OVERFLOW: {
    status: '431 Request Header Fields Too Large',
    code: 'request_too_large',
    message: 'Its headers are too large',
  },
};

/** What cannot be parsed as HTTP never becomes a request, but gets the envelope all the same. */
function answerUnreadable(error: Error & { code?: string }, socket: Duplex): void {
  // Other failures are those of the connection itself, such as a handshake for HTTPS that is none.
  const isHttp = /^(?:HPE|ERR_HTTP)_/.test(error.code ?? '');
  if (!isHttp || !socket.writable) {
    socket.destroy();
    return;
  }
  const otherwise = { status: '400 Bad Request', code: 'bad_request', message: 'It is not HTTP that can be read' };
  const { status, code, message } = unreadable[error.code ?? ''] ?? otherwise;
  const requestId = randomUUID();
  const body = JSON.stringify(envelope({ code, message: `The request was refused: ${message}.` }, requestId));
  socket.end(
    [
      `HTTP/1.1 ${status}`,
      'Content-Type: application/json; charset=utf-8',
      `Content-Length: ${Buffer.byteLength(body)}`,
      `X-Request-Id: ${requestId}`,
      'X-Content-Type-Options: nosniff',
      'Cache-Control: no-store',
      'Connection: close',
      '',
      body,
    ].join('\r\n'),
  );
}

/**
 * Discards what is left of a body that was not waited for, and says whether that was all of it, within bounds. A client
 * that is still sending when its connection ends is told of a broken connection and not what it was answered.
 */
async function discardRest(incoming: Readable & { complete: boolean }): Promise<boolean> {
  if (incoming.complete || incoming.destroyed) return incoming.complete;
  let bytes = 0;
  const patience = AbortSignal.timeout(longestUnreadMs);
  await new Promise<void>((resolve) => {
    // Whoever began to read it has given up, and would still stop the flow to be asked for more.
    incoming.removeAllListeners('data');
    incoming.on('data', (chunk: Buffer) => {
      bytes += chunk.byteLength;
      if (bytes > mostUnreadBytes) resolve();
    });
    incoming.once('end', resolve).once('close', resolve);
    patience.addEventListener('abort', () => resolve(), { once: true });
    incoming.resume();
  });
  return incoming.complete;
}

/** Node counts a connection that never sent anything as busy, and browsers open such in advance. */
function watchConnections(server: Server): { endIdle(): void } {
  const idle = new Map<string, Socket>();
  let isEnding = false;
  server.on('connection', (socket) => {
    const peer = peerOf(socket);
    idle.set(peer, socket);
    socket.once('close', () => idle.delete(peer));
  });
  server.on('request', ({ socket }, outgoing) => {
    const peer = peerOf(socket);
    idle.delete(peer);
    outgoing.once('close', () => {
      if (isEnding) socket.destroySoon();
      else if (!socket.destroyed) idle.set(peer, socket);
    });
  });
  return {
    endIdle: () => {
      isEnding = true;
      for (const socket of idle.values()) socket.destroy();
    },
  };
}

/** Which connection it is, for https before and after the handshake, which puts another socket in its place. */
const peerOf = ({ remoteAddress, remotePort }: Socket) => `${remoteAddress} ${remotePort}`;

function cannotListen(error: unknown, host: string, port: number, setting: string): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') {
    return new StartError(`Port ${port} is in use: stop the program that uses it, or set ${setting} to another port.`);
  }
  if (code === 'EACCES') {
    return new StartError(`Port ${port} may not be used by this user: set ${setting} to a port from 1024 on.`);
  }
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return new StartError(`HOST ${host} is no address of this machine: set it to 127.0.0.1.`);
  }
  return error;
}
