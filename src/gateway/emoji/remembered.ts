/** `load`, called once for all who ask. A failure goes to those who wait for it; the next to ask has it tried again. */
export function remembered<T>(load: () => Promise<T>): () => Promise<T> {
  let latest: Promise<T> | undefined;
  return () => {
    latest ??= load().catch((error: unknown) => {
      latest = undefined;
      throw error;
    });
    return latest;
  };
}
