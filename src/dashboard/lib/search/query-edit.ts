import {
  isSearchGroup,
  type SearchFilter,
  type SearchGroup,
  type SearchQuery,
  searchLimits,
} from '#contract/search.ts';

/** Where a filter or group stands: its index in the query, then its index in that group. Empty for the query itself. */
export type QueryPath = readonly number[];

/** Any query as the filters show it: a group on top, even when it is empty or holds one filter. */
export function toGroup(query: SearchQuery | undefined): SearchGroup {
  if (query === undefined) return { operator: 'AND', value: [] };
  return isSearchGroup(query) ? query : { operator: 'AND', value: [query] };
}

/** A group as a query: groups without filters are left out, and without any there is no query. */
export function fromGroup(group: SearchGroup): SearchQuery | undefined {
  const value = group.value.flatMap((part) => (isSearchGroup(part) ? (fromGroup(part) ?? []) : part));
  return value.length === 0 ? undefined : { ...group, value };
}

/** What stands at `path`; undefined when nothing does. */
export function partAt(root: SearchGroup, path: QueryPath): SearchQuery | undefined {
  let part: SearchQuery | undefined = root;
  for (const index of path) part = part && isSearchGroup(part) ? part.value[index] : undefined;
  return part;
}

/** Every filter with its path, in the order in which they are shown. */
export function filtersIn(root: SearchGroup, path: QueryPath = []): { filter: SearchFilter; path: QueryPath }[] {
  return root.value.flatMap((part, index) => {
    const here = [...path, index];
    return isSearchGroup(part) ? filtersIn(part, here) : [{ filter: part, path: here }];
  });
}

/** Puts `parts` in the place of what stands at `path`: none removes it. */
function splice(group: SearchGroup, path: QueryPath, parts: readonly SearchQuery[]): SearchGroup {
  const [index, ...rest] = path;
  const value = group.value.flatMap((part, at) => {
    if (at !== index) return part;
    if (rest.length === 0) return parts;
    return isSearchGroup(part) ? splice(part, rest, parts) : part;
  });
  return { ...group, value };
}

/** A group that has lost its last filter goes with it. */
function withoutEmpty(root: SearchGroup): SearchGroup {
  return { ...root, value: root.value.filter((part) => !isSearchGroup(part) || part.value.length > 0) };
}

export function replaceAt(root: SearchGroup, path: QueryPath, filter: SearchFilter): SearchGroup {
  return splice(root, path, [filter]);
}

export function removeAt(root: SearchGroup, path: QueryPath): SearchGroup {
  return withoutEmpty(splice(root, path, []));
}

/** Why nothing more can be added to the group at `path`; undefined when it can. */
export function refusalToAdd(root: SearchGroup, path: QueryPath): string | undefined {
  const group = partAt(root, path);
  if (group === undefined || !isSearchGroup(group) || group.value.length < searchLimits.filters) return undefined;
  const where = path.length === 0 ? 'A search' : 'A group';
  return `${where} has at most ${searchLimits.filters} filters. Remove one first.`;
}

/** Adds to the end of the group at `path`. At the limit, nothing changes. */
export function addTo(root: SearchGroup, path: QueryPath, part: SearchQuery): SearchGroup {
  const group = partAt(root, path);
  if (group === undefined || !isSearchGroup(group) || refusalToAdd(root, path) !== undefined) return root;
  if (isSearchGroup(part) && path.length + 1 >= searchLimits.depth) return root;
  const grown = { ...group, value: [...group.value, part] };
  return path.length === 0 ? grown : splice(root, path, [grown]);
}

/** Puts the filter at `path`, which is in no group yet, into one of its own. */
export function wrapAt(root: SearchGroup, path: QueryPath): SearchGroup {
  const part = partAt(root, path);
  if (path.length !== 1 || part === undefined || isSearchGroup(part)) return root;
  return splice(root, path, [{ operator: root.operator === 'AND' ? 'OR' : 'AND', value: [part] }]);
}

/** Moves the filter at `path` to the end of the group at `target`. At the limit of that group, nothing changes. */
export function moveInto(root: SearchGroup, path: QueryPath, target: QueryPath): SearchGroup {
  const part = partAt(root, path);
  if (part === undefined || isSearchGroup(part) || refusalToAdd(root, target) !== undefined) return root;
  const added = addTo(root, target, part);
  return added === root ? root : removeAt(added, path);
}

/** Why the group at `path` cannot be dissolved; undefined when it can. */
export function refusalToDissolve(root: SearchGroup, path: QueryPath): string | undefined {
  const group = partAt(root, path);
  if (group === undefined || !isSearchGroup(group)) return undefined;
  return root.value.length - 1 + group.value.length > searchLimits.filters
    ? `A search has at most ${searchLimits.filters} filters outside of its groups.`
    : undefined;
}

/** Leaves the filters of a group where it stood, without it. */
export function dissolve(root: SearchGroup, path: QueryPath): SearchGroup {
  const group = partAt(root, path);
  if (path.length !== 1 || group === undefined || !isSearchGroup(group)) return root;
  return refusalToDissolve(root, path) === undefined ? splice(root, path, group.value) : root;
}

/** Makes all of a group's filters any of them, and back. */
export function flip(root: SearchGroup, path: QueryPath): SearchGroup {
  const group = partAt(root, path);
  if (group === undefined || !isSearchGroup(group)) return root;
  const flipped: SearchGroup = { ...group, operator: group.operator === 'AND' ? 'OR' : 'AND' };
  return path.length === 0 ? flipped : splice(root, path, [flipped]);
}
