import { AwsError } from '../../../local/wire/aws-error';
import type { CallContext } from '../../../local/wire/caller';
import { recordingService } from '../../support/recording-service';
import { StepFunctionsBench } from '../../support/step-functions';
import { type Answer, definitionOf, type OwnCase } from './own-case';

/** What an execution gave. */
export interface CaseResult {
  readonly described: { status: string; output?: string; error?: string; cause?: string };
  readonly events: ReadonlyArray<{ id: number; type: string } & Record<string, unknown>>;
  readonly calls: number;
  readonly seconds: number;
  readonly warnings: readonly string[];
}

/** Runs a case on the embedded Step Functions, with stand-ins for functions and a bucket, on a clock that is turned. */
export async function runCase(own: OwnCase): Promise<CaseResult> {
  const lambda = functions(own.tasks);
  const bench = new StepFunctionsBench(lambda, bucket(own.objects));
  const startMs = bench.clock.now();
  const machine = await bench.create(definitionOf(own), { type: own.type });
  const executionArn = await bench.start(machine, own.input ?? {});
  await bench.clock.drain();
  const described = await bench.describe(executionArn);
  const events: CaseResult['events'][number][] = [];
  let nextToken: string | undefined;
  do {
    const page = await bench.call('GetExecutionHistory', { executionArn, maxResults: 1000, nextToken });
    events.push(...page.events);
    nextToken = page.nextToken;
  } while (nextToken);
  const seconds = described.stopDate - startMs / 1000;
  return { described, events, calls: lambda.calls.length, seconds, warnings: bench.warnings };
}

function functions(tasks: OwnCase['tasks'] = {}) {
  const counts = new Map<string, number>();
  return recordingService('lambda', {
    Invoke({ FunctionName, Payload }: { FunctionName: string; Payload: Buffer }, call: CallContext) {
      const name = FunctionName.split(':').pop()!;
      const count = counts.get(name) ?? 0;
      counts.set(name, count + 1);
      const given = tasks[name];
      if (given === undefined) {
        throw new AwsError('ResourceNotFoundException', `Function not found: ${FunctionName}`, 404);
      }
      return invoke(Array.isArray(given) ? given[Math.min(count, given.length - 1)]! : given, Payload, call);
    },
  });
}

function invoke(answer: Answer, payload: Buffer, call: CallContext): unknown {
  if (answer === 'echo') return { StatusCode: 200, Payload: payload };
  if (answer === 'role')
    return { StatusCode: 200, Payload: JSON.stringify((call.caller as { roleArn: string }).roleArn) };
  if ('error' in answer) {
    const { error, cause } = answer;
    const Payload = JSON.stringify({ errorType: error, ...(cause === undefined ? {} : { errorMessage: cause }) });
    return { StatusCode: 200, FunctionError: 'Unhandled', Payload };
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
    ListObjectsV2() {
      const Contents = Object.entries(objects).map(([Key, text]) => ({ Key, Size: text.length }));
      return { Contents, KeyCount: Contents.length, IsTruncated: false };
    },
    PutObject({ Bucket }: { Bucket: string }) {
      if (Bucket !== 'b') throw new AwsError('AccessDenied', 'Access Denied', 403);
      return {};
    },
  });
}
