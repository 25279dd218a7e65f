import { SeededRandom } from '../../local/kernel/random';
import { SimulatedClock } from '../../local/kernel/simulated-clock';
import { createStepFunctionsService } from '../../local/services/stepfunctions/router';
import { administrator, Gateway } from '../../local/wire/gateway';
import type { Service } from '../../local/wire/service';

/** Step Functions on a clock that a test turns, called without the wire. */
export class StepFunctionsBench {
  static readonly ROLE = 'arn:aws:iam::000000000000:role/machine';

  readonly clock = new SimulatedClock();
  readonly warnings: string[] = [];
  readonly gateway: Gateway;
  private machines = 0;

  constructor(...neighbours: Service[]) {
    const kernel = { clock: this.clock, random: new SeededRandom('step functions') };
    this.gateway = new Gateway({ kernel, warn: (line) => this.warnings.push(line) });
    this.gateway.register(createStepFunctionsService(this.gateway), ...neighbours);
  }

  call(action: string, input: object = {}): Promise<any> {
    return this.gateway.call(administrator(this.gateway.accountId), 'states', action, input);
  }

  /** Creates a machine and gives its ARN. */
  async create(definition: object, more: object = {}): Promise<string> {
    const input = { name: `machine-${++this.machines}`, roleArn: StepFunctionsBench.ROLE, ...more };
    const answer = await this.call('CreateStateMachine', { definition: JSON.stringify(definition), ...input });
    return answer.stateMachineArn;
  }

  async start(stateMachineArn: string, input: unknown = {}, name?: string): Promise<string> {
    const answer = await this.call('StartExecution', { stateMachineArn, name, input: JSON.stringify(input) });
    return answer.executionArn;
  }

  describe(executionArn: string): Promise<any> {
    return this.call('DescribeExecution', { executionArn });
  }

  /** Starts an execution, lets pass what happens at once, and describes it. */
  async run(stateMachineArn: string, input: unknown = {}): Promise<any> {
    const executionArn = await this.start(stateMachineArn, input);
    for (let turn = 0; turn < 50; turn++) {
      await this.clock.turn(0);
      const described = await this.describe(executionArn);
      if (described.status !== 'RUNNING') return described;
    }
    return this.describe(executionArn);
  }

  /** The types of an execution's events, in order. */
  async eventTypes(executionArn: string): Promise<string[]> {
    const { events } = await this.call('GetExecutionHistory', { executionArn, maxResults: 1000 });
    return events.map((event: { type: string }) => event.type);
  }
}
