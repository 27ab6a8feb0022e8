import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { lockFolder, pidSpace } from './folder-lock.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deskbell-lock-'));
  return () => rm(folder, { recursive: true, force: true });
});

test('a held folder is refused with the pid of its holder, and free again after the release', async () => {
  const lock = await lockFolder(folder);
  await expect(lockFolder(folder)).rejects.toThrow(`Process ${process.pid} already uses the data folder ${folder}`);
  await lock.release();
  await (await lockFolder(folder)).release();
  expect(await readdir(folder)).toEqual([]);
});

test('of many that ask at once at most one gets the folder', async () => {
  const asked = await Promise.allSettled(Array.from({ length: 8 }, () => lockFolder(folder)));
  const held = asked.filter((result) => result.status === 'fulfilled');
  expect(held.length).toBeLessThanOrEqual(1);
  expect((await readdir(folder)).length).toBe(held.length);
});

test.each([
  ['of a pid that is gone', 'lock-4194303-00000000', '1'],
  ['of a pid that is another process now', `lock-${process.ppid}-00000000`, '1'],
  ['of our own pid from an earlier container', `lock-${process.pid}-00000000`, '1'],
  ['of our own pid where start times are unknown', `lock-${process.pid}-00000000`, null],
])('a lock %s is taken over', async (_, name, startedAt) => {
  await writeFile(join(folder, name), JSON.stringify({ host: await pidSpace(), startedAt }));
  const lock = await lockFolder(folder);
  expect(existsSync(join(folder, name))).toBe(false);
  await lock.release();
});

test('a lock of another container on this machine holds, although its pid is unknown here', async () => {
  const host = `${hostname()} pid:[1]`;
  await writeFile(join(folder, 'lock-4194303-00000000'), JSON.stringify({ host, startedAt: '1' }));
  await expect(lockFolder(folder)).rejects.toThrow('Process 4194303 already uses the data folder');
});

test('a lock that was cut off is taken over once nobody touches it', async () => {
  const cutOff = join(folder, 'lock-99999-00000000');
  await writeFile(cutOff, '');
  await expect(lockFolder(folder)).rejects.toThrow('Process 99999 already uses the data folder');
  const aMinuteAgo = new Date(Date.now() - 60_000);
  await utimes(cutOff, aMinuteAgo, aMinuteAgo);
  await (await lockFolder(folder)).release();
});

test("another machine's lock holds while it is touched, and is taken over when it no longer is", async () => {
  const foreign = join(folder, 'lock-7-00000000');
  await writeFile(foreign, JSON.stringify({ host: 'elsewhere', startedAt: '1' }));
  await expect(lockFolder(folder)).rejects.toThrow('Process 7 already uses the data folder');
  const aMinuteAgo = new Date(Date.now() - 60_000);
  await utimes(foreign, aMinuteAgo, aMinuteAgo);
  await (await lockFolder(folder)).release();
});
