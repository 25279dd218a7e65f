/**
 * Owns the file that says which process works on a data directory. A process that has died holds nothing: its lock is taken over.
 * A process is known by its number and, on Linux, by when it was started, since numbers come again.
 */
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { JournalError } from './journal-error';

interface Holder {
  readonly processId: number;
  readonly startedAt?: string;
}

/** Folders that this process works on: its own number in a lock may also be that of a process before it. */
const held = new Set<string>();

/** A directory that belongs to this process until `release`. */
export class FolderLock {
  private readonly file: string;

  /** Throws JournalError with the number of the process that works on the directory. */
  constructor(private readonly folder: string) {
    this.file = path.join(folder, 'lock');
    if (held.has(folder)) throw inUse(folder, process.pid);
    const own = `${this.file}.${process.pid}`;
    writeFileSync(own, JSON.stringify({ processId: process.pid, startedAt: startOf(process.pid) }));
    try {
      while (!isLinked(own, this.file)) this.removeStale();
    } finally {
      rmSync(own, { force: true });
    }
    held.add(folder);
  }

  release(): void {
    held.delete(this.folder);
    rmSync(this.file, { force: true });
  }

  /** Takes away the lock of a process that has died; what another process has locked meanwhile is put back. */
  private removeStale(): void {
    const text = readText(this.file);
    if (text === undefined) return;
    const holder = read(text);
    if (holder && isAlive(holder)) throw inUse(this.folder, holder.processId);
    const aside = `${this.file}.stale.${process.pid}`;
    try {
      renameSync(this.file, aside);
    } catch {
      return;
    }
    if (readText(aside) !== text) isLinked(aside, this.file);
    rmSync(aside, { force: true });
  }
}

function inUse(folder: string, processId: number): JournalError {
  return new JournalError(`The data directory ${folder} is in use by process ${processId}.`);
}

/** Gives the file a second name, unless that name is taken. */
function isLinked(file: string, name: string): boolean {
  try {
    linkSync(file, name);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

function read(text: string): Holder | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isAlive({ processId, startedAt }: Holder): boolean {
  if (processId === process.pid) return false;
  try {
    process.kill(processId, 0);
  } catch (error) {
    // Another user's process is there, and may not be signalled.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  const now = startOf(processId);
  return now === undefined || startedAt === undefined || now === startedAt;
}

/** When a process was started, in ticks since the machine's own start; undefined where it cannot be known. */
function startOf(processId: number): string | undefined {
  // https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html: field 22; the second one may hold blanks and brackets.
  const stat = readText(`/proc/${processId}/stat`);
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
}
