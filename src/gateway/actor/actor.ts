import { identifyAdmin, listAdmins } from '#contract/admins.ts';
import { normalEmail } from '#contract/gateway/people.ts';
import type { Operation } from '#contract/operation.ts';
import { Refusal } from '../refusal.ts';
import type { Upstream, UpstreamCall } from '../upstream.ts';
import { readAnswer } from '../upstream-answer.ts';

/** The teammate of the workspace that stands for a person. */
export interface Actor {
  adminId: string;
  /** Whether it is the person's own, and not the token's. */
  isOwn: boolean;
}

interface Actable {
  email: string;
}

export type FindActor = (person: Actable) => Promise<Actor>;

/** The call as this person's: wherever its body names the admin who acts, it names the one that stands for them. */
export type ActAs = (person: Actable, call: UpstreamCall) => Promise<UpstreamCall>;

const rememberedMs = 60_000;

/** Finds the admin with a person's email, else the token's. Throws a `Refusal` when the upstream does not say. */
export function createFindActor(upstream: Upstream): FindActor {
  const read = <const Op extends Operation>(operation: Op) =>
    remembered(async () => readAnswer(operation, await upstream.send({ operation, params: {} })));
  const admins = read(listAdmins);
  const ofToken = read(identifyAdmin);
  return async ({ email }) => {
    const own = (await admins()).admins.find((admin) => normalEmail(admin.email) === normalEmail(email));
    return own ? { adminId: own.id, isOwn: true } : { adminId: (await ofToken()).id, isOwn: false };
  };
}

export function createActAs(findActor: FindActor): ActAs {
  return async (person, call) => {
    const { operation, body } = call;
    if (operation.actor === undefined || body === undefined) return call;
    const sent: unknown = JSON.parse(body);
    if (!takesActor(sent, operation.actor)) return call;
    if (sent.type === 'user') {
      throw new Refusal(403, 'action_forbidden', 'Only a contact writes as a contact; write as a teammate.', {
        field: 'type',
      });
    }
    const { adminId } = await findActor(person);
    return { ...call, body: JSON.stringify(withValue(sent, operation.actor, adminId)) };
  };
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether there is an object to name the actor in. */
function takesActor(value: unknown, [key, ...rest]: readonly string[]): value is Record<string, unknown> {
  if (key === undefined || !isObject(value)) return false;
  return rest.length === 0 || takesActor(value[key], rest);
}

function withValue(object: unknown, [key, ...rest]: readonly string[], value: string): unknown {
  if (key === undefined || !isObject(object)) return value;
  return { ...object, [key]: withValue(object[key], rest, value) };
}

/** What `find` says, found anew once a minute. What it fails at is tried again at once. */
function remembered<Value>(find: () => Promise<Value>): () => Promise<Value> {
  let found: { value: Promise<Value>; until: number } | undefined;
  return () => {
    if (found !== undefined && Date.now() < found.until) return found.value;
    const value = find();
    const current = { value, until: Date.now() + rememberedMs };
    found = current;
    value.catch(() => {
      if (found === current) found = undefined;
    });
    return value;
  };
}
