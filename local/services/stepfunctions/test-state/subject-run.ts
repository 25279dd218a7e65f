/**
 * Owns one run of a state on the engine, outside of any execution that is kept. Tasks are answered by `answer`: with a
 * mock, with what a former run was answered, or by the real service.
 */
import type { Command, HistoryEvent, Json, Outcome, Stimulus } from '../../../engine/contract';
import { advance, childInputs, compile, newExecution } from '../../../engine/engine';
import type { Host } from '../../../wire/host';
import type { Message, RunTask } from '../running-execution';
import { SUBJECT } from './test-subject';

/** How a task or Map ended. */
export type Answer = { readonly output: string } | { readonly error?: string; readonly cause?: string };

type MapPlan = Extract<Command, { kind: 'startMapRun' }>;

/** What the state did. */
export interface SubjectOutcome {
  readonly output?: string;
  readonly nextState?: string;
  readonly error?: string;
  readonly cause?: string;
  readonly isFailed: boolean;
  /** Of Task states. */
  readonly parameters?: string;
  /** Of Map states, with the inputs of its iterations. */
  readonly plan?: MapPlan;
  readonly itemInputs?: readonly Json[];
  readonly answer?: Answer;
  readonly assigned: Readonly<Record<string, string>>;
}

/** Who the state is told that it is. */
export interface Identity {
  readonly machineName: string;
  readonly executionName: string;
  readonly executionArn: string;
  readonly machineArn: string;
  readonly roleArn: string;
  readonly contextOverrides?: { [key: string]: Json };
}

/** A test may last five minutes. */
const LIMIT_MS = 5 * 60 * 1000;

const RUNTIME_PREFIX = /^An error occurred while executing the state '.*?' \(entered at the event id #\d+\)\. /;

/** Runs the machine around a state until the state has been left, or has failed. */
export class SubjectRun {
  private readonly events: HistoryEvent[] = [];
  private parameters: string | undefined;
  private plan: MapPlan | undefined;
  private itemInputs: readonly Json[] | undefined;
  private given: Answer | undefined;

  constructor(
    private readonly host: Host,
    private readonly identity: Identity,
    private readonly answer: (command: RunTask | MapPlan) => Promise<Answer>,
  ) {}

  async run(definition: string, input: string): Promise<SubjectOutcome> {
    const { clock, random } = this.host.kernel;
    const { identity } = this;
    const machine = compile(definition);
    const execution = newExecution({
      executionArn: identity.executionArn,
      name: identity.executionName,
      roleArn: identity.roleArn,
      stateMachine: { id: identity.machineArn, name: identity.machineName },
      type: 'EXPRESS',
      input,
      startTimeMs: clock.now(),
      contextOverrides: identity.contextOverrides,
    });
    const environment = { random, taskToken: () => random.uuid() };
    const deadlineMs = clock.now() + LIMIT_MS;
    let message: Message | undefined = { kind: 'start' };
    while (message && !this.isDecided()) {
      const stimulus = { ...message, atMs: clock.now() } as Stimulus;
      const outcome: Outcome = await advance(machine, execution, stimulus, environment);
      this.events.push(...outcome.events);
      message = undefined;
      for (const command of outcome.commands) {
        if (this.isDecided()) break;
        if (command.kind === 'startMapRun') {
          this.plan = command;
          const request = { mapRunId: command.mapRunId, atMs: clock.now(), items: command.items ?? [], firstIndex: 0 };
          this.itemInputs = await childInputs(machine, execution, request, environment);
        }
        message = (await this.carryOut(command, deadlineMs)) ?? message;
      }
    }
    return this.outcome();
  }

  private async carryOut(command: Command, deadlineMs: number): Promise<Message | undefined> {
    switch (command.kind) {
      case 'runTask': {
        this.parameters = command.parametersText;
        this.given = await this.answer(command);
        const { taskId } = command;
        return 'output' in this.given
          ? { kind: 'taskSucceeded', taskId, output: this.given.output }
          : { kind: 'taskFailed', taskId, ...this.given };
      }
      case 'startMapRun': {
        this.given = await this.answer(command);
        const { mapRunId } = command;
        return 'output' in this.given
          ? { kind: 'mapRunSucceeded', mapRunId, output: this.given.output }
          : { kind: 'mapRunFailed', mapRunId, ...this.given };
      }
      case 'startTimer':
        return this.parameters === undefined ? this.wait(command, deadlineMs) : undefined;
      case 'continue':
        return { kind: 'continue' };
      default:
        return undefined;
    }
  }

  /** Only Wait states wait: Retry is stripped before a run, and a task's own timeouts are the answer's business. */
  private wait({ timerId, atMs }: Extract<Command, { kind: 'startTimer' }>, deadlineMs: number): Promise<Message> {
    return new Promise((resolve) => {
      this.host.kernel.clock.schedule(Math.min(atMs, deadlineMs), () =>
        resolve(atMs <= deadlineMs ? { kind: 'timerFired', timerId } : { kind: 'timeout', error: 'States.Timeout' }),
      );
    });
  }

  private isDecided(): boolean {
    return this.events.some((event) => isEnd(event) || isExit(event));
  }

  private outcome(): SubjectOutcome {
    const common = {
      parameters: this.parameters,
      plan: this.plan,
      itemInputs: this.itemInputs,
      answer: this.given,
    };
    const exit = this.events.find(isExit);
    if (!exit) {
      const end = this.events.find(isEnd);
      const details = end?.executionFailedEventDetails ?? end?.executionTimedOutEventDetails ?? {};
      const { error, cause } = details as { error?: string; cause?: string };
      return { ...common, error, cause: cause?.replace(RUNTIME_PREFIX, ''), isFailed: true, assigned: {} };
    }
    const { output, assignedVariables } = exit.stateExitedEventDetails as {
      output: string;
      assignedVariables?: Record<string, string>;
    };
    const next = this.events.find((event) => event.id > exit.id && event.type.endsWith('StateEntered'));
    const nextState = next?.stateEnteredEventDetails?.name as string | undefined;
    return { ...common, output, nextState, isFailed: false, assigned: assignedVariables ?? {} };
  }
}

function isExit(event: HistoryEvent): boolean {
  return event.type.endsWith('StateExited') && event.stateExitedEventDetails?.name === SUBJECT;
}

function isEnd(event: HistoryEvent): boolean {
  return event.type === 'ExecutionFailed' || event.type === 'ExecutionTimedOut';
}
