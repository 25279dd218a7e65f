import type { Command } from '../../../engine/contract';
import { isFields } from '../../../engine/validation/definition-tree';
import type { Action } from '../../../wire/service';
import { constrain } from '../constraints';
import type { ServiceContext } from '../context';
import { readInput } from '../execution-input';
import type { RunTask } from '../running-execution';
import type { TaskCaller, TaskCallOptions } from '../task-caller';
import { handlingOf } from '../test-state/error-handling';
import { type HttpInspection, httpInspection } from '../test-state/http-inspection';
import { inspect } from '../test-state/inspection';
import { type Answer, type Identity, type SubjectOutcome, SubjectRun } from '../test-state/subject-run';
import { readContext, readVariables, refuseBadMock, type TestStateInput } from '../test-state/test-request';
import { machineAround, readSubject, type TestSubject } from '../test-state/test-subject';

type Answerer = (command: RunTask | Extract<Command, { kind: 'startMapRun' }>) => Promise<Answer>;

/**
 * Runs one state and shows its data flow.
 * https://docs.aws.amazon.com/step-functions/latest/apireference/API_TestState.html
 */
export function testState(context: ServiceContext, tasks: TaskCaller): Action<TestStateInput> {
  return {
    access: (input) => [
      { action: 'states:TestState', resource: '*' },
      ...(input.roleArn ? [passRole(input.roleArn)] : []),
      ...(input.revealSecrets ? [{ action: 'states:RevealSecrets', resource: '*' }] : []),
    ],
    async handle(input) {
      constrain(input, {
        definition: { required: true, minLength: 1, maxLength: 1048576 },
        stateName: { minLength: 1, maxLength: 80 },
        inspectionLevel: { values: ['INFO', 'DEBUG', 'TRACE'] },
      });
      const { mock, stateConfiguration } = input;
      const modes = ['STRICT', 'PRESENT', 'NONE'];
      constrain(
        {
          'mock.fieldValidationMode': mock?.fieldValidationMode,
          'stateConfiguration.retrierRetryCount': stateConfiguration?.retrierRetryCount,
          'stateConfiguration.mapIterationFailureCount': stateConfiguration?.mapIterationFailureCount,
        },
        {
          'mock.fieldValidationMode': { values: modes },
          'stateConfiguration.retrierRetryCount': { minimum: 0 },
          'stateConfiguration.mapIterationFailureCount': { minimum: 0 },
        },
      );
      const subject = readSubject(input.definition, input.stateName);
      refuseBadMock(input, subject);
      const identity = identify(context, input);
      const { text } = readInput(input.input);
      const variables = readVariables(input.variables);
      const run = (machine: string, machineInput: string, answer: Answerer) =>
        new SubjectRun(context.host, identity, answer).run(machine, machineInput);
      const changes = mockable(subject, input.mock !== undefined);

      const bare = machineAround(subject, variables, { ...changes, Retry: undefined, Catch: undefined });
      let http: HttpInspection | undefined;
      const show: TaskCallOptions['exchanged'] = (...exchange) => {
        http = httpInspection(input.revealSecrets === true, ...exchange);
      };
      const outcome = await run(bare, text, (command) => answerOf(context, tasks, identity, input, command, show));
      const handling = outcome.isFailed
        ? handlingOf(
            subject,
            outcome.error,
            input.stateConfiguration?.retrierRetryCount ?? 0,
            context.host.kernel.random.next(),
          )
        : undefined;
      const caught =
        handling?.kind === 'catch'
          ? await run(
              machineAround(subject, variables, { ...changes, Retry: undefined }),
              text,
              async () => outcome.answer!,
            )
          : undefined;
      const inspectionData =
        (input.inspectionLevel ?? 'INFO') === 'INFO'
          ? undefined
          : await inspect(
              subject,
              caught ? { ...outcome, assigned: caught.assigned } : outcome,
              text,
              variables,
              (m, i) => run(m, i, unanswered).then((stage) => stage.output),
            );
      if (inspectionData && input.inspectionLevel === 'TRACE') Object.assign(inspectionData, http);
      if (inspectionData && handling) Object.assign(inspectionData, errorDetails(handling));
      return { ...describe(outcome, handling, caught), ...(inspectionData ? { inspectionData } : {}) };
    },
  };
}

const unanswered: Answerer = () => Promise.reject(new Error('a stage of a data flow calls nothing'));

function passRole(roleArn: string) {
  return {
    action: 'iam:PassRole',
    resource: roleArn,
    context: { 'iam:PassedToService': 'states.amazonaws.com' },
  };
}

/** Parallel and Map are run as what asks for one answer: a task, and a Map Run. */
function mockable(subject: TestSubject, isMocked: boolean): Record<string, unknown> {
  if (!isMocked) return {};
  if (subject.type === 'Parallel') {
    return { Type: 'Task', Branches: undefined, Resource: 'arn:aws:states:::lambda:invoke' };
  }
  if (subject.type !== 'Map') return {};
  const processor = subject.fields.ItemProcessor ?? subject.fields.Iterator;
  if (!isFields(processor)) return {};
  const config = { ...(isFields(processor.ProcessorConfig) ? processor.ProcessorConfig : {}) };
  const ProcessorConfig = { ExecutionType: 'STANDARD', ...config, Mode: 'DISTRIBUTED' };
  return { Iterator: undefined, ItemProcessor: { ...processor, ProcessorConfig } };
}

async function answerOf(
  context: ServiceContext,
  tasks: TaskCaller,
  identity: Identity,
  { mock, stateConfiguration }: TestStateInput,
  command: Parameters<Answerer>[0],
  exchanged: TaskCallOptions['exchanged'],
): Promise<Answer> {
  if (command.kind === 'startMapRun' && mock?.result !== undefined && isIntolerable(command, stateConfiguration)) {
    return {
      error: 'States.ExceedToleratedFailureThreshold',
      cause: 'The specified tolerated failure threshold was exceeded',
    };
  }
  if (mock?.errorOutput) return mock.errorOutput;
  if (mock?.result !== undefined) return { output: mock.result };
  if (command.kind === 'startMapRun') throw new Error('a Map state was tested without a mock');
  const { host } = context;
  try {
    const caller = host.assumeRole(
      command.credentials?.roleArn ?? identity.roleArn,
      'states.amazonaws.com',
      'test-state',
    );
    const { executionArn } = identity;
    const { signal } = new AbortController();
    const options = { caller, executionArn, signal, submitted: () => undefined, exchanged };
    return { output: await tasks.call(command, options) };
  } catch (error) {
    return tasks.faultOf(error, command.resource.arn);
  }
}

function isIntolerable(
  plan: Extract<Command, { kind: 'startMapRun' }>,
  configuration: TestStateInput['stateConfiguration'],
): boolean {
  const failures = configuration?.mapIterationFailureCount ?? 0;
  const { toleratedFailureCount: count, toleratedFailurePercentage: percentage } = plan;
  const total = plan.items?.length ?? 0;
  return (
    (count !== undefined && failures > count) ||
    (percentage !== undefined && total > 0 && (failures / total) * 100 > percentage)
  );
}

function identify(context: ServiceContext, input: TestStateInput): Identity {
  const machineName = context.host.kernel.random.uuid();
  const executionName = context.host.kernel.random.uuid();
  return {
    machineName,
    executionName,
    machineArn: context.arns.stateMachine(machineName),
    executionArn: context.arns.express(machineName, executionName, context.host.kernel.random.uuid()),
    roleArn: input.roleArn ?? '',
    contextOverrides: readContext(input.context),
  };
}

type Handling = ReturnType<typeof handlingOf>;

function errorDetails(handling: Handling): object {
  if (handling.kind === 'retry') {
    const { retryIndex, intervalSeconds: retryBackoffIntervalSeconds } = handling;
    return { errorDetails: { retryIndex, retryBackoffIntervalSeconds } };
  }
  if (handling.kind === 'catch') return { errorDetails: { catchIndex: handling.catchIndex } };
  return handling.retryIndex === undefined ? {} : { errorDetails: { retryIndex: handling.retryIndex } };
}

function describe(outcome: SubjectOutcome, handling: Handling | undefined, caught: SubjectOutcome | undefined): object {
  const { error, cause } = outcome;
  if (!handling) return { output: outcome.output, nextState: outcome.nextState, status: 'SUCCEEDED' };
  if (handling.kind === 'retry') return { error, cause, status: 'RETRIABLE' };
  if (!caught || caught.isFailed) return { error, cause, status: 'FAILED' };
  return { error, cause, output: caught.output, nextState: caught.nextState, status: 'CAUGHT_ERROR' };
}
