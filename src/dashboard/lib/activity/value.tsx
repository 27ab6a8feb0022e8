import { cx } from '../../ui/class-names.ts';
import { valueInWords } from './entry-words.ts';

/** A JSON value as text; what is not there is said in a quieter tone, so that it is not taken for the text itself. */
export function Value({ value }: { value: unknown }) {
  const isNothing =
    value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
  const isStructure = typeof value === 'object' && valueInWords(value).includes('\n');
  return (
    <span
      className={cx(
        'wrap-anywhere whitespace-pre-wrap',
        isNothing && 'text-muted italic',
        isStructure && 'font-mono text-xs',
      )}
    >
      {valueInWords(value)}
    </span>
  );
}
