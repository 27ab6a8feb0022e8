import { EditorContent, useEditor } from '@tiptap/react';
import { type KeyboardEvent, useEffect, useImperativeHandle, useMemo, useRef, useState } from 'react';
import { cx } from '../../ui/class-names.ts';
import { bodyExtensions, htmlOf } from './editor-schema.ts';
import { EditorToolbar } from './editor-toolbar.tsx';
import type { RichTextEditorProps } from './rich-text-props.ts';
import './rich-text.css';

const textClass = 'block min-h-28 max-h-[50dvh] w-full overflow-y-auto px-2.5 py-2 outline-none';

export function EditorArea({
  value,
  onChange,
  label,
  placeholder = '',
  onSubmit,
  isDisabled = false,
  ref,
}: RichTextEditorProps) {
  const [isRaw, setIsRaw] = useState(false);
  const rawText = useRef<HTMLTextAreaElement>(null);
  // What was last told to the caller: any other value is the caller's own and has to be shown.
  const told = useRef(value);
  const tell = (html: string) => {
    told.current = html;
    onChange(html);
  };

  const extensions = useMemo(() => bodyExtensions(placeholder), [placeholder]);
  const editorProps = useMemo(
    () => ({
      attributes: {
        role: 'textbox',
        'aria-multiline': 'true',
        'aria-label': label,
        dir: 'auto',
        class: cx('rich-text', textClass),
        ...(isDisabled && { 'aria-disabled': 'true' }),
      },
    }),
    [label, isDisabled],
  );
  const editor = useEditor(
    {
      extensions,
      editorProps,
      content: value,
      editable: !isDisabled,
      // The page's policy forbids style elements; rich-text.css has what is needed.
      injectCSS: false,
      onUpdate: (event) => tell(htmlOf(event.editor)),
    },
    [extensions],
  );

  useEffect(() => {
    if (value === told.current) return;
    told.current = value;
    editor.commands.setContent(value, { emitUpdate: false });
  }, [editor, value]);
  useEffect(() => editor.setEditable(!isDisabled, false), [editor, isDisabled]);

  // An editor that was made for a drawing that took long is destroyed, and another one made after it is on view.
  const early = useRef<(() => void)[]>([]);
  const run = (task: () => void) => (editor.isDestroyed ? void early.current.push(task) : task());
  useEffect(() => {
    if (!editor.isDestroyed) for (const task of early.current.splice(0)) task();
  }, [editor]);
  const latest = useRef(editor);
  latest.current = editor;

  useImperativeHandle(ref, () => ({
    focus: () => {
      if (isRaw) rawText.current?.focus();
      else run(() => latest.current.commands.focus('end', { scrollIntoView: false }));
    },
    insertHtml: (html) => {
      if (isRaw) tell(value + html);
      else run(() => latest.current.commands.insertContent(html));
    },
  }));

  function toggleRaw() {
    setIsRaw(!isRaw);
    if (!isRaw) return;
    // What the editor cannot hold is gone now, and the caller has to know.
    editor.commands.setContent(value, { emitUpdate: false });
    if (value !== htmlOf(editor)) tell(htmlOf(editor));
  }

  function handleKeys(event: KeyboardEvent) {
    const isSubmit = event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey;
    const isInPanel = event.target instanceof Element && event.target.closest('[popover]') !== null;
    if (!isSubmit || isInPanel || onSubmit === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    if (!isDisabled && !event.repeat) onSubmit();
  }

  return (
    // Before the editor sees the keys, to which mod+Enter would be a line break.
    <div
      onKeyDownCapture={handleKeys}
      className={cx(
        'min-w-0 rounded-md border border-strong transition-colors focus-within:border-focus',
        isDisabled ? 'bg-hover text-muted' : 'bg-surface',
      )}
    >
      <EditorToolbar editor={editor} label={label} isRaw={isRaw} isDisabled={isDisabled} onToggleRaw={toggleRaw} />
      {isRaw ? (
        <textarea
          ref={rawText}
          aria-label={`${label}, as HTML`}
          dir="ltr"
          spellCheck={false}
          value={value}
          disabled={isDisabled}
          onChange={(event) => tell(event.target.value)}
          className={cx(textClass, 'field-sizing-content resize-y font-mono text-sm')}
        />
      ) : (
        <EditorContent editor={editor} />
      )}
    </div>
  );
}
