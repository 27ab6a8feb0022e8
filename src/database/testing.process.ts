import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

export interface WriterProcess {
  pid: number;
  /** Its lines so far: "open", then the numbers acknowledged. */
  lines: () => string[];
  said: () => string;
  /** Kills it at once, as `kill -9` does, and waits for its end. */
  kill: () => Promise<void>;
  /** Its exit code once it ended. */
  ended: Promise<number | null>;
}

/** Starts a process of its own that opens a database and writes `rows` rows, without end by default. */
export function startWriter(dataDir: string, databaseUrl?: string, rows?: number): WriterProcess {
  const script = join(import.meta.dirname, 'testing.writer.ts');
  const settings = [dataDir, ...(databaseUrl === undefined ? [] : [databaseUrl])];
  const given = rows === undefined ? settings : [dataDir, databaseUrl ?? '', String(rows)];
  const child = spawn(process.execPath, ['--import', 'tsx', script, ...given], { stdio: ['ignore', 'pipe', 'pipe'] });
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk) => {
    out += chunk;
  });
  child.stderr.on('data', (chunk) => {
    err += chunk;
  });
  const ended = once(child, 'close').then(() => child.exitCode);
  return {
    pid: child.pid ?? 0,
    // The last piece may be half a line.
    lines: () => out.split('\n').slice(0, -1),
    said: () => err,
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
    ended,
  };
}
