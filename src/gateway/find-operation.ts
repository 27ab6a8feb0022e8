import type { Operation } from '#contract/operation.ts';
import { matchPath } from '#contract/request.ts';
import { notFound, Refusal } from './refusal.ts';

export interface Found<Name extends string> {
  name: Name;
  operation: Operation;
  params: Record<string, string>;
}

/** Finds the operation of a method and path. Throws a `Refusal` with 404 or 405 when there is none. */
export function findOperation<Name extends string>(operations: readonly (readonly [Name, Operation])[]) {
  return (method: string, pathname: string): Found<Name> => {
    const matches = operations.flatMap(([name, operation]) => {
      const params = matchPath(operation, pathname);
      return params === undefined ? [] : [{ name, operation, params }];
    });
    if (matches.length === 0) throw notFound();
    const asked = method === 'HEAD' ? 'GET' : method;
    const match = matches.find(({ operation }) => operation.method === asked);
    if (match !== undefined) return match;
    const allowed = matches
      .flatMap(({ operation }) => (operation.method === 'GET' ? ['GET', 'HEAD'] : [operation.method]))
      .join(', ');
    throw new Refusal(405, 'method_not_allowed', `This address takes ${allowed} only.`, {
      headers: { Allow: allowed },
    });
  };
}
