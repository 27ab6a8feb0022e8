import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { readdir, readFile, readlink, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { DataFolderError } from './data-folder-error.ts';

export interface FolderLock {
  release: () => Promise<void>;
}

const heartbeatMs = 2_000;
const foreignClaimLastsMs = 6_000;
const claimName = /^lock-(\d+)-[0-9a-f]{8}$/;
const claimSchema = z.object({ host: z.string(), startedAt: z.string().nullable() });
const heldHere = new Set<string>();

/** Within what a pid names one process: this machine, and the container or other pid namespace on it. */
export async function pidSpace(): Promise<string> {
  return `${hostname()} ${await readlink('/proc/self/ns/pid').catch(() => '')}`.trim();
}

// A pid may be given out again, also to us in a new container: with its start time it is one process.
async function startOf(pid: number): Promise<string | null> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  // The second field is the program's name in parentheses and may hold blanks: count from its end.
  return text?.slice(text.lastIndexOf(')') + 2).split(' ')[19] ?? null;
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

async function isAlive(folder: string, name: string, pid: number): Promise<boolean> {
  const file = join(folder, name);
  // A claim that was cut off, by a full disk say, is judged like one of another machine.
  const claim = await readFile(file, 'utf8')
    .then((text) => claimSchema.safeParse(JSON.parse(text)).data)
    .catch(() => undefined);
  if (claim?.host !== (await pidSpace())) {
    // Another machine's or container's pid says nothing here: its heartbeat does.
    const touched = await stat(file).catch(() => undefined);
    return touched !== undefined && Date.now() - touched.mtimeMs < foreignClaimLastsMs;
  }
  if (claim.startedAt === null) {
    return pid === process.pid ? heldHere.has(file) : exists(pid);
  }
  return exists(pid) && (await startOf(pid)) === claim.startedAt;
}

async function otherHolder(folder: string, own: string): Promise<number | undefined> {
  for (const name of await readdir(folder)) {
    const pid = Number(claimName.exec(name)?.[1]);
    if (name === own || Number.isNaN(pid)) {
      continue;
    }
    if (await isAlive(folder, name, pid)) {
      return pid;
    }
    await rm(join(folder, name), { force: true });
  }
  return undefined;
}

/** Shows the others that the claim in `file` is alive. Throws a `DataFolderError` when it is ours no more. */
async function touchClaim(file: string, claim: string): Promise<void> {
  const found = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    // A disk that fails for a moment takes no claim away.
    return error.code === 'ENOENT' ? undefined : claim;
  });
  if (found !== claim) {
    throw new DataFolderError(
      `The lock file ${basename(file)} in the data folder ${dirname(file)} was removed or replaced, so another process may use the folder: see that none does, then start again.`,
    );
  }
  await utimes(file, new Date(), new Date()).catch(() => {});
}

/**
 * Takes `folder`, which must exist, for this process. Each process puts down a claim of its own and holds the folder
 * when no other claim is alive, so that taking over from the dead has no moment in which two could succeed. Throws a
 * `DataFolderError` with the holder's pid. When its claim is taken away later, the same is thrown where nobody catches
 * it: that ends the process, as nothing it could still do to the folder would be safe.
 */
export async function lockFolder(folder: string): Promise<FolderLock> {
  const name = `lock-${process.pid}-${randomUUID().slice(0, 8)}`;
  const file = join(folder, name);
  const claim = JSON.stringify({ host: await pidSpace(), startedAt: await startOf(process.pid) });
  for (let attempt = 1; ; attempt += 1) {
    heldHere.add(file);
    await writeFile(`${file}.new`, claim);
    await rename(`${file}.new`, file);
    const holder = await otherHolder(folder, name);
    if (holder === undefined) {
      break;
    }
    await rm(file, { force: true });
    heldHere.delete(file);
    if (attempt === 3) {
      throw new DataFolderError(
        `Process ${holder} already uses the data folder ${folder}: stop it first, or set DATA_DIR to another folder.`,
      );
    }
    // Two that start together see each other and both step back; chance decides who comes first next time.
    await wait(50 + Math.random() * 150);
  }
  const heartbeat = setInterval(() => {
    void touchClaim(file, claim).catch((error: unknown) => {
      if (heldHere.has(file)) throw error;
    });
  }, heartbeatMs);
  heartbeat.unref();
  const removeAtExit = () => rmSync(file, { force: true });
  process.once('exit', removeAtExit);
  return {
    release: async () => {
      clearInterval(heartbeat);
      process.off('exit', removeAtExit);
      heldHere.delete(file);
      await rm(file, { force: true });
    },
  };
}
