import { shortcutStrokes } from './shortcut.ts';

/** A shortcut such as `mod+k` or `g t`, drawn as keys and named for the machine it is read on. */
export function Kbd({ keys }: { keys: string }) {
  return (
    <span className="inline-flex items-center gap-1">
      {shortcutStrokes(keys).map((stroke, index) => (
        <kbd
          // biome-ignore lint/suspicious/noArrayIndexKey: strokes of one shortcut never change places
          key={index}
          className="inline-flex min-w-5 items-center justify-center rounded-md border border-line bg-canvas px-1 font-sans text-muted text-xs"
        >
          {stroke}
        </kbd>
      ))}
    </span>
  );
}
