import { lazy, type RefObject, Suspense, useCallback, useImperativeHandle, useRef } from 'react';
import type { RichTextEditorProps, RichTextHandle } from './rich-text-props.ts';

const EditorArea = lazy(() => import('./editor-area.tsx').then((module) => ({ default: module.EditorArea })));

/** Writes HTML bodies. Loaded when first drawn; keeps no draft of its own. */
export function RichTextEditor({ ref, autoFocus = false, ...props }: RichTextEditorProps) {
  const wantsFocus = useRef(autoFocus);
  const area = useRef<RichTextHandle | null>(null);
  const early = useRef<string[]>([]);
  const takeArea = useCallback((handle: RichTextHandle | null) => {
    area.current = handle;
    if (handle === null) return;
    for (const html of early.current.splice(0)) handle.insertHtml(html);
    if (wantsFocus.current) handle.focus();
    wantsFocus.current = false;
  }, []);
  useImperativeHandle(ref, () => ({
    focus: () => {
      wantsFocus.current = area.current === null;
      area.current?.focus();
    },
    insertHtml: (html) => (area.current ? area.current.insertHtml(html) : early.current.push(html)),
  }));
  return (
    <Suspense fallback={<EditorSkeleton label={props.label} wantsFocus={wantsFocus} />}>
      <EditorArea {...props} ref={takeArea} />
    </Suspense>
  );
}

/** As large as the editor will be. Who goes into it is in the editor once that is there. */
function EditorSkeleton({ label, wantsFocus }: { label: string; wantsFocus: RefObject<boolean> }) {
  return (
    <div aria-busy="true" className="rounded-md border border-strong bg-surface">
      <div aria-hidden="true" className="flex flex-wrap gap-0.5 border-line border-b p-1">
        {Array.from({ length: 13 }, (_, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: they never change places
          <span key={index} className="size-7 animate-appear rounded-md bg-hover" />
        ))}
      </div>
      <textarea
        readOnly
        aria-label={label}
        className="block h-28 w-full resize-none px-2.5 py-2"
        onFocus={() => {
          wantsFocus.current = true;
        }}
        onBlur={({ relatedTarget }) => {
          // Without another element it was the skeleton that went, not the person.
          if (relatedTarget !== null) wantsFocus.current = false;
        }}
      />
    </div>
  );
}
