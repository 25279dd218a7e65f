/** Ids in the order in which they were put in; taking the first one costs the same however many there are. */
export class IdQueue {
  private ids: string[] = [];
  private from = 0;

  push(id: string): void {
    this.ids.push(id);
  }

  first(): string | undefined {
    return this.ids[this.from];
  }

  /** Takes the first id out. */
  shift(): void {
    if (this.from < this.ids.length) this.from++;
    if (this.from > 1024 && this.from * 2 > this.ids.length) {
      this.ids = this.ids.slice(this.from);
      this.from = 0;
    }
  }
}
