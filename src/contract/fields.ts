import * as z from 'zod/mini';

// Answers are read leniently and given out strictly: the examples of the official descriptions send numbers where the
// schemas say string, and null where they say string.

/** An id in an answer. Numbers become strings. */
export const id = z.pipe(
  z.transform((value: unknown) => (typeof value === 'number' ? String(value) : value)),
  z.string(),
);

/** An id that the API gives as an integer. Numeric strings become numbers. */
export const integerId = z.pipe(
  z.transform((value: unknown) => (typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value)),
  z.int(),
);

/** A time in unix seconds, whatever `format` the descriptions name. */
export const timestamp = z.int();

/** A text in an answer that may be absent or null; both read as "". */
export const optionalText = z.pipe(
  z.transform((value: unknown) => value ?? ''),
  z.string(),
);

/** A flag in an answer that may be absent or null; both read as `otherwise`. */
export function optionalFlag(otherwise: boolean) {
  return z.pipe(
    z.transform((value: unknown) => value ?? otherwise),
    z.boolean(),
  );
}

/** A text in a request: at most `maximum` UTF-16 units, and nothing that Postgres cannot store unchanged. */
export function text(maximum: number) {
  return z.string().check(
    z.maxLength(maximum, `may have at most ${maximum} characters`),
    z.refine((value) => !value.includes('\u0000') && value.isWellFormed(), 'has characters that cannot be stored'),
  );
}

/** An id in a request, in whichever form: numbers become strings. */
export const givenId = z.pipe(
  z.transform((value: unknown) => (typeof value === 'number' ? String(value) : value)),
  text(255),
);

/**
 * An object that may have any names in it. `z.record` says the same, with code for much else that every page would load.
 */
export function recordOf<Value extends z.ZodMiniType>(value: Value) {
  return z.catchall(z.object({}), value);
}

/** As `recordOf`, in a request: each name is a text of at most 255 units. */
export function givenRecordOf<Value extends z.ZodMiniType>(value: Value) {
  const name = text(255);
  return recordOf(value).check((context) => {
    for (const key of Object.keys(context.value)) {
      const [problem] = name.safeParse(key).error?.issues ?? [];
      if (problem) context.issues.push({ code: 'custom', input: key, path: [key], message: problem.message });
    }
  });
}

/** What is said of a parameter that is not there, or blank. */
export const requiredMessage = 'is a required parameter';

const nothingToSee = /^[\s\p{Cf}\p{Cc}]*$/u;

/** As `text`, and with something to see: more than white space and invisible characters. */
export function requiredText(maximum: number) {
  return text(maximum).check(z.refine((value) => !nothingToSee.test(value), requiredMessage));
}
