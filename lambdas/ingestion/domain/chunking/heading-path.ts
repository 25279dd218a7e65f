import { SIZES } from './sizes';

interface Open {
  readonly level: number;
  readonly text: string;
  hasContent: boolean;
}

/** The headings above the place that is read. A heading whose section holds nothing is told by `open` and `close`. */
export class HeadingPath {
  private stack: Open[] = [];

  /** From the outermost. */
  get texts(): string[] {
    return this.stack.map(({ text }) => text.slice(0, SIZES.heading));
  }

  /** The section holds something: its headings need no chunk of their own. */
  filled(): void {
    for (const heading of this.stack) heading.hasContent = true;
  }

  /** Takes the next heading; gives those that it closes with nothing below them, each with the headings above it. */
  open(level: number, text: string): EmptySection[] {
    const empty = this.closeFrom(level);
    this.stack.push({ level, text, hasContent: false });
    return empty;
  }

  /** The document ends. */
  close(): EmptySection[] {
    return this.closeFrom(0);
  }

  private closeFrom(level: number): EmptySection[] {
    const empty: EmptySection[] = [];
    while ((this.stack.at(-1)?.level ?? -1) >= level) {
      const closed = this.stack.pop()!;
      if (closed.hasContent) continue;
      empty.push({ heading: this.texts, text: closed.text });
      this.filled();
    }
    return empty;
  }
}

/** A heading with nothing below it: its words are content themselves. */
export interface EmptySection {
  readonly heading: string[];
  readonly text: string;
}
