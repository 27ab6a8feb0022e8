import type { Editor } from '@tiptap/react';
import ImageIcon from 'lucide-react/icons/image';
import { type ComponentProps, type KeyboardEvent, useState } from 'react';
import { Button, IconButton } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import { Popover } from '../../ui/popover.tsx';
import { imageAddress } from './typed-address.ts';

interface ImagePopoverProps {
  editor: Editor;
  isOff: boolean;
  buttonProps: Omit<ComponentProps<'button'>, 'onClick'>;
}

export function ImagePopover({ editor, isOff, buttonProps }: ImagePopoverProps) {
  return (
    <Popover
      label="Image"
      className="w-80 p-3"
      trigger={(props) => (
        <IconButton
          {...buttonProps}
          {...props}
          size="sm"
          label="Image"
          icon={<ImageIcon />}
          aria-disabled={isOff || undefined}
          onClick={() => !isOff && props.onClick()}
        />
      )}
    >
      {({ close }) => <ImageForm editor={editor} onClose={close} />}
    </Popover>
  );
}

function ImageForm({ editor, onClose }: { editor: Editor; onClose: () => void }) {
  const [typed, setTyped] = useState('');
  const [alt, setAlt] = useState('');
  const [isWrong, setIsWrong] = useState(false);

  function insert() {
    const src = imageAddress(typed);
    setIsWrong(src === undefined);
    if (src === undefined) return;
    onClose();
    editor
      .chain()
      .focus()
      .insertContent({ type: 'image', attrs: { src, alt: alt.trim() } })
      .run();
  }
  function insertOnEnter(event: KeyboardEvent) {
    if (event.key !== 'Enter') return;
    // The form that the editor stands in must not be sent by this.
    event.preventDefault();
    insert();
  }

  return (
    <div className="flex flex-col gap-3">
      <Field
        label="Address of the image"
        help="Whoever reads this loads the image from there."
        error={isWrong && 'Enter a web address, such as https://example.com/chart.png.'}
      >
        <Input
          data-autofocus
          type="url"
          value={typed}
          placeholder="https://"
          onChange={(event) => setTyped(event.target.value)}
          onKeyDown={insertOnEnter}
        />
      </Field>
      <Field label="Alternative text" help="Says what it shows to those who do not see it.">
        <Input value={alt} onChange={(event) => setAlt(event.target.value)} onKeyDown={insertOnEnter} />
      </Field>
      <Button size="sm" variant="primary" className="self-end" onClick={insert}>
        Insert image
      </Button>
    </div>
  );
}
