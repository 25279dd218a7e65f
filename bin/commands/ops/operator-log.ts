import { randomUUID } from 'node:crypto';
import {
  type CloudWatchLogsClient,
  CreateLogStreamCommand,
  PutLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import type { DeployedStack } from './deployment';

/** What an operator does, in words and ids; no bodies of messages. */
export interface OperatorAct {
  readonly act: string;
  readonly [member: string]: unknown;
}

/**
 * Writes who did what to the log group `OperatorLogGroupName` of the stack that it was done to. What cannot be recorded is not done:
 * commands record an act before it, and its outcome after it. One log stream per run of a command.
 */
export class OperatorLog {
  /** Names one run of a command, so that its records are found together. */
  readonly runId = `${new Date().toISOString().replace(/[:.]/g, '-')}-${randomUUID().slice(0, 8)}`;
  private readonly opened = new Set<string>();

  constructor(
    private readonly client: CloudWatchLogsClient,
    private readonly caller: () => Promise<string>,
  ) {}

  /** Records acts in their order; throws when that is not possible. */
  async write(stack: DeployedStack, ...acts: readonly OperatorAct[]): Promise<void> {
    const logGroupName = stack.outputs.OperatorLogGroupName;
    if (!logGroupName) {
      throw new Error(
        `The stack ${stack.name} has no OperatorLogGroupName: what is not recorded is not done, deploy it again.`,
      );
    }
    const logStreamName = this.runId;
    if (!this.opened.has(logGroupName)) {
      await this.client.send(new CreateLogStreamCommand({ logGroupName, logStreamName }));
      this.opened.add(logGroupName);
    }
    const timestamp = Date.now();
    const who = await this.caller();
    const logEvents = acts.map(({ act, ...rest }) => ({
      timestamp,
      message: JSON.stringify({ act, who, at: new Date(timestamp).toISOString(), run: this.runId, ...rest }),
    }));
    await this.client.send(new PutLogEventsCommand({ logGroupName, logStreamName, logEvents }));
  }
}
