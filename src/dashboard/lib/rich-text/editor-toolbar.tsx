import { type ChainedCommands, type Editor, useEditorState } from '@tiptap/react';
import Bold from 'lucide-react/icons/bold';
import Code from 'lucide-react/icons/code';
import FileCode from 'lucide-react/icons/file-code';
import Italic from 'lucide-react/icons/italic';
import List from 'lucide-react/icons/list';
import ListOrdered from 'lucide-react/icons/list-ordered';
import Quote from 'lucide-react/icons/quote';
import Redo from 'lucide-react/icons/redo-2';
import Strikethrough from 'lucide-react/icons/strikethrough';
import Underline from 'lucide-react/icons/underline';
import Undo from 'lucide-react/icons/undo-2';
import { type MouseEvent, type ReactNode, useState } from 'react';
import { IconButton } from '../../ui/button.tsx';
import { ImagePopover } from './image-popover.tsx';
import { LinkPopover } from './link-popover.tsx';
import { moveInToolbar } from './toolbar-keys.ts';

interface Tool {
  name: string;
  label: string;
  shortcut: string;
  icon: ReactNode;
  run: (chain: ChainedCommands) => ChainedCommands;
}

const marks: readonly Tool[] = [
  { name: 'bold', label: 'Bold', shortcut: 'mod+b', icon: <Bold />, run: (chain) => chain.toggleBold() },
  { name: 'italic', label: 'Italic', shortcut: 'mod+i', icon: <Italic />, run: (chain) => chain.toggleItalic() },
  {
    name: 'underline',
    label: 'Underline',
    shortcut: 'mod+u',
    icon: <Underline />,
    run: (chain) => chain.toggleUnderline(),
  },
  {
    name: 'strike',
    label: 'Strike through',
    shortcut: 'mod+shift+s',
    icon: <Strikethrough />,
    run: (chain) => chain.toggleStrike(),
  },
  {
    name: 'bulletList',
    label: 'Bulleted list',
    shortcut: 'mod+shift+8',
    icon: <List />,
    run: (chain) => chain.toggleBulletList(),
  },
  {
    name: 'orderedList',
    label: 'Numbered list',
    shortcut: 'mod+shift+7',
    icon: <ListOrdered />,
    run: (chain) => chain.toggleOrderedList(),
  },
  {
    name: 'blockquote',
    label: 'Quote',
    shortcut: 'mod+shift+b',
    icon: <Quote />,
    run: (chain) => chain.toggleBlockquote(),
  },
  { name: 'code', label: 'Code', shortcut: 'mod+e', icon: <Code />, run: (chain) => chain.toggleCode() },
];

const steps: readonly Tool[] = [
  { name: 'undo', label: 'Undo', shortcut: 'mod+z', icon: <Undo />, run: (chain) => chain.undo() },
  { name: 'redo', label: 'Redo', shortcut: 'mod+shift+z', icon: <Redo />, run: (chain) => chain.redo() },
];

interface EditorToolbarProps {
  editor: Editor;
  label: string;
  /** Whether the HTML itself is edited, to which most tools do not apply. */
  isRaw: boolean;
  isDisabled: boolean;
  onToggleRaw: () => void;
}

export function EditorToolbar({ editor, label, isRaw, isDisabled, onToggleRaw }: EditorToolbarProps) {
  const active = useEditorState({ editor, selector: (context) => activeIn(context.editor) });
  // One stop for the Tab key, where the arrow keys left it.
  const [stop, setStop] = useState('bold');
  const isOff = isRaw || isDisabled;
  const stopAt = (name: string) => ({
    'data-tool': name,
    tabIndex: stop === name ? 0 : -1,
    onFocus: () => setStop(name),
  });

  const button = (tool: Tool, isUseless: boolean, pressed?: boolean) => (
    <IconButton
      key={tool.name}
      {...stopAt(tool.name)}
      size="sm"
      label={tool.label}
      shortcut={tool.shortcut}
      icon={tool.icon}
      aria-pressed={pressed}
      aria-disabled={isUseless || undefined}
      className={toolClass}
      onMouseDown={keepFocus}
      onClick={(event) => {
        if (isUseless) return;
        // Who pressed a key on the button stays there, who clicked goes on writing.
        const chain = event.detail > 0 ? editor.chain().focus() : editor.chain();
        tool.run(chain).run();
      }}
    />
  );

  return (
    <div
      role="toolbar"
      aria-label={`Formatting of ${label}`}
      tabIndex={-1}
      onKeyDown={moveInToolbar}
      className="flex flex-wrap gap-0.5 border-line border-b p-1 outline-none"
    >
      {marks.map((tool) => button(tool, isOff, !isRaw && active[tool.name] === true))}
      <LinkPopover
        editor={editor}
        isOff={isOff}
        isPressed={!isRaw && active.link === true}
        buttonProps={{ ...stopAt('link'), className: toolClass }}
      />
      <ImagePopover editor={editor} isOff={isOff} buttonProps={{ ...stopAt('image'), className: toolClass }} />
      {steps.map((tool) => button(tool, isOff || active[tool.name] !== true))}
      <IconButton
        {...stopAt('raw')}
        size="sm"
        label="Edit as HTML"
        icon={<FileCode />}
        aria-pressed={isRaw}
        aria-disabled={isDisabled || undefined}
        className={toolClass}
        onClick={() => !isDisabled && onToggleRaw()}
      />
    </div>
  );
}

const toolClass = 'aria-disabled:opacity-50 aria-pressed:bg-selected aria-pressed:text-accent';

function activeIn(editor: Editor): Record<string, boolean> {
  const names = [...marks.map((tool) => tool.name), 'link'];
  const can = editor.can();
  return {
    ...Object.fromEntries(names.map((name) => [name, editor.isActive(name)])),
    undo: can.undo(),
    redo: can.redo(),
  };
}

/** A press on a tool must not take the cursor out of the text. */
function keepFocus(event: MouseEvent) {
  event.preventDefault();
}
