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

type Way = [command: string, parameters: string[], minutes: number];

/** Ways to get one, the least intrusive first. */
function waysToGetOne(): Way[] {
  const installer = path.join(import.meta.dirname, '../node_modules/playwright/cli.js');
  const download: Way = [process.execPath, [installer, 'install', '--no-shell', 'chromium'], 4];
  if (process.platform !== 'linux' || !isRoot) return [download];
  return [
    download,
    [process.execPath, [installer, 'install-deps', 'chromium'], 4],
    ['apt-get', ['update'], 2],
    ['apt-get', ['install', '--yes', '--no-install-recommends', 'chromium'], 5],
  ];
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
  let found = await firstThatStarts(onThisMachine());
  for (const [command, parameters, minutes] of found === undefined ? waysToGetOne() : []) {
    await attempt(command, parameters, minutes);
    found = await firstThatStarts(onThisMachine());
    if (found !== undefined) break;
  }
  if (found !== undefined) return found;
  throw new Error('The browser tests need Chromium or Chrome: install one, or name it in CHROMIUM_PATH.');
}
