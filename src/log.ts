import { type Logger, pino } from 'pino';

/**
 * The program's log: JSON lines on standard error. Whatever is in `secrets` when a line is written stands in it as
 * "[secret]", wherever it came from; `secrets` may grow while the program runs.
 */
export function createLog(
  level: string,
  secrets: ReadonlySet<string>,
  destination: { write(line: string): void } = pino.destination({ dest: 2, sync: true }),
): Logger {
  const hideSecrets = (line: string) =>
    [...secrets].reduce((text, secret) => text.replaceAll(secret, '[secret]'), line);
  return pino({ level, base: null, hooks: { streamWrite: hideSecrets } }, destination);
}
