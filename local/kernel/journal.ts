/**
 * What outlives the process. Each service keeps its state in memory as it likes, and tells the journal which records have
 * changed; the records of one turn of the event loop become durable together, before any answer of that turn leaves.
 *
 * A service's part
 * 1. After a change it calls `put(key, value)` or `delete(key)` in the same turn, without awaiting in between: what belongs
 *    together is durable together. A value is read at the end of the turn, so that a record may be put as often as it changes.
 * 2. When it is created it rebuilds its state from `restored()`; what has to be started again (timers, pollers, tasks that were
 *    under way) it starts in `resume()`, when every service has rebuilt its own.
 * 3. Values are what `structuredClone` takes: plain objects, Maps, Sets, Dates, Uint8Arrays; no class instances, no functions.
 */
export interface Journal {
  /** Whether anything outlives the process. Without it, `put` does nothing and `restored` has nothing. */
  readonly isDurable: boolean;
  /** A directory for values that are too large for records, each in a file of its own. Absent: they are kept in memory. */
  readonly folder?: string;
  /** The records of one kind, `sqs.messages`; the same name is asked for once. */
  collection<Value>(name: string): JournalCollection<Value>;
  /** Makes durable what has changed. Called before answers leave, and at the end of a turn. */
  commit(): void;
}

/** Records of one kind by key. */
export interface JournalCollection<Value> {
  put(key: string, value: Value): void;
  delete(key: string): void;
  /** The records that earlier processes left, in the order in which their keys were first put. Can be read once. */
  restored(): Iterable<readonly [key: string, value: Value]>;
}

/** Settles when what has changed in this turn of the event loop is durable, so that it may be told of. */
export function turnIsDurable(journal: Journal): Promise<void> {
  return new Promise((resolve, reject) => {
    setImmediate(() => {
      try {
        journal.commit();
        resolve();
      } catch (error) {
        reject(error);
      }
    });
  });
}

/** The journal of an embedded AWS without a data directory: forgets everything. */
export const FORGETFUL_JOURNAL: Journal = {
  isDurable: false,
  collection: () => ({ put: () => undefined, delete: () => undefined, restored: () => [] }),
  commit: () => undefined,
};
