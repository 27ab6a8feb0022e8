import * as z from 'zod/mini';
import { requiredMessage } from '#contract/fields.ts';
import { Refusal, unknownParameter } from './refusal.ts';

/** Null stands for "not given", but where the API says that a field can be emptied by it. */
function withoutNulls(schema: z.ZodMiniType, input: Record<string, unknown>): Record<string, unknown> {
  const shape = new Map<string, z.core.$ZodType>(
    schema instanceof z.ZodMiniObject ? Object.entries<z.core.$ZodType>(schema.shape) : [],
  );
  const takesNull = (name: string) => {
    const field = shape.get(name);
    return field !== undefined && z.safeParse(field, null).success;
  };
  return Object.fromEntries(
    Object.entries(input).filter(([name, value]) => value !== null || !shape.has(name) || takesNull(name)),
  );
}

function failureOf(issue: z.core.$ZodIssue, input: Record<string, unknown>) {
  const field = issue.path.map(String).join('.');
  const given = issue.path.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
    input,
  );
  if (given === undefined || issue.message === requiredMessage) {
    return { code: 'parameter_not_found', message: `${field} ${requiredMessage}`, field };
  }
  const hasReason = issue.code !== 'invalid_type' && issue.code !== 'invalid_value' && issue.code !== 'invalid_union';
  return { code: 'parameter_invalid', message: `${field} ${hasReason ? issue.message : 'is invalid'}`, field };
}

/** `input` as `schema` reads it, unknown names left out. Throws a refusal that names every parameter in error. */
export function parseInput<Schema extends z.ZodMiniType>(
  schema: Schema,
  input: Record<string, unknown>,
): z.output<Schema> {
  const given = withoutNulls(schema, input);
  const result = schema.safeParse(given);
  if (result.success) return result.data;
  const unknown = result.error.issues.find((issue) => issue.code === 'unrecognized_keys' && issue.path.length === 0);
  if (unknown?.code === 'unrecognized_keys') throw unknownParameter(unknown.keys[0] ?? '');
  const failures = new Map<string, ReturnType<typeof failureOf>>();
  for (const issue of result.error.issues) {
    const failure = failureOf(issue, given);
    if (!failures.has(failure.field)) failures.set(failure.field, failure);
  }
  const [first, ...others] = failures.values();
  if (first === undefined) throw new Error('A schema refused its input without an issue');
  throw new Refusal(400, [first, ...others]);
}
