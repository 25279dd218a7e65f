import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Fields } from '../../../local/engine/validation/definition-tree';

/** How a stand-in function answers one call. */
export type Answer = 'echo' | 'role' | { error: string; cause?: string } | { never: true } | { repeat: number };

/** What has to come out of an execution. Members that are absent are not compared. */
export interface Expected {
  readonly status: 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';
  readonly output?: unknown;
  readonly error?: string;
  /** The whole text of the cause. */
  readonly cause?: string;
  /** How often functions were called. */
  readonly calls?: number;
  /** How long the execution lasted. */
  readonly seconds?: number;
  /** The types of all events, in order. */
  readonly events?: readonly string[];
  /** Events by their id, each with the members that matter. */
  readonly history?: Readonly<Record<string, object>>;
}

/** One case about an execution, as it is written in `cases/`. */
export interface OwnCase {
  readonly title: string;
  /** Where the expectation comes from: a page, or the name of a recording. */
  readonly source: string;
  /** A whole definition, or … */
  readonly definition?: Fields;
  /** … a single state named S, which ends the machine unless it says where to go, … */
  readonly state?: Fields;
  /** … in this language, … */
  readonly language?: 'JSONPath' | 'JSONata';
  /** … with other states beside it. */
  readonly states?: Readonly<Record<string, Fields>>;
  readonly type?: 'STANDARD' | 'EXPRESS';
  readonly input?: unknown;
  readonly tasks?: Readonly<Record<string, Answer | Answer[]>>;
  /** Objects of the bucket `b`. */
  readonly objects?: Readonly<Record<string, string>>;
  /** Why the engine does not do this yet: the test holds that the case does not pass, and asks to delete this when it does. */
  readonly differs?: string;
  /** Cells of the matrix that the case stands for: `Pass JSONPath InputPath States.Runtime`. */
  readonly cells?: readonly string[];
  readonly expect: Expected;
}

/** Folder of the data files. */
export const CASES = path.join(__dirname, '..', 'cases');

/** Says where an expectation comes from. */
export const SOURCE = /^(https:\/\/(states-language\.net|docs\.aws\.amazon\.com|docs\.jsonata\.org)\/|recording \w+)/;

const ENDLESS = new Set(['Choice', 'Succeed', 'Fail']);

/** All data files of one area. */
export function readCases<T>(area: string): T[] {
  const folder = path.join(CASES, area);
  return readdirSync(folder).flatMap(
    (file) => JSON.parse(readFileSync(path.join(folder, file), 'utf8'), lengthen) as T[],
  );
}

/**
 * Long texts are written `{ "$repeat": 140000 }`, so many times x; `{ "$jsonText": 140000 }` is JSON of so many bytes;
 * `{ "$json": "{…}" }` holds members that no other notation keeps, such as `__proto__`.
 */
function lengthen(_name: string, value: unknown): unknown {
  const { $repeat: times, $jsonText: bytes, $json: text } = (value ?? {}) as Record<string, unknown>;
  if (typeof times === 'number') return 'x'.repeat(times);
  if (typeof text === 'string') return JSON.parse(text);
  return typeof bytes === 'number' ? JSON.stringify('x'.repeat(bytes - 2)) : value;
}

/** The cases about executions. */
export function readOwnCases(): OwnCase[] {
  return ['flow', 'fields', 'hostile'].flatMap((area) => readCases<OwnCase>(area));
}

/** The whole definition of a case. */
export function definitionOf({ definition, state, states, language }: OwnCase): Fields {
  if (definition) return definition;
  if (!state) throw new Error('a case needs a definition or a state');
  const needsEnd = !ENDLESS.has(String(state.Type)) && state.Next === undefined;
  return {
    ...(language ? { QueryLanguage: language } : {}),
    StartAt: 'S',
    States: { S: { ...state, ...(needsEnd ? { End: true } : {}) }, ...states },
  };
}
