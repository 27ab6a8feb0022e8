import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { chromium } from '@playwright/test';

const run = promisify(execFile);

const isRoot = process.getuid?.() === 0;

/** Quiet, and nothing that talks to the network by itself. The sandbox needs a user other than root. */
export const chromiumArguments = [
  ...(isRoot ? ['--no-sandbox'] : []),
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'microsoft-edge'];

const usualPlaces = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  '/snap/bin/chromium',
  '/usr/lib/chromium/chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

function onThisMachine(): string[] {
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter((folder) => folder !== '');
  const inPath = names.flatMap((name) => folders.map((folder) => path.join(folder, name)));
  return [...inPath, ...usualPlaces, chromium.executablePath()].filter((place) => existsSync(place));
}

/** A file by that name may be a stub that asks for something else to be installed, or lack its libraries: so start it. */
async function starts(place: string): Promise<boolean> {
  try {
    // On Windows the browser opens a window instead of answering.
    if (process.platform !== 'win32') await run(place, ['--version'], { timeout: 15_000 });
    return true;
  } catch {
    return false;
  }
}

async function firstThatStarts(places: readonly string[]): Promise<string | undefined> {
  for (const place of places) if (await starts(place)) return place;
  return undefined;
}

async function attempt(command: string, parameters: string[], minutes: number): Promise<void> {
  process.stdout.write(`No Chromium found, trying: ${command} ${parameters.join(' ')}\n`);
  try {
    await run(command, parameters, {
      timeout: minutes * 60_000,
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
  } catch {
    // Whether it helped is seen by looking again.
  }
}

async function getOne(): Promise<void> {
  const maySetUp = isRoot && process.platform === 'linux';
  const installer = path.join(import.meta.dirname, '../node_modules/playwright/cli.js');
  const withSystemLibraries = maySetUp ? ['--with-deps'] : [];
  await attempt(process.execPath, [installer, 'install', '--no-shell', ...withSystemLibraries, 'chromium'], 4);
  if (maySetUp && (await firstThatStarts(onThisMachine())) === undefined) {
    await attempt('apt-get', ['update'], 2);
    await attempt('apt-get', ['install', '--yes', '--no-install-recommends', 'chromium'], 5);
  }
}

/**
 * The path of a Chromium that starts: the one named by CHROMIUM_PATH, else one on this machine, else one fetched by
 * Playwright or the system's package manager. Throws one sentence saying what to install when there is none.
 */
export async function findChromium(): Promise<string> {
  const named = process.env.CHROMIUM_PATH;
  if (named !== undefined && named !== '') {
    if (await starts(named)) return named;
    throw new Error(`CHROMIUM_PATH names ${named}, which does not start; name a Chromium or Chrome that does.`);
  }
  const found = await firstThatStarts(onThisMachine());
  if (found !== undefined) return found;
  await getOne();
  const fetched = await firstThatStarts(onThisMachine());
  if (fetched !== undefined) return fetched;
  throw new Error('The browser tests need Chromium or Chrome: install one, or name it in CHROMIUM_PATH.');
}
