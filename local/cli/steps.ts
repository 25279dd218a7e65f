import { styleText } from 'node:util';

/** Prints each step of a command with the time it took. */
export class Steps {
  private readonly begunAt = Date.now();

  /** Runs one step: says what is done, then how long it took in seconds. */
  async run<Result>(what: string, work: () => Promise<Result> | Result): Promise<Result> {
    const from = Date.now();
    const result = await work();
    this.say(`${styleText('green', '✔')} ${what} ${styleText('dim', `${seconds(Date.now() - from)} s`)}`);
    return result;
  }

  say(line: string): void {
    console.log(line);
  }

  /** Seconds since the command began, as text. */
  get elapsedSeconds(): string {
    return seconds(Date.now() - this.begunAt);
  }
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(1);
}

/** An error that the reader can act on: printed as one line, without a stack. */
export class CommandError extends Error {}

/** Runs a command's main function; what goes wrong is said in one line where it is known, and ends with exit code 1. */
export function runCommand(main: () => Promise<void>): void {
  main().catch((error: unknown) => {
    const isKnown = error instanceof CommandError || (error instanceof Error && error.name === 'AssemblyError');
    console.error(isKnown ? (error as Error).message : error);
    process.exit(1);
  });
}
