import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const program = path.join(import.meta.dirname, '../../dist/server/server.js');

export interface Server {
  /** Where the dashboard is served, without a slash at the end. */
  readonly url: string;
  /** Where the embedded workspace is served; empty when the upstream is Intercom. */
  readonly workspaceUrl: string;
  /** The one-time link that makes the first owner; empty where the demo's accounts are offered. */
  readonly setUpLink: string;
  /** What it has written so far, at most the last 20,000 characters. */
  log(): string;
  /** Milliseconds from the start of the process until it was ready. */
  readonly startedIn: number;
  stop(): Promise<void>;
  /** Ends it at once, as `kill -9` does. */
  kill(): Promise<void>;
}

/**
 * Starts the built server as its users do, on free ports, and waits until it says that it is ready. Without DATA_DIR
 * among the settings it has a data folder of its own, removed when it stops. Throws with its log when it does not start.
 */
export async function startServer(settings: NodeJS.ProcessEnv = {}): Promise<Server> {
  const ownFolder = settings.DATA_DIR === undefined ? await mkdtemp(path.join(tmpdir(), 'deskbell-e2e-')) : undefined;
  const startedAt = performance.now();
  // Only what is named here: a setting of the person who runs the tests must not change them.
  const child = spawn(process.execPath, [program], {
    env: {
      PATH: process.env.PATH,
      PORT: '0',
      WORKSPACE_PORT: '0',
      ...(ownFolder === undefined ? {} : { DATA_DIR: ownFolder }),
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let log = '';
  const said = new Promise<string>((resolve) => {
    const keep = (chunk: Buffer) => {
      log = (log + chunk.toString()).slice(-20_000);
      const ready = / is ready on .*\n(?:Nobody can sign in yet.*\n)?/.exec(log)?.[0];
      if (ready !== undefined) resolve(ready);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
  });
  const exited = once(child, 'exit');

  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGTERM');
      const patience = new AbortController();
      const late = wait(15_000, 'late', { signal: patience.signal }).catch(() => 'exited');
      if ((await Promise.race([exited, late])) === 'late') child.kill('SIGKILL');
      patience.abort();
    }
    if (ownFolder !== undefined) await rm(ownFolder, { recursive: true, force: true });
  };

  const kill = async () => {
    child.kill('SIGKILL');
    await exited;
  };

  const ready = await Promise.race([said, exited.then(() => undefined), wait(45_000, undefined, { ref: false })]);
  if (ready === undefined) {
    await stop();
    throw new Error(`The server did not start. Run "npm run build" first, if that is missing. Its log:\n${log}`);
  }
  const startedIn = performance.now() - startedAt;
  const [url = '', workspaceUrl = ''] = ready.match(/https?:\/\/[\w.:[\]]+\d(?=[.,])/g) ?? [];
  const setUpLink = /https?:\/\/\S+\/welcome#\S+/.exec(ready)?.[0] ?? '';
  return { url, workspaceUrl, setUpLink, startedIn, log: () => log, stop, kill };
}
