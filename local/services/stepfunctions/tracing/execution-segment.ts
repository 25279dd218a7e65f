/**
 * Owns the segment of an execution: a subsegment for each state, with those of its branches and of the services that it called
 * in it. Of what was handed over it says nothing but names, and of a failure its error, never its cause.
 * https://docs.aws.amazon.com/step-functions/latest/dg/concepts-xray-tracing.html
 * https://docs.aws.amazon.com/xray/latest/devguide/xray-api-segmentdocuments.html
 */
import type { HistoryEvent } from '../../../engine/contract';
import { readTraceHeader } from '../../../wire/trace-header';
import type { ExecutionRecord } from '../model';
import { segmentId } from './segment-id';

/** A segment document holds 64 KB at most: what comes after so many parts is left out. */
const MOST_SUBSEGMENTS = 200;

/** A state, or one call of a service, in a segment document. */
interface Subsegment {
  readonly id: string;
  readonly name: string;
  readonly start_time: number;
  readonly namespace?: 'aws';
  readonly aws?: { readonly operation: string };
  readonly subsegments: Subsegment[];
  end_time?: number;
  in_progress?: true;
  fault?: true;
  cause?: object;
}

/** A state that was entered: where it stands, and the call that is under way for it. */
interface EnteredState {
  readonly parent: EnteredState | undefined;
  readonly subsegment: Subsegment;
  call?: Subsegment;
}

/** The segment of an execution that runs, or has ended; `events` is its history so far. */
export function executionSegment(execution: ExecutionRecord, events: readonly HistoryEvent[], name: string): object {
  const { arn, machineArn, traceHeader, startDate, stopDate, status, error } = execution;
  const { root, parent } = readTraceHeader(traceHeader);
  return {
    id: segmentId(arn),
    trace_id: root,
    ...(parent && { parent_id: parent }),
    name,
    origin: 'AWS::StepFunctions::StateMachine',
    resource_arn: machineArn,
    start_time: startDate / 1000,
    ...(stopDate === undefined ? { in_progress: true } : { end_time: stopDate / 1000 }),
    ...(status === 'FAILED' || status === 'TIMED_OUT' ? faultOf(error) : {}),
    ...(status === 'ABORTED' && { error: true }),
    aws: { execution_arn: arn },
    subsegments: subsegmentsOf(arn, events, stopDate),
  };
}

function subsegmentsOf(executionArn: string, events: readonly HistoryEvent[], stopDate?: number): Subsegment[] {
  const roots: Subsegment[] = [];
  const all: Subsegment[] = [];
  /** The state in which each event happened; after the end of a state, the one around it. */
  const states = new Map<number, EnteredState | undefined>();
  const add = (event: HistoryEvent, to: Subsegment[], of: Pick<Subsegment, 'name' | 'namespace' | 'aws'>) => {
    const subsegment: Subsegment = {
      id: segmentId(executionArn, event.id),
      ...of,
      start_time: event.timestamp / 1000,
      subsegments: [],
    };
    if (all.length < MOST_SUBSEGMENTS) to.push(subsegment);
    all.push(subsegment);
    return subsegment;
  };
  for (const event of events) {
    const { id, type, timestamp, previousEventId } = event;
    const around = states.get(previousEventId);
    states.set(id, around);
    if (type.endsWith('StateEntered')) {
      const siblings = around ? around.subsegment.subsegments : roots;
      const subsegment = add(event, siblings, { name: String(event.stateEnteredEventDetails?.name) });
      states.set(id, { parent: around, subsegment });
      continue;
    }
    if (!around) continue;
    if (type.endsWith('StateExited')) {
      around.subsegment.end_time = timestamp / 1000;
      states.set(id, around.parent);
    } else if (type.endsWith('Scheduled')) {
      around.call = add(event, around.subsegment.subsegments, { ...calledBy(event), namespace: 'aws' });
    } else if (/(Succeeded|Failed|TimedOut)$/.test(type) && around.call) {
      around.call.end_time = timestamp / 1000;
      if (!type.endsWith('Succeeded')) Object.assign(around.call, faultOf(errorOf(event)));
      around.call = undefined;
    }
  }
  for (const open of all) if (open.end_time === undefined) close(open, stopDate);
  return roots;
}

/** What has not ended when the execution does was cut off by its end. */
function close(open: Subsegment, stopDate: number | undefined): void {
  if (stopDate === undefined) open.in_progress = true;
  else Object.assign(open, { end_time: stopDate / 1000, fault: true });
}

function faultOf(error: string | undefined): Pick<Subsegment, 'fault' | 'cause'> {
  return { fault: true, ...(error && { cause: { exceptions: [{ type: error }] } }) };
}

function errorOf(event: HistoryEvent): string | undefined {
  const details = Object.entries(event).find(([member]) => member.endsWith('EventDetails'))?.[1];
  const { error } = (details ?? {}) as { error?: string };
  return error;
}

/** The service that a …Scheduled event calls, as X-Ray names services of AWS, and the operation. */
function calledBy(event: HistoryEvent): Pick<Subsegment, 'name' | 'aws'> {
  if (event.type === 'LambdaFunctionScheduled') return { name: 'Lambda', aws: { operation: 'Invoke' } };
  if (event.type === 'ActivityScheduled') return { name: 'Activity', aws: { operation: 'GetActivityTask' } };
  const { resourceType = '', resource = '' } = (event.taskScheduledEventDetails ?? {}) as Record<string, string>;
  const service = resourceType.replace(/^aws-sdk:/, '');
  const operation = resource.split('.')[0] ?? '';
  return {
    name: NAMES[service] ?? service,
    aws: { operation: `${operation.charAt(0).toUpperCase()}${operation.slice(1)}` },
  };
}

/** As the service map shows them. */
const NAMES: Readonly<Record<string, string>> = {
  dynamodb: 'DynamoDB',
  eventbridge: 'EventBridge',
  events: 'EventBridge',
  http: 'HTTP',
  lambda: 'Lambda',
  s3: 'S3',
  sfn: 'Step Functions',
  sns: 'SNS',
  sqs: 'SQS',
  states: 'Step Functions',
};
