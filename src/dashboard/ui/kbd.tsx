import { cx } from './class-names.ts';
import { shortcutStrokes } from './shortcut.ts';

/** A shortcut such as `mod+k` or `g t`, drawn as keys and named for the machine it is read on. */
export function Kbd({ keys }: { keys: string }) {
  const usual = shortcutStrokes(keys, false);
  const onApple = shortcutStrokes(keys, true);
  if (usual.join() === onApple.join()) return <Strokes strokes={usual} className="inline-flex" />;
  // Which machine it is, the stylesheet knows: the same markup serves all of them, whoever draws it.
  return (
    <>
      <Strokes strokes={usual} className="inline-flex apple:hidden" />
      <Strokes strokes={onApple} className="hidden apple:inline-flex" />
    </>
  );
}

function Strokes({ strokes, className }: { strokes: readonly string[]; className: string }) {
  return (
    <span className={cx('items-center gap-1', className)}>
      {strokes.map((stroke, index) => (
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
