import { FORGETFUL_JOURNAL } from '../../../local/kernel/journal';
import { SeededRandom } from '../../../local/kernel/random';
import { SimulatedClock } from '../../../local/kernel/simulated-clock';
import { createStepFunctionsService } from '../../../local/services/stepfunctions/router';
import { Gateway } from '../../../local/wire/gateway';
import type { Host } from '../../../local/wire/host';
import type { Service } from '../../../local/wire/service';
import { type DefinitionEdit, sagaDefinitions } from './saga-definitions';

/** The ARNs of the machines of a world. */
export interface MachineArns {
  readonly ordersMachineArn: string;
  readonly undoMachineArn: string;
  readonly reconciliationArn: string;
}

/** More executions than this are not kept; the machines are made anew. */
const MOST_WORLDS = 500;

/**
 * Step Functions for one world after the other: making the machines takes longer than living through a world, so they
 * are kept, and only the host changes. Orders of different worlds must have different names.
 */
export class SagaMachines {
  service: Service;
  private host: Gateway = new Gateway({ kernel: { clock: new SimulatedClock(), random: new SeededRandom('none') } });
  private readonly made = new Set<string>();
  private worlds = 0;
  /** Used outside of worlds, so that a world's randomness does not depend on whether it found the machines made. */
  private readonly ownRandom = new SeededRandom('machines');
  private isInWorld = false;

  constructor(private readonly edit?: DefinitionEdit) {
    this.service = createStepFunctionsService(this.hostOfNow());
  }

  /** Lets the machines run in a world from now on. */
  enter(host: Gateway): void {
    this.host = host;
    this.isInWorld = false;
    if (this.worlds++ % MOST_WORLDS === MOST_WORLDS - 1) void this.renew();
  }

  /** Forgets everything, also what still runs. */
  async renew(): Promise<void> {
    const old = this.service;
    this.isInWorld = false;
    this.service = createStepFunctionsService(this.hostOfNow());
    this.made.clear();
    await old.stop?.();
  }

  /** The machines with these timeouts, made if need be. */
  async arns(timeoutSeconds: { orders: number; undo: number }): Promise<MachineArns> {
    const definitions = sagaDefinitions(timeoutSeconds, this.edit);
    const arns = {
      ordersMachineArn: await this.make(`orders-${timeoutSeconds.orders}`, definitions.orders),
      undoMachineArn: await this.make(`order-undo-${timeoutSeconds.undo}`, definitions.undo),
      reconciliationArn: await this.make('orders-reconciliation', definitions.reconciliation),
    };
    this.isInWorld = true;
    return arns;
  }

  private async make(name: string, definition: string): Promise<string> {
    const { accountId, region } = this.host;
    if (!this.made.has(name)) {
      const input = { name, definition, roleArn: `arn:aws:iam::${accountId}:role/${name}` };
      const call = { caller: this.host.identify('test'), requestId: 'test' };
      await this.service.actions.CreateStateMachine!.handle(input, call);
      this.made.add(name);
    }
    return `arn:aws:states:${region}:${accountId}:stateMachine:${name}`;
  }

  /** A host that is the host of whichever world is being lived through. */
  private hostOfNow(): Host {
    const now = () => this.host;
    const random = () => (this.isInWorld ? now().kernel.random : this.ownRandom);
    return {
      accountId: now().accountId,
      region: now().region,
      journal: FORGETFUL_JOURNAL,
      kernel: {
        clock: {
          now: () => now().kernel.clock.now(),
          schedule: (atMs, task) => now().kernel.clock.schedule(atMs, task),
        },
        random: {
          next: () => random().next(),
          bytes: (count) => random().bytes(count),
          uuid: () => random().uuid(),
        },
      },
      authorize: (...parameters) => now().authorize(...parameters),
      endpoint: () => now().endpoint(),
      call: (...parameters) => now().call(...parameters),
      assumeRole: (...parameters) => now().assumeRole(...parameters),
      credentialsOf: (caller) => now().credentialsOf(caller),
      metric: (...parameters) => now().metric(...parameters),
      warn: (line) => now().warn(line),
    };
  }
}
