import ChevronDown from 'lucide-react/icons/chevron-down';
import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Popover } from '../../ui/popover.tsx';
import { Emoji } from './emoji.tsx';
import { findEmoji, loadEmojiData, loadedEmojiData, type NamedEmoji } from './emoji-data.ts';

const loadPicker = () => import('./emoji-picker.tsx');
const EmojiPicker = lazy(() => loadPicker().then((module) => ({ default: module.EmojiPicker })));

interface EmojiFieldProps {
  value: string;
  onChange: (emoji: string) => void;
  label?: string;
  /** What Reset goes back to; without it there is no Reset. */
  defaultValue?: string;
  help?: ReactNode;
  error?: ReactNode;
  required?: boolean;
}

/** Chooses one emoji: a button that shows it by picture and name and opens the picker. */
export function EmojiField({ value, onChange, label = 'Icon', defaultValue, help, error, required }: EmojiFieldProps) {
  const name = useEmojiName(value);
  return (
    <Field label={label} help={help} error={error} required={required} group>
      <div className="flex items-center gap-2">
        <Popover
          label="Choose an emoji"
          trigger={(props) => (
            <Button
              {...props}
              aria-label={`${label}: ${name ?? value}. Choose another`}
              aria-invalid={error ? true : undefined}
              className="justify-start"
              icon={<Emoji emoji={value} />}
              onPointerEnter={() => void loadPicker()}
              onFocus={() => void loadPicker()}
            >
              <span className="max-w-48 truncate">{name ?? 'Choose'}</span>
              <ChevronDown aria-hidden="true" className="text-muted" />
            </Button>
          )}
        >
          {({ close }) => (
            <Suspense fallback={<div className="h-80 w-80" />}>
              <EmojiPicker
                onPick={({ emoji }: NamedEmoji) => {
                  onChange(emoji);
                  close();
                }}
              />
            </Suspense>
          )}
        </Popover>
        {defaultValue !== undefined && value !== defaultValue && (
          <Button variant="ghost" onClick={() => onChange(defaultValue)}>
            Reset to default
          </Button>
        )}
      </div>
    </Field>
  );
}

/** The name of an emoji, once the data that knows it is here. The picture is there all along. */
function useEmojiName(emoji: string): string | undefined {
  const [data, setData] = useState(loadedEmojiData);
  useEffect(() => {
    if (data !== undefined) return;
    let gone = false;
    loadEmojiData().then(
      (loaded) => !gone && setData(loaded),
      // The picker says what is wrong when it is opened; the button only lacks a name.
      () => undefined,
    );
    return () => {
      gone = true;
    };
  }, [data]);
  return data && findEmoji(data, emoji)?.label;
}
