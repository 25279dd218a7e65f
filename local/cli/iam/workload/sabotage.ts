import type { WorkloadAccount } from './account';

/** Retries of machines and mappings wait no longer. */
const MINUTE_SECONDS = 60;

/** Makes functions fail for good, and time pass while others try them again. */
export class Sabotage {
  private readonly stopped: string[] = [];

  constructor(private readonly account: WorkloadAccount) {}

  /** Every function whose logical id has one of these words fails from now on where it is called without a version. */
  async breakFunctions(...words: string[]): Promise<void> {
    for (const FunctionName of await this.account.functionNames(...words)) {
      await this.account.call('lambda', 'UpdateFunctionConfiguration', { FunctionName, Handler: 'index.missing' });
    }
  }

  /** Every function whose logical id has one of these words takes no call from now on, nor do its versions. */
  async stopFunctions(...words: string[]): Promise<void> {
    for (const FunctionName of await this.account.functionNames(...words)) {
      await this.account.call('lambda', 'PutFunctionConcurrency', { FunctionName, ReservedConcurrentExecutions: 0 });
      this.stopped.push(FunctionName);
    }
  }

  /** Lets them take calls again. */
  async mend(): Promise<void> {
    for (const FunctionName of this.stopped.splice(0)) {
      await this.account.call('lambda', 'DeleteFunctionConcurrency', { FunctionName });
    }
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
}
