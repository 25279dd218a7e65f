const CELLS = 30;

/** Where progress is shown: a terminal redraws its line, a file gets one for every tenth. */
export interface Screen {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/** One line that fills up. */
export class ProgressBar {
  private tenth = -1;

  constructor(
    private readonly screen: Screen,
    private readonly what: string,
  ) {}

  /** Shows how much is done. */
  show(done: number, total: number): void {
    const share = total === 0 ? 1 : Math.min(1, done / total);
    const line = `${this.what.padEnd(9)} ${bar(share)} ${done} of ${total}`;
    if (this.screen.isTTY) {
      this.screen.write(`\r\u001b[K${line}`);
      return;
    }
    const tenth = Math.floor(share * 10);
    if (tenth === this.tenth) return;
    this.tenth = tenth;
    this.screen.write(`${line}\n`);
  }

  /** Leaves the line as it is. */
  end(): void {
    if (this.screen.isTTY) this.screen.write('\n');
  }
}

function bar(share: number): string {
  const full = Math.round(share * CELLS);
  return `${'█'.repeat(full)}${'░'.repeat(CELLS - full)}`;
}
