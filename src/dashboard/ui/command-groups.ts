import type { ReactNode } from 'react';
import { fuzzyRank } from './fuzzy.ts';

export interface Command {
  id: string;
  label: string;
  group: string;
  /** Other words people may look for it by. */
  keywords?: readonly string[];
  icon?: ReactNode;
  /** Shown, not bound. */
  shortcut?: string | undefined;
  /** A word at the end of the line: where it leads, which state it is in. */
  hint?: string | undefined;
  /** It was found for this query elsewhere (a record looked up on the server), so it is shown whatever is typed. */
  matched?: boolean;
}

export interface CommandGroup {
  title: string;
  entries: Command[];
}

const mostRecent = 5;

/**
 * The commands to show, in groups. Nothing typed: those used last, then all groups in the order given. Something
 * typed: what fits, the group with the best match first.
 */
export function groupCommands(
  commands: readonly Command[],
  query: string,
  recentIds: readonly string[] = [],
): CommandGroup[] {
  if (query.trim() === '') {
    const byId = new Map(commands.map((command) => [command.id, command]));
    const recent = recentIds.flatMap((id) => byId.get(id) ?? []).slice(0, mostRecent);
    const rest = commands.filter((command) => !recent.includes(command));
    return [...(recent.length > 0 ? [{ title: 'Recent', entries: recent }] : []), ...byGroup(rest)];
  }
  const ranked = fuzzyRank(
    commands.filter(({ matched }) => !matched),
    query,
    ({ label, keywords = [], group }) => [label, [...keywords, label].join(' '), `${group} ${label}`],
  );
  return byGroup([...ranked, ...commands.filter(({ matched }) => matched)]);
}

function byGroup(commands: readonly Command[]): CommandGroup[] {
  const groups = new Map<string, Command[]>();
  for (const command of commands) {
    const entries = groups.get(command.group);
    if (entries) entries.push(command);
    else groups.set(command.group, [command]);
  }
  return [...groups].map(([title, entries]) => ({ title, entries }));
}
