import { badRequest, Refusal } from './refusal.ts';

/** The largest body that is read. */
export const maximumBodyBytes = 1_048_576;
/** No request of the API comes near these; what does is made to cost time. */
const maximumDepth = 64;
const maximumKeys = 1_000;

// The rest of the body stays unread, so nothing more can be said on its connection.
const tooLarge = () =>
  new Refusal(
    413,
    [{ code: 'request_too_large', message: `The request body may have at most ${maximumBodyBytes} bytes` }],
    { Connection: 'close' },
  );

async function readText(request: Request): Promise<string> {
  if (Number(request.headers.get('content-length') ?? 0) > maximumBodyBytes) throw tooLarge();
  if (request.body === null) return '';
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let bytes = 0;
  let text = '';
  try {
    for await (const chunk of request.body) {
      bytes += chunk.byteLength;
      if (bytes > maximumBodyBytes) throw tooLarge();
      text += decoder.decode(chunk, { stream: true });
    }
    return text + decoder.decode();
  } catch (error) {
    // Broken UTF-8, or a client that went away in the middle.
    throw error instanceof Refusal ? error : badRequest('parameter_invalid', 'Invalid JSON');
  }
}

function isDeeperThan(limit: number, json: string): boolean {
  let depth = 0;
  let inText = false;
  for (let index = 0; index < json.length; index += 1) {
    const character = json[index];
    if (inText) {
      if (character === '\\') index += 1;
      else if (character === '"') inText = false;
    } else if (character === '"') inText = true;
    else if (character === '{' || character === '[') {
      depth += 1;
      if (depth > limit) return true;
    } else if (character === '}' || character === ']') depth -= 1;
  }
  return false;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The JSON object in the body; no body is an empty object. Throws for whatever else the body holds. */
export async function readJsonObject(request: Request): Promise<Record<string, unknown>> {
  const encoding = request.headers.get('content-encoding') ?? 'identity';
  if (encoding.toLowerCase() !== 'identity') {
    const message = 'The request body must not be compressed';
    throw new Refusal(415, [{ code: 'unsupported_media_type', message }], { Connection: 'close' });
  }
  const text = await readText(request);
  if (text.trim() === '') return {};
  if (isDeeperThan(maximumDepth, text)) throw badRequest('parameter_invalid', 'The request body is nested too deeply');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw badRequest('parameter_invalid', 'Invalid JSON');
  }
  if (!isObject(value)) throw badRequest('parameter_invalid', 'The request body must be a JSON object');
  if (Object.keys(value).length > maximumKeys) {
    throw badRequest('parameter_invalid', 'The request body has too many keys');
  }
  return value;
}
