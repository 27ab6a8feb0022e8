import Search from 'lucide-react/icons/search';
import { type KeyboardEvent, type ReactNode, useEffect, useId, useMemo, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { cx } from './class-names.ts';
import { type Command, type CommandGroup, groupCommands } from './command-groups.ts';
import { useModal } from './dialog.tsx';
import { Kbd } from './kbd.tsx';

interface CommandPaletteProps {
  onClose: () => void;
  commands: readonly Command[];
  /** Ids of the commands used last, newest first. They lead while nothing is typed. */
  recentIds?: readonly string[];
  /** Called with the chosen command after the palette has closed and the focus is back where it was. */
  onSelect: (command: Command) => void;
  /** Follows what is typed, for looking up records; their commands come in by `commands` with `matched`. */
  onQueryChange?: (query: string) => void;
  /** Records are being looked up. */
  loading?: boolean;
  placeholder?: string;
  /** Said when nothing fits. */
  empty?: ReactNode;
}

/** Everything one can do, by typing a part of its name. Draw it only while it is open; it is made to be loaded late. */
export function CommandPalette({
  onClose,
  commands,
  recentIds = [],
  onSelect,
  onQueryChange,
  loading = false,
  placeholder = 'Type a command or search',
  empty = 'Nothing fits. Try another word.',
}: CommandPaletteProps) {
  const id = useId();
  const dialog = useModal(onClose);
  const list = useRef<HTMLDivElement>(null);
  const [query, setQuery] = useState('');
  const [active, setActive] = useState(0);
  const groups = useMemo(() => groupCommands(commands, query, recentIds), [commands, query, recentIds]);
  const entries = groups.flatMap(({ entries }) => entries);
  const at = Math.min(active, entries.length - 1);
  const optionId = (index: number) => `${id}option${index}`;

  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  });

  function choose(command: Command | undefined) {
    if (command === undefined) return;
    dialog.current?.close();
    onSelect(command);
  }

  function handleKey(event: KeyboardEvent<HTMLInputElement>) {
    if (event.nativeEvent.isComposing) return;
    const last = entries.length - 1;
    const moves: Record<string, number> = {
      ArrowDown: at >= last ? 0 : at + 1,
      ArrowUp: at <= 0 ? last : at - 1,
      PageDown: Math.min(at + 8, last),
      PageUp: Math.max(at - 8, 0),
    };
    const next = moves[event.key];
    if (next !== undefined) setActive(next);
    else if (event.key === 'Enter') choose(entries[at]);
    else return;
    event.preventDefault();
  }

  return createPortal(
    <dialog
      ref={dialog}
      aria-label="Command palette"
      className={cx(
        'mx-auto mt-[12dvh] mb-auto max-h-[min(70dvh,30rem)] w-[calc(100%-2rem)] max-w-xl animate-fade flex-col',
        'overflow-hidden rounded-md bg-raised p-0 text-fg shadow-pop open:flex',
      )}
    >
      <label className="flex items-center gap-2 border-line border-b px-4">
        <Search aria-hidden="true" className="size-4 shrink-0 text-faint" />
        <input
          role="combobox"
          aria-label={placeholder}
          aria-expanded="true"
          aria-controls={`${id}list`}
          aria-autocomplete="list"
          aria-activedescendant={entries.length > 0 ? optionId(at) : undefined}
          autoComplete="off"
          spellCheck={false}
          data-autofocus=""
          placeholder={placeholder}
          className="h-12 min-w-0 flex-1 bg-transparent text-lg outline-none"
          value={query}
          onChange={(event) => {
            setQuery(event.target.value);
            setActive(0);
            onQueryChange?.(event.target.value);
          }}
          onKeyDown={handleKey}
        />
      </label>
      <div
        ref={list}
        id={`${id}list`}
        role="listbox"
        aria-label="Commands"
        aria-busy={loading}
        tabIndex={-1}
        className="min-h-0 flex-1 overflow-y-auto p-1.5 outline-none"
      >
        {groups.map((group, index) => (
          <Group
            key={group.title}
            group={group}
            labelId={`${id}${group.title}`}
            first={groups.slice(0, index).reduce((sum, { entries }) => sum + entries.length, 0)}
            active={at}
            optionId={optionId}
            onPoint={setActive}
            onChoose={choose}
          />
        ))}
      </div>
      <p role="status" className={cx('px-4 text-center text-muted', entries.length > 0 ? 'sr-only' : 'pt-6 pb-10')}>
        {entries.length > 0 ? `${entries.length} results` : loading ? 'Searching' : empty}
      </p>
      <footer className="flex flex-wrap gap-x-4 gap-y-1 border-line border-t px-4 py-2 text-muted text-xs">
        <span>
          <Kbd keys="↑ ↓" /> move
        </span>
        <span>
          <Kbd keys="enter" /> choose
        </span>
        <span>
          <Kbd keys="esc" /> close
        </span>
        {loading && entries.length > 0 && <span className="ms-auto">Searching</span>}
      </footer>
    </dialog>,
    document.body,
  );
}

interface GroupProps {
  group: CommandGroup;
  labelId: string;
  /** Where its first entry stands among all. */
  first: number;
  active: number;
  optionId: (index: number) => string;
  onPoint: (index: number) => void;
  onChoose: (command: Command) => void;
}

function Group({ group, labelId, first, active, optionId, onPoint, onChoose }: GroupProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a listbox groups its options by role
    <div role="group" aria-labelledby={labelId}>
      <div id={labelId} className="px-2.5 pt-2 pb-1 font-medium text-faint text-xs">
        {group.title}
      </div>
      {group.entries.map((command, offset) => {
        const index = first + offset;
        return (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the combobox has the focus and takes the keys
          <div
            key={command.id}
            id={optionId(index)}
            role="option"
            aria-selected={index === active}
            tabIndex={-1}
            className="flex min-h-9 cursor-pointer items-center gap-2.5 rounded-md px-2.5 aria-selected:bg-selected [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-muted"
            onPointerMove={() => index !== active && onPoint(index)}
            onClick={() => onChoose(command)}
          >
            {command.icon}
            <span className="min-w-0 flex-1 truncate">{command.label}</span>
            {command.hint && <span className="shrink-0 text-muted text-sm">{command.hint}</span>}
            {command.shortcut && <Kbd keys={command.shortcut} />}
          </div>
        );
      })}
    </div>
  );
}
