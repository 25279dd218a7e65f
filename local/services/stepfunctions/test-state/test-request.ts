import type { Json } from '../../../engine/contract';
import { type Fields, isFields } from '../../../engine/validation/definition-tree';
import { findJsonFault } from '../../../engine/validation/json-text';
import { AwsError } from '../../../wire/aws-error';
import { validation } from '../faults';
import { refuseUnlikeAnswer } from './answer-check';
import type { TestSubject } from './test-subject';

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_TestState.html */
export interface TestStateInput {
  definition: string;
  stateName?: string;
  roleArn?: string;
  input?: string;
  inspectionLevel?: 'INFO' | 'DEBUG' | 'TRACE';
  revealSecrets?: boolean;
  variables?: string;
  context?: string;
  mock?: {
    result?: string;
    errorOutput?: { error?: string; cause?: string };
    fieldValidationMode?: 'STRICT' | 'PRESENT' | 'NONE';
  };
  stateConfiguration?: {
    retrierRetryCount?: number;
    errorCausedByState?: string;
    mapIterationFailureCount?: number;
    mapItemReaderData?: string;
  };
}

/** Members of the context object that a test may set. */
const CONTEXT: Readonly<Record<string, readonly string[]>> = {
  Execution: ['Id', 'Input', 'Name', 'RoleArn', 'StartTime', 'RedriveCount', 'RedriveTime'],
  State: ['EnteredTime', 'Name', 'RetryCount'],
  StateMachine: ['Id', 'Name'],
  Task: ['Token'],
  Map: ['Item'],
};

/** What the context object says of a Map's item. */
const MAP_ITEM = ['Index', 'Value', 'Key', 'Source'];

const MOCKABLE = ['Task', 'Map', 'Parallel'];

/** Throws for a mock that does not fit the state, and for a state that cannot be tested without one. */
export function refuseBadMock({ mock, roleArn, revealSecrets }: TestStateInput, subject: TestSubject): void {
  const { type, fields } = subject;
  const isMocked = mock?.result !== undefined || mock?.errorOutput !== undefined;
  if (!isMocked) {
    refuseUnmocked(type, fields, roleArn);
    return;
  }
  if (revealSecrets) throw validation('TestState does not support RevealSecrets when a mock is specified.');
  if (!MOCKABLE.includes(type)) throw validation(`State type '${type}' is not supported when a mock is specified`);
  if (mock!.result !== undefined && mock!.errorOutput !== undefined) {
    throw validation('A test mock should have only one of the following fields: [result, errorOutput].');
  }
  if (mock!.errorOutput && mock!.errorOutput.error === undefined) {
    throw validation('The error must be specified when a test mock has an errorOutput.');
  }
  if (mock!.result === undefined) return;
  if (findJsonFault(mock!.result)) throw validation('Mocked result must be valid JSON');
  const result = JSON.parse(mock!.result) as Json;
  if (type !== 'Task') {
    if (!Array.isArray(result) && fields.ResultWriter === undefined)
      throw validation('Mocked result must be an array.');
    return;
  }
  const mode = mock!.fieldValidationMode ?? 'STRICT';
  if (mode !== 'NONE') refuseUnlikeAnswer(String(fields.Resource), result, mode === 'STRICT');
}

function refuseUnmocked(type: string, fields: Fields, roleArn: string | undefined): void {
  if (type === 'Map' || type === 'Parallel') {
    throw new AwsError(
      'InvalidDefinition',
      'TestState API does not support Map or Parallel states. Supported state types include: [Task, Wait, Pass, Succeed, Fail, Choice]',
    );
  }
  if (type !== 'Task') return;
  const resource = String(fields.Resource);
  if (/\.(?:sync(?::2)?|waitForTaskToken)$|:activity:/.test(resource)) {
    throw new AwsError(
      'InvalidDefinition',
      `TestState API does not support the resource '${resource}' unless a mock is specified`,
    );
  }
  if (roleArn === undefined) throw validation('RoleArn must be specified when testing a Task state without a mock');
}

/** The context object of a test, checked member by member. */
export function readContext(text: string | undefined): { [key: string]: Json } | undefined {
  if (text === undefined) return undefined;
  const context = readObject(text, 'Context object');
  refuseUnknown(context, Object.keys(CONTEXT));
  for (const [name, value] of Object.entries(context)) refuseUnknown(membersOf(name, value), CONTEXT[name]!);
  const { Map: map } = context;
  if (isFields(map) && map.Item !== undefined) refuseUnknown(membersOf('Item', map.Item), MAP_ITEM);
  return context as { [key: string]: Json };
}

function membersOf(name: string, value: unknown): Fields {
  if (!isFields(value)) throw validation(`Invalid Context object provided: Field '${name}' must be an object`);
  return value;
}

function refuseUnknown(members: Fields, known: readonly string[]): void {
  const unknown = Object.keys(members).find((name) => !known.includes(name));
  if (unknown !== undefined) throw validation(`Invalid Context object provided: Field '${unknown}' is not allowed`);
}

/** The variables of a test. */
export function readVariables(text: string | undefined): Fields {
  return text === undefined ? {} : readObject(text, 'variables');
}

function readObject(text: string, what: string): Fields {
  const parsed: unknown = findJsonFault(text) ? undefined : JSON.parse(text);
  if (!isFields(parsed)) throw validation(`Invalid ${what} provided: must be a valid JSON object`);
  return parsed;
}
