import type { Context } from 'hono';
import * as z from 'zod/mini';
import type { Operation } from '#contract/operation.ts';
import type { GatewayEnv } from './gateway-env.ts';
import { Refusal } from './refusal.ts';

const maxBodyBytes = 1024 * 1024;
const json = /^application\/json(?:\s*;\s*charset=utf-8)?$/i;

const tooLarge = () =>
  new Refusal(413, 'request_too_large', 'The request is larger than one megabyte; send less at once.', {
    // What is left of the body is not read any more.
    headers: { Connection: 'close' },
  });

/** Counts what comes, whatever length was announced. */
async function readText(request: Request): Promise<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let bytes = 0;
  let text = '';
  for await (const chunk of request.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > maxBodyBytes) throw tooLarge();
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * The request's JSON body as text, with only those keys on its first level that the operation knows; undefined for an
 * operation without one. Whether the values are right is for the upstream to say. Throws a `Refusal`.
 */
export async function readBody(c: Context<GatewayEnv>, operation: Operation): Promise<string | undefined> {
  if (operation.body === undefined) {
    const length = c.req.header('content-length');
    if ((length !== undefined && length !== '0') || c.req.header('transfer-encoding') !== undefined) {
      throw new Refusal(400, 'bad_request', 'This operation takes no body.', { headers: { Connection: 'close' } });
    }
    return undefined;
  }
  if (!json.test(c.req.header('content-type') ?? '') || c.req.header('content-encoding') !== undefined) {
    throw new Refusal(415, 'unsupported_media_type', 'Send the body as application/json, not compressed.', {
      headers: { Connection: 'close' },
    });
  }
  if (Number(c.req.header('content-length') ?? 0) > maxBodyBytes) throw tooLarge();

  const text = await readText(c.req.raw).catch((error: unknown) => {
    if (error instanceof Refusal) throw error;
    throw new Refusal(400, 'parameter_invalid', 'The body broke off, or is not UTF-8.', {
      headers: { Connection: 'close' },
    });
  });
  const body = parse(text);
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new Refusal(400, 'parameter_invalid', 'The body is not a JSON object.');
  }
  const { body: schema } = operation;
  if (!(schema instanceof z.ZodMiniObject)) return text;
  const known = Object.entries(body).filter(([key]) => Object.hasOwn(schema.shape, key));
  try {
    return JSON.stringify(Object.fromEntries(known));
  } catch {
    throw new Refusal(400, 'parameter_invalid', 'The body is nested too deeply.');
  }
}
