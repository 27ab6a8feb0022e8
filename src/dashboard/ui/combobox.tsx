import ChevronsUpDown from 'lucide-react/icons/chevrons-up-down';
import X from 'lucide-react/icons/x';
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { cx } from './class-names.ts';
import { useFieldControl } from './field-control.ts';
import { controlClass } from './input.tsx';
import { OptionList, optionId } from './option-list.tsx';
import { type ComboboxOption, type OptionSource, useFittingOptions } from './use-options.ts';

interface SharedProps extends OptionSource {
  /** Names the control and its list: "Assignee". */
  label: string;
  placeholder?: string;
  /** Said when nothing fits. */
  empty?: ReactNode;
  /** The list stands under the input at all times, for use inside of a panel that floats itself. */
  inline?: boolean;
  /** Takes the focus when the dialog or popover around it opens. */
  autoFocus?: boolean;
  disabled?: boolean;
  className?: string;
}

export interface ComboboxProps extends SharedProps {
  value: string | undefined;
  /** The label of `value` where its option is not at hand. */
  valueLabel?: string | undefined;
  onChange: (value: string, option: ComboboxOption) => void;
}

/** A choice of one among many, found by typing. Options are at hand (`options`) or looked up (`loadOptions`). */
export function Combobox({ value, valueLabel, onChange, ...shared }: ComboboxProps) {
  const [chosen, setChosen] = useState<ComboboxOption | null>(null);
  const atHand = shared.options?.find((option) => option.value === value);
  const label = atHand?.label ?? valueLabel ?? (chosen?.value === value ? chosen?.label : value) ?? '';
  return (
    <Choice
      {...shared}
      multiple={false}
      chosenText={shared.inline ? '' : label}
      isChosen={(one) => one === value}
      onChoose={(option) => {
        setChosen(option);
        onChange(option.value, option);
      }}
    />
  );
}

export interface MultiComboboxProps extends SharedProps {
  values: readonly string[];
  /** The label of one of the `values` where its option is not at hand. */
  labelOf?: (value: string) => string | undefined;
  onChange: (values: string[], options: ComboboxOption[]) => void;
}

/** A choice of several among many. Those chosen stand before the input; Backspace in it takes the last one away. */
export function MultiCombobox({ values, labelOf, onChange, ...shared }: MultiComboboxProps) {
  const [seen, setSeen] = useState<ReadonlyMap<string, ComboboxOption>>(new Map());
  const optionOf = (value: string): ComboboxOption =>
    shared.options?.find((option) => option.value === value) ??
    seen.get(value) ?? { value, label: labelOf?.(value) ?? value };
  const change = (next: string[]) => onChange(next, next.map(optionOf));
  return (
    <Choice
      {...shared}
      multiple
      chosenText=""
      isChosen={(one) => values.includes(one)}
      onChoose={(option) => {
        setSeen(new Map(seen).set(option.value, option));
        const isChosen = values.includes(option.value);
        const next = isChosen ? values.filter((value) => value !== option.value) : [...values, option.value];
        onChange(
          next,
          next.map((value) => (value === option.value ? option : optionOf(value))),
        );
      }}
      onBackspace={() => values.length > 0 && change(values.slice(0, -1))}
      tokens={values
        .map(optionOf)
        .map((option) => (
          <Token
            key={option.value}
            option={option}
            onRemove={shared.disabled ? undefined : () => change(values.filter((value) => value !== option.value))}
          />
        ))}
    />
  );
}

function Token({ option, onRemove }: { option: ComboboxOption; onRemove: (() => void) | undefined }) {
  return (
    <span className="inline-flex h-6 max-w-full items-center gap-1 rounded-md bg-hover ps-1.5 text-sm [&_svg]:size-3.5 [&_svg]:shrink-0">
      {option.icon}
      <span className="min-w-0 truncate">{option.label}</span>
      {onRemove ? (
        <button
          type="button"
          tabIndex={-1}
          aria-label={`Remove ${option.label}`}
          className="inline-flex size-6 items-center justify-center rounded-md text-muted hover:text-fg"
          onClick={onRemove}
        >
          <X aria-hidden="true" />
        </button>
      ) : (
        <span className="w-1.5" />
      )}
    </span>
  );
}

interface ChoiceProps extends SharedProps {
  multiple: boolean;
  /** What the input shows while nobody types. */
  chosenText: string;
  isChosen: (value: string) => boolean;
  onChoose: (option: ComboboxOption) => void;
  onBackspace?: () => void;
  tokens?: ReactNode;
}

/** The pattern of both: an input that filters, a list that it points into. */
function Choice({
  options,
  loadOptions,
  label,
  placeholder,
  empty = 'Nothing fits.',
  inline = false,
  autoFocus,
  disabled,
  className,
  multiple,
  chosenText,
  isChosen,
  onChoose,
  onBackspace,
  tokens,
}: ChoiceProps) {
  const listId = useId();
  const frame = useRef<HTMLDivElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const [isOpen, setIsOpen] = useState(false);
  const [text, setText] = useState<string | null>(null);
  const [active, setActive] = useState(0);
  const isShown = isOpen || inline;
  const fitting = useFittingOptions({ options, loadOptions }, text ?? '', isShown);
  const at = Math.min(active, fitting.options.length - 1);
  const field = useFieldControl();

  // What was chosen is there to be typed over.
  useEffect(() => {
    if (chosenText !== '' && input.current === document.activeElement) input.current?.select();
  }, [chosenText]);

  function open() {
    if (isOpen || disabled) return;
    setIsOpen(true);
    setActive(Math.max(0, options && text === null ? options.findIndex(({ value }) => isChosen(value)) : 0));
  }
  function close() {
    setIsOpen(false);
    setText(null);
  }
  function choose(option: ComboboxOption | undefined) {
    if (option === undefined) return;
    onChoose(option);
    if (!multiple) close();
    else if (text !== null) {
      setText(null);
      setActive(0);
    }
  }

  function handleKey(event: KeyboardEvent<HTMLInputElement>) {
    if (event.nativeEvent.isComposing) return;
    const { key } = event;
    if (key === 'Backspace' && event.currentTarget.value === '') return onBackspace?.();
    if (key === 'Tab') return close();
    if (key === 'ArrowDown' || key === 'ArrowUp') {
      event.preventDefault();
      if (!isShown) return open();
      const count = fitting.options.length;
      if (count > 0) setActive((at + (key === 'ArrowDown' ? 1 : -1) + count) % count);
      return;
    }
    // An inline list stays, so Escape is for the panel around it, once nothing is typed.
    if (key === 'Escape' && (inline ? text : isOpen)) {
      event.preventDefault();
      event.stopPropagation();
      return close();
    }
    if (key === 'Enter' && isShown) {
      event.preventDefault();
      choose(fitting.options[at]);
    }
  }

  const { options: shown, more, isLoading, hasFailed } = fitting;
  const count = `${shown.length + more} ${shown.length + more === 1 ? 'option' : 'options'}`;
  const note = hasFailed
    ? 'The options could not be loaded. Type to try again.'
    : isLoading && shown.length === 0
      ? 'Searching'
      : shown.length === 0
        ? empty
        : more > 0 && `And ${more} more. Type to find them.`;

  return (
    <div className={cx('relative flex min-w-0 flex-col', inline && 'gap-1', className)}>
      <div
        ref={frame}
        className={cx(
          controlClass,
          'flex min-h-8 flex-wrap items-center gap-1 bg-surface! px-1 has-focus-visible:border-focus has-focus-visible:outline-2',
          'has-focus-visible:outline-focus has-disabled:bg-hover! has-aria-invalid:border-danger',
        )}
      >
        {tokens}
        <input
          {...field}
          ref={input}
          role="combobox"
          aria-label={field.id === undefined ? label : undefined}
          aria-expanded={isShown}
          aria-controls={isShown ? listId : undefined}
          aria-autocomplete="list"
          aria-activedescendant={isShown && shown.length > 0 ? optionId(listId, at) : undefined}
          autoComplete="off"
          spellCheck={false}
          data-autofocus={autoFocus ? '' : undefined}
          disabled={disabled}
          placeholder={placeholder}
          className={cx('h-7 min-w-16 flex-1 bg-transparent px-1.5 outline-none', !inline && !multiple && 'pe-6')}
          value={text ?? chosenText}
          onChange={({ target }) => {
            open();
            setText(target.value);
            setActive(0);
          }}
          onClick={open}
          onFocus={({ target }) => target.select()}
          onBlur={close}
          onKeyDown={handleKey}
        />
        {!inline && !multiple && <Arrows />}
      </div>
      {isShown && (
        <OptionList
          id={listId}
          label={label}
          options={shown}
          note={note}
          active={at}
          isChosen={isChosen}
          multiple={multiple}
          anchor={inline ? undefined : frame}
          onPoint={setActive}
          onChoose={choose}
        />
      )}
      <span role="status" className="sr-only">
        {isShown && (isLoading ? 'Searching' : shown.length === 0 ? note : count)}
      </span>
    </div>
  );
}

function Arrows() {
  return <ChevronsUpDown aria-hidden="true" className="pointer-events-none absolute end-2.5 size-3.5 text-muted" />;
}
