const apple = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.platform);

const appleNames: Record<string, string> = { mod: '⌘', shift: '⇧', alt: '⌥', enter: '↵', esc: 'Esc' };
const otherNames: Record<string, string> = { mod: 'Ctrl', shift: 'Shift', alt: 'Alt', enter: 'Enter', esc: 'Esc' };

/**
 * The keys of a shortcut as a person reads them, one text a stroke: `mod+k` is `['⌘K']` on Apple's machines and
 * `['Ctrl+K']` elsewhere, `g t` is `['G', 'T']`.
 */
export function shortcutStrokes(keys: string, onApple = apple): string[] {
  const names = onApple ? appleNames : otherNames;
  return keys.split(' ').map((stroke) =>
    stroke
      .split('+')
      .map((key) => names[key] ?? (key.length === 1 ? key.toUpperCase() : key))
      .join(onApple ? '' : '+'),
  );
}

/**
 * The same shortcut for `aria-keyshortcuts`, in both forms where Apple's machines have another; undefined for a
 * sequence, which that attribute cannot say.
 */
export function ariaShortcut(keys: string): string | undefined {
  if (keys.includes(' ')) return undefined;
  const names: Record<string, string> = { shift: 'Shift', alt: 'Alt', enter: 'Enter', esc: 'Escape' };
  const form = (mod: string) =>
    keys
      .split('+')
      .map((key) => (key === 'mod' ? mod : (names[key] ?? key)))
      .join('+');
  return [...new Set([form('Control'), form('Meta')])].join(' ');
}
