import * as z from 'zod/mini';
import type { Operation } from '../operation.ts';

/** Which upstream this Deskbell works against. `region` is null for the embedded workspace. */
export const about = {
  name: 'about',
  summary: 'Say what this Deskbell works against',
  tag: 'Gateway',
  method: 'GET',
  path: '/gateway/about',
  version: '2.11',
  response: z.object({ upstream: z.enum(['embedded', 'intercom']), region: z.nullable(z.string()) }),
} as const satisfies Operation;
