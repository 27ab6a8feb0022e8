import { execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chown, mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';

const run = promisify(execFile);

interface Server {
  url: string;
  stop: () => Promise<void>;
}

async function installedBinaries(): Promise<string | undefined> {
  const versions = await readdir('/usr/lib/postgresql').catch(() => []);
  const configured = await run('pg_config', ['--bindir']).then(
    ({ stdout }) => [stdout.trim()],
    () => [],
  );
  const folders = [
    ...versions.sort((a, b) => Number(b) - Number(a)).map((version) => `/usr/lib/postgresql/${version}/bin`),
    ...configured,
    ...(process.env.PATH ?? '').split(delimiter),
  ];
  return folders.find((folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')));
}

async function binaries(): Promise<string> {
  const found = await installedBinaries();
  if (found !== undefined) {
    return found;
  }
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    await run('apt-get', ['update', '-q'], { env, timeout: 120_000 }).catch(() => {});
    await run('apt-get', ['install', '-qy', '--no-install-recommends', 'postgresql'], { env, timeout: 300_000 }).catch(
      () => {},
    );
  }
  const installed = await installedBinaries();
  if (installed === undefined) {
    throw new Error(
      'Install PostgreSQL 15 or newer (its `initdb` and `postgres`), or set TEST_DATABASE_URL to a server.',
    );
  }
  return installed;
}

// PostgreSQL refuses to run as root.
async function unprivilegedUser(): Promise<{ uid?: number; gid?: number }> {
  if (process.getuid?.() !== 0) {
    return {};
  }
  const idOf = async (flag: string, user: string) => Number((await run('id', [flag, user])).stdout);
  for (const user of ['postgres', 'nobody']) {
    try {
      return { uid: await idOf('-u', user), gid: await idOf('-g', user) };
    } catch {
      // The next name may exist.
    }
  }
  throw new Error('PostgreSQL does not run as root: add a user named postgres, or set TEST_DATABASE_URL to a server.');
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}

/**
 * Starts a PostgreSQL server of our own in a temporary folder on a free loopback port. Throws one sentence that says
 * what to install when there is none.
 */
export async function startPostgresqlServer(): Promise<Server> {
  const folder = await binaries();
  const user = await unprivilegedUser();
  const home = await mkdtemp(join(tmpdir(), 'deskbell-postgresql-'));
  if (user.uid !== undefined && user.gid !== undefined) {
    await chown(home, user.uid, user.gid);
  }
  const data = join(home, 'data');
  const env = { ...process.env, LC_ALL: 'C' };
  const initdb = ['-D', data, '-U', 'deskbell', '-A', 'trust', '-E', 'UTF8', '--no-sync'];
  await run(join(folder, 'initdb'), initdb, { ...user, cwd: home, env });
  const port = await freePort();
  const settings = [`unix_socket_directories=${home}`, 'fsync=off', 'full_page_writes=off', 'max_connections=200'];
  const server = spawn(
    join(folder, 'postgres'),
    ['-D', data, '-p', String(port), '-h', '127.0.0.1', ...settings.flatMap((setting) => ['-c', setting])],
    { ...user, cwd: home, env, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let said = '';
  server.stderr.on('data', (chunk) => {
    said = `${said}${chunk}`.slice(-2_000);
  });
  const ended = new Promise<void>((resolve) => server.once('close', () => resolve()));
  // SIGQUIT: the data is thrown away, so there is nothing to shut down gently.
  const kill = () => server.kill('SIGQUIT');
  process.once('exit', kill);
  const stop = async () => {
    kill();
    await ended;
    process.off('exit', kill);
    await rm(home, { recursive: true, force: true });
  };
  const url = `postgres://deskbell@127.0.0.1:${port}/postgres`;
  for (let attempt = 0; attempt < 200 && server.exitCode === null; attempt += 1) {
    if (await answers(url)) {
      return { url, stop };
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  await stop();
  throw new Error(`The PostgreSQL server for the tests did not start: ${said.trim()}`);
}
