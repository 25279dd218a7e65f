import type { Guard } from '../guard';

/** The variables of a block or a function, within those around it. */
export class Frame {
  private readonly values: Record<string, unknown> = Object.create(null);

  constructor(
    private readonly outer: Frame | undefined,
    readonly guard: Guard,
  ) {}

  bind(name: string, value: unknown): void {
    this.values[name] = value;
  }

  lookup(name: string): unknown {
    for (let frame: Frame | undefined = this; frame; frame = frame.outer) {
      if (name in frame.values) return frame.values[name];
    }
    return undefined;
  }
}
