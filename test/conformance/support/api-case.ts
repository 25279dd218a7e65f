import type { AwsError } from '../../../local/wire/aws-error';
import { recordingService } from '../../support/recording-service';
import { StepFunctionsBench } from '../../support/step-functions';

/** One call of the API, and what it has to answer. */
export interface ApiStep {
  readonly call: string;
  /** Members; objects given for `definition`, `input` and `output` are sent as JSON text. `<name>` stands for what was kept. */
  readonly with?: Readonly<Record<string, unknown>>;
  /** Members that the answer must have; lists have to agree in length. */
  readonly gives?: object;
  /** Members that the answer must not have. */
  readonly lacks?: readonly string[];
  readonly fails?: { readonly code: string; readonly message?: string };
  /** Name to keep, and the path of the member: `events.0.type`. */
  readonly keep?: Readonly<Record<string, string>>;
  /** Simulated seconds that pass after the call was made and before it is awaited. */
  readonly seconds?: number;
}

/** A sequence of calls, as it is written in `cases/api`. */
export interface ApiCase {
  readonly title: string;
  readonly source: string;
  /** Why the service does not do this yet, as in a case about an execution. */
  readonly differs?: string;
  /** Machines that are there at the start, by name; their ARNs are kept under these names. */
  readonly machines?: Readonly<Record<string, { definition: unknown; type?: string }>>;
  readonly steps: readonly ApiStep[];
}

const JSON_MEMBERS = new Set(['definition', 'input', 'output', 'variables', 'context']);

/** What one step answered. */
export interface Answered {
  readonly step: ApiStep;
  readonly answer?: unknown;
  readonly error?: AwsError;
  readonly gives?: object;
  readonly fails?: ApiStep['fails'];
}

/** Makes the calls one after another; `check` sees each answer. */
export async function runApiCase(own: ApiCase, check: (answered: Answered) => void): Promise<void> {
  const echo = recordingService('lambda', {
    Invoke: ({ Payload }: { Payload: Buffer }) => ({ StatusCode: 200, Payload }),
  });
  const bench = new StepFunctionsBench(echo);
  const kept = new Map<string, unknown>();
  for (const [name, { definition, type }] of Object.entries(own.machines ?? {})) {
    kept.set(name, await bench.create(definition as object, { name, type }));
  }
  for (const step of own.steps) {
    const input = texts(filled(step.with ?? {}, kept) as Record<string, unknown>);
    const pending = bench.call(step.call, input).then(
      (answer) => ({ answer, error: undefined }),
      (error: AwsError) => ({ answer: undefined, error }),
    );
    if (step.seconds !== undefined) await bench.clock.turn(step.seconds * 1000);
    const { answer, error } = await pending;
    const fails = filled(step.fails, kept) as ApiStep['fails'];
    check({ step, answer, error, gives: filled(step.gives, kept) as object, fails });
    for (const [name, path] of Object.entries(step.keep ?? {})) kept.set(name, memberAt(answer, path));
  }
}

/** Puts what was kept in the place of `<name>`; a text that is nothing else becomes the kept value itself. */
function filled(value: unknown, kept: ReadonlyMap<string, unknown>): unknown {
  if (typeof value === 'string') {
    const whole = /^<(\w+)>$/.exec(value)?.[1];
    if (whole !== undefined && kept.has(whole)) return kept.get(whole);
    return value.replace(/<(\w+)>/g, (text, name: string) => (kept.has(name) ? String(kept.get(name)) : text));
  }
  if (Array.isArray(value)) return value.map((item) => filled(item, kept));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, filled(member, kept)]));
}

function texts(input: Record<string, unknown>): object {
  return Object.fromEntries(
    Object.entries(input).map(([name, value]) => {
      const isText = !JSON_MEMBERS.has(name) || typeof value !== 'object' || value === null;
      if (name === 'mock') return [name, texts(value as Record<string, unknown>)];
      return [name, isText ? value : JSON.stringify(value)];
    }),
  );
}

function memberAt(answer: unknown, path: string): unknown {
  const value = path
    .split('.')
    .reduce<unknown>((at, name) => (at as Record<string, unknown> | undefined)?.[name], answer);
  if (value === undefined) throw new Error(`the answer has no ${path}`);
  return value;
}
