import type { Ref } from 'react';

/** What a `ref` on the editor gives. Works from the start: what is asked for while the editor loads is done then. */
export interface RichTextHandle {
  focus: () => void;
  /** Puts HTML where the cursor is, in place of what is selected. */
  insertHtml: (html: string) => void;
}

export interface RichTextEditorProps {
  /** HTML; empty for nothing. */
  value: string;
  /** Gets HTML of what a body may be made of, '' for an empty document; as typed while the HTML itself is edited. */
  onChange: (html: string) => void;
  /** The accessible name. */
  label: string;
  placeholder?: string;
  /** mod+Enter. */
  onSubmit?: (() => void) | undefined;
  isDisabled?: boolean;
  autoFocus?: boolean;
  ref?: Ref<RichTextHandle>;
}
