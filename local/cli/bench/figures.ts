/** One measured figure beside its budget. */
interface Figure {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  readonly budget?: string;
  readonly isKept: boolean;
  /** What belongs to it, behind it. */
  readonly note?: string;
}

/** The figures of one run, with what they are held against. */
export class Figures {
  private readonly all: Figure[] = [];

  atMost(what: string, value: number, limit: number, unit: string): void {
    this.all.push({ what, value, unit, budget: `≤ ${limit.toLocaleString('en-US')} ${unit}`, isKept: value <= limit });
  }

  atLeast(what: string, value: number, limit: number, unit: string): void {
    this.all.push({ what, value, unit, budget: `≥ ${limit.toLocaleString('en-US')} ${unit}`, isKept: value >= limit });
  }

  /** A figure without a budget. */
  show(what: string, value: number, unit: string, note?: string): void {
    this.all.push({ what, value, unit, isKept: true, note });
  }

  get areKept(): boolean {
    return this.all.every((figure) => figure.isKept);
  }

  print(): void {
    const width = Math.max(...this.all.map((figure) => figure.what.length));
    for (const { what, value, unit, budget, isKept, note } of this.all) {
      const digits = Math.abs(value) >= 1000 || Number.isInteger(value) ? 0 : 2;
      const shown = `${value.toLocaleString('en-US', { maximumFractionDigits: digits })} ${unit}`.trim();
      const mark = budget === undefined ? ' ' : isKept ? '✔' : '✘';
      console.log(
        `  ${mark} ${what.padEnd(width)}  ${shown.padStart(16)}${budget ? `   budget ${budget}` : ''}${note ? `   ${note}` : ''}`,
      );
    }
  }
}
