import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Fields } from '../../local/engine/validation/definition-tree';
import { scopesOf } from '../../local/engine/validation/definition-tree';
import { JSONATA_FIELDS, JSONPATH_FIELDS, STATE_FIELDS } from '../../local/engine/validation/state-fields';
import { AwsError } from '../../local/wire/aws-error';
import type { CallContext } from '../../local/wire/caller';
import { recordingService } from '../support/recording-service';
import { StepFunctionsBench } from '../support/step-functions';

/** How a function answers: as a whole, or call by call. */
type Answer = 'echo' | 'role' | { error: string } | { never: true } | { repeat: number };

interface OwnCase {
  readonly title: string;
  /** Where the expectation comes from. */
  readonly source: string;
  readonly definition: Fields;
  readonly input?: unknown;
  readonly tasks?: Readonly<Record<string, Answer | Answer[]>>;
  /** Objects of the bucket `b`. */
  readonly objects?: Readonly<Record<string, string>>;
  readonly expect: {
    readonly status: string;
    readonly output?: unknown;
    readonly error?: string;
    readonly cause?: string;
    /** How often functions were called. */
    readonly calls?: number;
    /** How long the execution lasted. */
    readonly seconds?: number;
  };
}

const FOLDER = path.join(__dirname, 'cases');
const cases = readdirSync(FOLDER).flatMap(
  (file) => JSON.parse(readFileSync(path.join(FOLDER, file), 'utf8')) as OwnCase[],
);

function functions(tasks: OwnCase['tasks'] = {}) {
  const counts = new Map<string, number>();
  return recordingService('lambda', {
    Invoke({ FunctionName, Payload }: { FunctionName: string; Payload: Buffer }, call: CallContext) {
      const name = FunctionName.split(':').pop()!;
      const count = counts.get(name) ?? 0;
      counts.set(name, count + 1);
      const given = tasks[name]!;
      return invoke(Array.isArray(given) ? given[Math.min(count, given.length - 1)]! : given, Payload, call);
    },
  });
}

function invoke(answer: Answer, payload: Buffer, call: CallContext): unknown {
  if (answer === 'echo') return { StatusCode: 200, Payload: payload };
  if (answer === 'role')
    return { StatusCode: 200, Payload: JSON.stringify((call.caller as { roleArn: string }).roleArn) };
  if ('error' in answer) {
    return { StatusCode: 200, FunctionError: 'Unhandled', Payload: JSON.stringify({ errorType: answer.error }) };
  }
  if ('repeat' in answer) return { StatusCode: 200, Payload: JSON.stringify('x'.repeat(answer.repeat)) };
  return new Promise(() => undefined);
}

function bucket(objects: OwnCase['objects'] = {}) {
  return recordingService('s3', {
    GetObject({ Key }: { Key: string }) {
      if (!Object.hasOwn(objects, Key)) throw new AwsError('NoSuchKey', 'The specified key does not exist.', 404);
      return { Body: Buffer.from(objects[Key]!) };
    },
    PutObject({ Bucket }: { Bucket: string }) {
      if (Bucket !== 'b') throw new AwsError('AccessDenied', 'Access Denied', 403);
      return {};
    },
  });
}

describe('cases of our own', () => {
  it.each(cases.map((own) => [own.title, own] as const))('%s', async (_, own) => {
    const lambda = functions(own.tasks);
    const bench = new StepFunctionsBench(lambda, bucket(own.objects));
    const startMs = bench.clock.now();
    const executionArn = await bench.start(await bench.create(own.definition), own.input ?? {});
    await bench.clock.drain();
    const { status, output, error, cause, stopDate } = await bench.describe(executionArn);
    const { calls, seconds, ...expected } = own.expect;
    const observed: Record<string, unknown> = { status, output: output && JSON.parse(output), error, cause };
    expect(observed).toMatchObject(expected);
    if (calls !== undefined) expect(lambda.calls).toHaveLength(calls);
    if (seconds !== undefined) expect(stopDate - startMs / 1000).toBe(seconds);
    expect(bench.warnings).toEqual([]);
  });

  it('say where their expectations come from, each once', () => {
    for (const { title, source } of cases)
      expect([title, source]).toEqual([title, expect.stringMatching(/^(https:\/\/|recording of AWS)/)]);
    expect(new Set(cases.map(({ title }) => title)).size).toBe(cases.length);
  });

  it('cover every field of every state type in every language that has it', () => {
    const covered = new Set<string>();
    for (const { definition } of cases) {
      for (const { fields, language } of scopesOf(definition).flatMap((scope) => scope.states)) {
        for (const field of Object.keys(fields)) covered.add(`${language} ${fields.Type} ${field}`);
      }
    }
    const notThemes = ['Type', 'Comment', 'QueryLanguage', 'Iterator', 'Next', 'End'];
    const wanted = Object.entries(STATE_FIELDS).flatMap(([type, fields]) =>
      [...fields]
        .filter(
          (field) => !notThemes.includes(field) && !(type === 'Map' && ['Parameters', 'Arguments'].includes(field)),
        )
        .flatMap((field) => [
          ...(JSONATA_FIELDS.has(field) ? [] : [`JSONPath ${type} ${field}`]),
          ...(JSONPATH_FIELDS.has(field) ? [] : [`JSONata ${type} ${field}`]),
        ]),
    );
    expect(wanted.filter((theme) => !covered.has(theme))).toEqual([]);
  });

  it('cover every error name that Step Functions gives', () => {
    const text = JSON.stringify(cases);
    const names = [
      'States.ALL',
      'States.DataLimitExceeded',
      'States.ExceedToleratedFailureThreshold',
      'States.HeartbeatTimeout',
      'States.IntrinsicFailure',
      'States.ItemReaderFailed',
      'States.NoChoiceMatched',
      'States.ParameterPathFailure',
      'States.QueryEvaluationError',
      'States.ResultPathMatchFailure',
      'States.ResultWriterFailed',
      'States.Runtime',
      'States.TaskFailed',
      'States.Timeout',
    ];
    expect(names.filter((name) => !text.includes(name))).toEqual([]);
  });
});
