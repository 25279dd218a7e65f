import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const FILE = '.local/running.json';

/** An embedded AWS that `npm start` keeps up in this folder. */
export interface Running {
  readonly url: string;
  readonly region: string;
  readonly outputsFile: string;
  readonly processId: number;
}

/** Leaves word of what runs, for the commands of another terminal. */
export function announce(running: Running): void {
  mkdirSync(path.dirname(FILE), { recursive: true });
  writeFileSync(FILE, `${JSON.stringify(running, null, 2)}\n`);
}

/** Takes the word back, unless another process has left its own since. */
export function withdraw(processId: number): void {
  if (readRunning()?.processId === processId) rmSync(FILE, { force: true });
}

/** What runs in this folder; undefined when nothing does, or when its process has died. */
export function findRunning(): Running | undefined {
  const running = readRunning();
  return running && isAlive(running.processId) ? running : undefined;
}

function readRunning(): Running | undefined {
  try {
    return JSON.parse(readFileSync(FILE, 'utf8'));
  } catch {
    return undefined;
  }
}

function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    // Another user's process: it is there, and may not be signalled.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
