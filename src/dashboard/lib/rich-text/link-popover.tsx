import type { Editor } from '@tiptap/react';
import Link from 'lucide-react/icons/link';
import { type ComponentProps, useState } from 'react';
import { Button, IconButton } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import { Popover } from '../../ui/popover.tsx';
import { linkAddress } from './typed-address.ts';

interface LinkPopoverProps {
  editor: Editor;
  isOff: boolean;
  isPressed: boolean;
  buttonProps: Omit<ComponentProps<'button'>, 'onClick'>;
}

export function LinkPopover({ editor, isOff, isPressed, buttonProps }: LinkPopoverProps) {
  return (
    <Popover
      label="Link"
      className="w-80 p-3"
      trigger={(props) => (
        <IconButton
          {...buttonProps}
          {...props}
          size="sm"
          label="Link"
          icon={<Link />}
          aria-pressed={isPressed}
          aria-disabled={isOff || undefined}
          onClick={() => !isOff && props.onClick()}
        />
      )}
    >
      {({ close }) => <LinkForm editor={editor} isLink={isPressed} onClose={close} />}
    </Popover>
  );
}

function linkAt(editor: Editor): string {
  const { href }: Record<string, unknown> = editor.getAttributes('link');
  return typeof href === 'string' ? href : '';
}

function LinkForm({ editor, isLink, onClose }: { editor: Editor; isLink: boolean; onClose: () => void }) {
  const [typed, setTyped] = useState(() => linkAt(editor));
  const [isWrong, setIsWrong] = useState(false);

  function apply() {
    const href = linkAddress(typed);
    setIsWrong(href === undefined);
    if (href === undefined) return;
    onClose();
    const chain = editor.chain().focus();
    if (isLink) chain.extendMarkRange('link').setLink({ href }).run();
    else if (!editor.state.selection.empty) chain.setLink({ href }).run();
    else chain.insertContent({ type: 'text', text: typed.trim(), marks: [{ type: 'link', attrs: { href } }] }).run();
  }

  return (
    <div className="flex flex-col gap-3">
      <Field
        label="Address"
        error={isWrong && 'Enter a web address, an email address or a phone number, such as https://example.com.'}
      >
        <Input
          data-autofocus
          type="url"
          value={typed}
          placeholder="https://"
          onChange={(event) => setTyped(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return;
            // The form that the editor stands in must not be sent by this.
            event.preventDefault();
            apply();
          }}
        />
      </Field>
      <div className="flex justify-end gap-2">
        {isLink && (
          <Button
            size="sm"
            onClick={() => {
              onClose();
              editor.chain().focus().extendMarkRange('link').unsetLink().run();
            }}
          >
            Remove link
          </Button>
        )}
        <Button size="sm" variant="primary" onClick={apply}>
          {isLink ? 'Change link' : 'Add link'}
        </Button>
      </div>
    </div>
  );
}
