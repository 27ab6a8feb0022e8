import { spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod/mini';

// All that proves the project, one step after the other. A step that fails does not hide what the next ones find; the
// last line counts every test, and each step without tests of its own as one.

interface Step {
  readonly title: string;
  readonly command: readonly string[];
  /** Reads which tests passed and failed. A step that has none is a test itself. */
  readonly results?: () => Results;
}

interface Results {
  readonly passed: number;
  readonly failed: number;
  /** Of each that failed where it is, its name and the first line of why. */
  readonly failures: readonly string[];
}

const project = path.resolve(import.meta.dirname, '..');
const results = path.join(project, 'test-results');

function read<Schema extends z.core.$ZodType>(schema: Schema, file: string): z.output<Schema> {
  return z.parse(schema, JSON.parse(readFileSync(path.join(results, file), 'utf8')));
}

const vitestResults = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  testResults: z.array(
    z.object({
      name: z.string(),
      message: z.optional(z.string()),
      assertionResults: z.array(
        z.object({ status: z.string(), fullName: z.string(), failureMessages: z.optional(z.array(z.string())) }),
      ),
    }),
  ),
});

function readVitest(): Results {
  const { numPassedTests, numFailedTests, testResults } = read(vitestResults, 'vitest.json');
  const failures = testResults.flatMap(({ name, message, assertionResults }) => {
    const file = path.relative(project, name);
    const failed = assertionResults.filter(({ status }) => status === 'failed');
    if (failed.length === 0 && message) return failureLine(file, '', message);
    return failed.map(({ fullName, failureMessages = [] }) => failureLine(file, fullName, failureMessages[0]));
  });
  return { passed: numPassedTests, failed: numFailedTests, failures };
}

const failureLine = (file: string, name: string, message = '') => `${file} › ${name}: ${message.split('\n')[0]}`;

const playwrightResults = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number() }),
});

/** Playwright's own last lines name the journeys that failed. */
function readPlaywright(): Results {
  const { expected, unexpected, flaky } = read(playwrightResults, 'e2e.json').stats;
  return { passed: expected, failed: unexpected + flaky, failures: [] };
}

const steps: readonly Step[] = [
  { title: 'format and lint', command: ['npm', 'run', 'lint'] },
  { title: 'types', command: ['npm', 'run', 'typecheck'] },
  { title: 'unused code', command: ['npm', 'run', 'unused'] },
  { title: 'architecture, unit and server tests', command: ['npm', 'run', 'test:vitest'], results: readVitest },
  { title: 'build', command: ['npm', 'run', 'build'] },
  { title: 'byte budgets', command: ['npm', 'run', 'size'] },
  { title: 'browser journeys', command: ['npm', 'run', 'e2e'], results: readPlaywright },
];

function run([program = '', ...parameters]: readonly string[]): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(program, [...parameters], {
      cwd: project,
      stdio: ['ignore', 'inherit', 'inherit'],
      shell: process.platform === 'win32',
    });
    child.on('error', () => resolve(false));
    child.on('exit', (code) => resolve(code === 0));
  });
}

/** A step that failed without a failed test, because it broke down before, still counts as one. */
function resultsOf(step: Step, succeeded: boolean): Results {
  const own = { passed: succeeded ? 1 : 0, failed: succeeded ? 0 : 1, failures: [] };
  if (step.results === undefined) return own;
  try {
    const found = step.results();
    return { ...found, failed: succeeded ? found.failed : Math.max(found.failed, 1) };
  } catch {
    return { passed: 0, failed: 1, failures: [] };
  }
}

rmSync(results, { recursive: true, force: true });
const lines: string[] = [];
let passed = 0;
let failed = 0;
for (const step of steps) {
  process.stdout.write(`\n== ${step.title}\n`);
  const startedAt = performance.now();
  const succeeded = await run(step.command);
  const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1);
  const found = resultsOf(step, succeeded);
  passed += found.passed;
  failed += found.failed;
  lines.push(`${found.failed === 0 ? 'ok    ' : 'FAILED'} ${step.title} (${seconds} s)`);
  lines.push(...found.failures.map((failure) => `       ${failure}`));
}
process.stdout.write(`\n${lines.join('\n')}\n\n${passed} passed, ${failed} failed\n`);
process.exitCode = failed === 0 ? 0 : 1;
