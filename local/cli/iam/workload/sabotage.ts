import type { WorkloadAccount } from './account';

/** Retries of machines and mappings wait no longer. */
const MINUTE_SECONDS = 60;

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

  /** Waits, and lets time pass whenever no function runs: a minute, if nothing else is said. */
  hasten<T>(what: string, probe: () => Promise<T | undefined>, stepSeconds = MINUTE_SECONDS): Promise<T> {
    return this.account.until(what, async () => {
      const found = await probe();
      if (found === undefined) await this.account.leap(stepSeconds);
      return found;
    });
  }

  private setHandler(FunctionName: string, Handler: string): Promise<unknown> {
    return this.account.call('lambda', 'UpdateFunctionConfiguration', { FunctionName, Handler });
  }
}
