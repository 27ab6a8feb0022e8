import { spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';

// All that proves the project, one step after the other. A step that fails does not hide what the next ones find; the
// last line counts every test, and each step without tests of its own as one.

interface Step {
  readonly title: string;
  readonly command: readonly string[];
  /** Reads how many tests passed and failed. A step that has none is a test itself. */
  readonly count?: () => Count;
}

interface Count {
  readonly passed: number;
  readonly failed: number;
}

const project = path.resolve(import.meta.dirname, '..');
const results = path.join(project, 'test-results');

function read(file: string): unknown {
  return JSON.parse(readFileSync(path.join(results, file), 'utf8'));
}

function numbersIn(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function vitestCount(): Count {
  const { numPassedTests, numFailedTests } = numbersIn(read('vitest.json'));
  return { passed: Number(numPassedTests), failed: Number(numFailedTests) };
}

function playwrightCount(): Count {
  const { expected, unexpected, flaky } = numbersIn(numbersIn(read('e2e.json')).stats);
  return { passed: Number(expected), failed: Number(unexpected) + Number(flaky) };
}

const steps: readonly Step[] = [
  { title: 'format and lint', command: ['npm', 'run', 'lint'] },
  { title: 'types', command: ['npm', 'run', 'typecheck'] },
  { title: 'unused code', command: ['npm', 'run', 'unused'] },
  { title: 'architecture, unit and server tests', command: ['npm', 'run', 'test:vitest'], count: vitestCount },
  { title: 'build', command: ['npm', 'run', 'build'] },
  { title: 'byte budgets', command: ['npm', 'run', 'size'] },
  { title: 'browser journeys', command: ['npm', 'run', 'e2e'], count: playwrightCount },
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
function countOf(step: Step, succeeded: boolean): Count {
  const own = succeeded ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
  if (step.count === undefined) return own;
  try {
    const { passed, failed } = step.count();
    return { passed, failed: succeeded ? failed : Math.max(failed, 1) };
  } catch {
    return { passed: 0, failed: 1 };
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
  const count = countOf(step, succeeded);
  passed += count.passed;
  failed += count.failed;
  lines.push(`${count.failed === 0 ? 'ok    ' : 'FAILED'} ${step.title} (${seconds} s)`);
}
process.stdout.write(`\n${lines.join('\n')}\n\n${passed} passed, ${failed} failed\n`);
process.exitCode = failed === 0 ? 0 : 1;
