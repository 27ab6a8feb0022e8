import { useState } from 'react';
import { useAllActions } from '../lib/actions.ts';
import { shortcutsEnabled } from '../lib/shortcuts.ts';
import { useStored } from '../lib/stored.ts';
import { Dialog } from '../ui/dialog.tsx';
import { Input } from '../ui/input.tsx';
import { Kbd } from '../ui/kbd.tsx';
import { Switch } from '../ui/switch.tsx';

/** Every key that does something here, with a search and the switch that turns single keys off. */
export function ShortcutsSheet({ onClose }: { onClose: () => void }) {
  const [text, setText] = useState('');
  const enabled = useStored(shortcutsEnabled) !== false;
  const words = text.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  const actions = useAllActions().filter(({ shortcut, label, group }) => {
    const searched = `${label} ${group} ${shortcut}`.toLocaleLowerCase();
    return shortcut !== undefined && words.every((word) => searched.includes(word));
  });
  const groups = Map.groupBy(actions, ({ group }) => group);

  return (
    <Dialog open onClose={onClose} size="md" title="Keyboard shortcuts">
      <div className="flex flex-col gap-4">
        <Input
          type="search"
          aria-label="Search shortcuts"
          placeholder="Search shortcuts"
          data-autofocus=""
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        {groups.size === 0 && <p className="text-muted">No shortcut has these words.</p>}
        {[...groups].map(([group, entries]) => (
          <section key={group}>
            <h3 className="mb-1 font-medium text-muted text-sm">{group}</h3>
            <dl>
              {entries.map(({ id, label, shortcut = '' }) => (
                <div key={id} className="flex items-center justify-between gap-4 border-line border-b py-1.5">
                  <dt>{label}</dt>
                  <dd>
                    <Kbd keys={shortcut} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
        <Switch
          label="Single-key shortcuts"
          help="When they are off, only keys pressed together with Ctrl or ⌘ act."
          checked={enabled}
          onChange={({ target }) => shortcutsEnabled.set(target.checked)}
        />
      </div>
    </Dialog>
  );
}
