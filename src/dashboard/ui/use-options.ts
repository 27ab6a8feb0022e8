import { type ReactNode, useEffect, useMemo, useState } from 'react';
import { fuzzyRank } from './fuzzy.ts';

export interface ComboboxOption {
  value: string;
  label: string;
  icon?: ReactNode;
  /** A word at the end of the line: what tells it from others of the same label. */
  hint?: string | undefined;
  /** The heading it stands under. Options of one group come one after the other. */
  group?: string | undefined;
}

/** Where the options come from: all at hand, or looked up by what is typed. */
export interface OptionSource {
  options?: readonly ComboboxOption[] | undefined;
  loadOptions?: ((text: string) => Promise<readonly ComboboxOption[]>) | undefined;
}

interface FittingOptions {
  options: readonly ComboboxOption[];
  /** How many fit beyond those. */
  more: number;
  isLoading: boolean;
  hasFailed: boolean;
}

interface Found {
  text: string;
  options: readonly ComboboxOption[];
  hasFailed: boolean;
}

/** A list longer than a person reads is cut; typing finds the rest. */
const most = 100;
const pauseMs = 200;
const none: readonly ComboboxOption[] = [];

/** The options that fit `text`, while `isOpen`. What was found last stays until the next is. */
export function useFittingOptions(
  { options, loadOptions }: OptionSource,
  text: string,
  isOpen: boolean,
): FittingOptions {
  const [found, setFound] = useState<Found | null>(null);
  const wanted = loadOptions !== undefined && isOpen;

  useEffect(() => {
    if (loadOptions === undefined || !wanted) return;
    let isCurrent = true;
    const timer = setTimeout(
      () => {
        loadOptions(text).then(
          (loaded) => isCurrent && setFound({ text, options: loaded, hasFailed: false }),
          () => isCurrent && setFound({ text, options: none, hasFailed: true }),
        );
      },
      text === '' ? 0 : pauseMs,
    );
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [loadOptions, text, wanted]);

  return useMemo(() => {
    const all = loadOptions ? (found?.options ?? none) : byGroup(fitting(options ?? none, text));
    return {
      options: all.slice(0, most),
      more: Math.max(0, all.length - most),
      isLoading: wanted && found?.text !== text,
      hasFailed: found?.text === text && found.hasFailed,
    };
  }, [options, loadOptions, found, text, wanted]);
}

function fitting(options: readonly ComboboxOption[], text: string): readonly ComboboxOption[] {
  if (text.trim() === '') return options;
  return fuzzyRank(options, text, ({ label, hint, group }) => [label, `${group ?? ''} ${label} ${hint ?? ''}`]);
}

/** The group with the best fit leads, so that a heading stands once. */
function byGroup(options: readonly ComboboxOption[]): readonly ComboboxOption[] {
  const groups = new Map<string | undefined, ComboboxOption[]>();
  for (const option of options) {
    const group = groups.get(option.group);
    if (group) group.push(option);
    else groups.set(option.group, [option]);
  }
  return groups.size < 2 ? options : [...groups.values()].flat();
}
