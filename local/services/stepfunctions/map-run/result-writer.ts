import type { Json } from '../../../engine/contract';
import { AwsError } from '../../../wire/aws-error';
import type { Caller } from '../../../wire/caller';
import type { Host } from '../../../wire/host';
import { TaskFault } from '../integrations/integration';
import type { ExecutionRecord, MapRunRecord } from '../model';
import type { Plan } from './map-run-plan';

type Fields = { readonly [key: string]: Json };

const FILES = [
  ['SUCCEEDED', 'SUCCEEDED'],
  ['FAILED', 'FAILED'],
  ['TIMED_OUT', 'FAILED'],
  ['ABORTED', 'PENDING'],
] as const;

/**
 * Writes the children's results and a manifest to S3, and gives the state's result: where they are.
 * https://docs.aws.amazon.com/step-functions/latest/dg/input-output-resultwriter.html
 */
export async function writeResults(
  host: Host,
  caller: Caller,
  writer: NonNullable<Plan['writer']>,
  run: MapRunRecord,
  results: readonly ExecutionRecord[],
): Promise<string> {
  const { Bucket: bucket, Prefix: prefix } = writer.parameters as Fields;
  const id = run.arn.slice(run.arn.lastIndexOf(':') + 1);
  const folder = `${prefix ? `${String(prefix).replace(/\/$/, '')}/` : ''}${id}`;
  const put = async (Key: string, content: Json) => {
    const Body = Buffer.from(JSON.stringify(content));
    try {
      await host.call(caller, 's3', 'PutObject', { Bucket: bucket, Key, Body, ContentType: 'application/json' });
    } catch (error) {
      if (error instanceof AwsError) throw new TaskFault('States.ResultWriterFailed', error.message);
      throw error;
    }
    return { Key, Size: Body.length };
  };
  const files: Record<'SUCCEEDED' | 'FAILED' | 'PENDING', Json[]> = { SUCCEEDED: [], FAILED: [], PENDING: [] };
  for (const name of ['SUCCEEDED', 'FAILED', 'PENDING'] as const) {
    const statuses = FILES.filter(([, file]) => file === name).map(([status]) => status as string);
    const entries = results.filter((execution) => statuses.includes(execution.status)).map(entry);
    if (entries.length > 0) files[name].push(await put(`${folder}/${name}_0.json`, entries));
  }
  const manifest = { DestinationBucket: bucket!, MapRunArn: run.arn, ResultFiles: files };
  const { Key } = await put(`${folder}/manifest.json`, manifest);
  return JSON.stringify({ MapRunArn: run.arn, ResultWriterDetails: { Bucket: bucket, Key } });
}

function entry(execution: ExecutionRecord): Json {
  const members: Record<string, Json | undefined> = {
    ExecutionArn: execution.arn,
    Input: execution.input,
    InputDetails: { Included: true },
    Name: execution.name,
    Output: execution.output,
    OutputDetails: execution.output === undefined ? undefined : { Included: true },
    Error: execution.error,
    Cause: execution.cause,
    StartDate: new Date(execution.startDate).toISOString(),
    StateMachineArn: execution.machineArn,
    Status: execution.status,
    StopDate: execution.stopDate === undefined ? undefined : new Date(execution.stopDate).toISOString(),
  };
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as Json;
}
