import { SeededRandom } from '../../local/kernel/random';
import { SimulatedClock } from '../../local/kernel/simulated-clock';
import { administrator } from '../../local/wire/gateway';
import type { Host } from '../../local/wire/host';
import type { Service } from '../../local/wire/service';
import { type RunningGateway, startGateway } from './embedded';
import { MemoryJournal } from './memory-journal';

/** Services over a journal, on a clock that a test turns, which can be ended and started again. */
export class DurableServices {
  readonly clock = new SimulatedClock();
  running!: RunningGateway;
  private journal = new MemoryJournal();
  private starts = 0;

  private constructor(private readonly create: (host: Host) => Service[]) {}

  static async start(create: (host: Host) => Service[]): Promise<DurableServices> {
    const services = new DurableServices(create);
    await services.begin();
    return services;
  }

  /** Ends the process between two turns, and starts the next one over what it left; the clock stands still meanwhile. */
  async restart(whileDown: () => Promise<void> | void = () => undefined): Promise<void> {
    this.journal = this.journal.reopened();
    await this.running.close();
    await whileDown();
    await this.begin();
  }

  call(service: string, action: string, input: object = {}): Promise<any> {
    const { gateway } = this.running;
    return gateway.call(administrator(gateway.accountId), service, action, input);
  }

  /** How many records of a kind are durable. */
  count(collection: string): number {
    this.journal.commit();
    return this.journal.count(collection);
  }

  /** Turns the clock, and lets what has begun come to its end. */
  async turn(durationMs: number): Promise<void> {
    await this.clock.turn(durationMs);
    for (let i = 0; i < 5; i++) await new Promise<void>((resolve) => setImmediate(resolve));
  }

  close(): Promise<void> {
    return this.running.close();
  }

  private async begin(): Promise<void> {
    const kernel = { clock: this.clock, random: new SeededRandom(++this.starts) };
    this.running = await startGateway(this.create, { kernel, journal: this.journal });
  }
}
