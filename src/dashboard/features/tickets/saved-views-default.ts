import * as z from 'zod/mini';
import { recordOf } from '#contract/fields.ts';
import { type Stored, stored } from '../../lib/stored.ts';

const defaultView = z.object({ id: z.string(), state: recordOf(z.string()) });
type DefaultView = z.output<typeof defaultView>;

/** The view in place of an address that names none. */
export const noView = 'all';

/** The view that a person begins with on this device. */
export const defaultViewOf = (personId: string): Stored<DefaultView> => stored(`default-view:${personId}`, defaultView);
