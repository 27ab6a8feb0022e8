import { useRef } from 'react';
import { newIdempotencyKey } from './call.ts';

export interface CreateKeys {
  /** The key of a create: the same one for as long as `body` is the same and it was not forgotten. */
  keyOf: (name: string, body: unknown) => string;
  /** To be called when the create is done, or is known not to have happened: the next one is another. */
  forget: (name: string) => void;
}

/** Idempotency keys of what one screen creates, by name, so that sending the same thing again creates it once. */
export function useCreateKeys(): CreateKeys {
  const kept = useRef(new Map<string, { text: string; key: string }>());
  return {
    keyOf: (name, body) => {
      const text = JSON.stringify(body);
      const known = kept.current.get(name);
      if (known?.text === text) return known.key;
      const key = newIdempotencyKey();
      kept.current.set(name, { text, key });
      return key;
    },
    forget: (name) => void kept.current.delete(name),
  };
}
