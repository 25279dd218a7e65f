import type { WorkloadAccount } from './account';

/** A minute at a time: retries of machines, mappings and schedules wait no longer. */
const STEP_SECONDS = 60;

/** Makes functions fail for good, and time pass while others try them again. */
export class Sabotage {
  private readonly handlers = new Map<string, string>();

  constructor(private readonly account: WorkloadAccount) {}

  /** Every function whose logical id has one of these words fails from now on. */
  async breakFunctions(...words: string[]): Promise<void> {
    for (const FunctionName of await this.account.functionNames(...words)) {
      const { Handler } = await this.account.call('lambda', 'GetFunctionConfiguration', { FunctionName });
      this.handlers.set(FunctionName, Handler);
      await this.setHandler(FunctionName, 'index.missing');
    }
  }

  /** Gives them their handlers back. */
  async mend(): Promise<void> {
    for (const [name, handler] of this.handlers) await this.setHandler(name, handler);
    this.handlers.clear();
  }

  /** Takes functions away. */
  async deleteFunctions(...words: string[]): Promise<void> {
    for (const FunctionName of await this.account.functionNames(...words)) {
      await this.account.call('lambda', 'DeleteFunction', { FunctionName });
    }
  }

  /** Waits, and lets a minute pass whenever no function runs. */
  hasten<T>(what: string, probe: () => Promise<T | undefined>): Promise<T> {
    return this.account.until(what, async () => {
      const found = await probe();
      if (found === undefined) await this.account.leap(STEP_SECONDS);
      return found;
    });
  }

  private setHandler(FunctionName: string, Handler: string): Promise<unknown> {
    return this.account.call('lambda', 'UpdateFunctionConfiguration', { FunctionName, Handler });
  }
}
