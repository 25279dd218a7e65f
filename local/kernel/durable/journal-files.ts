/**
 * Owns the names of a journal's files and which of them count. `log-N` holds the commits of one stretch of time, `snapshot-N` all
 * records that were live when `log-N` began: the journal is the newest snapshot and the logs from there on.
 */
import { readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { JournalError } from './journal-error';

/** The files that count, in the order in which they are read. */
export interface FoundFiles {
  readonly snapshot: number | undefined;
  /** Numbers without a gap. */
  readonly logs: readonly number[];
}

export function logPath(folder: string, number: number): string {
  return path.join(folder, `log-${String(number).padStart(6, '0')}`);
}

export function snapshotPath(folder: string, number: number): string {
  return path.join(folder, `snapshot-${String(number).padStart(6, '0')}`);
}

/** Finds the files, and removes what a snapshot has replaced or what never became one. Throws JournalError when one is missing. */
export function findFiles(folder: string): FoundFiles {
  const names = readdirSync(folder);
  const snapshots = numbersOf(names, /^snapshot-(\d+)$/);
  const snapshot = snapshots.at(-1);
  const allLogs = numbersOf(names, /^log-(\d+)$/);
  const first = snapshot ?? 1;
  const logs = allLogs.filter((number) => number >= first);
  for (const [index, number] of logs.entries()) {
    if (number !== first + index) throw missing(logPath(folder, first + index));
  }
  if (snapshot !== undefined && logs.length === 0) throw missing(logPath(folder, snapshot));
  for (const name of names) if (name.endsWith('.unfinished')) rmSync(path.join(folder, name), { force: true });
  for (const number of allLogs) if (number < first) rmSync(logPath(folder, number), { force: true });
  for (const number of snapshots) if (number < first) rmSync(snapshotPath(folder, number), { force: true });
  return { snapshot, logs };
}

function numbersOf(names: readonly string[], pattern: RegExp): number[] {
  return names
    .flatMap((name) => pattern.exec(name)?.[1] ?? [])
    .map(Number)
    .sort((a, b) => a - b);
}

function missing(file: string): JournalError {
  return new JournalError(`The file ${file} of the journal is missing.`);
}
