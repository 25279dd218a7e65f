/** A record whose members and lists may be changed. */
export type Writable<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer I)[] ? I[] : T[K] };

/** The same record, open to change: for the stores alone, through which every change of state goes. */
export function writable<T>(record: T): Writable<T> {
  return record as Writable<T>;
}
