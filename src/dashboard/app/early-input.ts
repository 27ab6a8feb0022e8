const setValue = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set;

/**
 * Tells React what a person typed, chose or ticked in a screen drawn by the server before React was there. Hydration
 * itself leaves such a field as it is, and its component without the news.
 */
export async function replayEarlyInput(root: HTMLElement): Promise<void> {
  const changed = [...root.querySelectorAll('input')].filter(isChanged).map((field) => ({ field, typed: field.value }));
  for (const { field, typed } of changed) {
    // What one field has changed is drawn before the next one speaks. At first, that is the hydration.
    await null;
    // What is not hydrated yet is hydrated at once for an event of this kind.
    field.dispatchEvent(new Event('input', { bubbles: true }));
    // React compares with the last state that it has seen set, so it sees the old one set and the new one not.
    if (isTicked(field)) {
      field.checked = field.defaultChecked;
      field.click();
    } else {
      field.value = field.defaultValue;
      setValue?.call(field, typed);
      field.dispatchEvent(new Event('input', { bubbles: true }));
    }
  }
}

const isTicked = ({ type }: HTMLInputElement) => type === 'checkbox' || type === 'radio';

/** Of radio buttons only the chosen one counts: the one that it has replaced has nothing to say. */
function isChanged(field: HTMLInputElement): boolean {
  if (!isTicked(field)) return field.value !== field.defaultValue;
  return field.checked !== field.defaultChecked && (field.checked || field.type === 'checkbox');
}
