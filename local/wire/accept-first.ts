import type { Server } from 'node:net';

/** Turns of the event loop that requests wait at most while connections keep coming. */
const MOST_TURNS = 256;

/**
 * Lets connections in before requests are worked on. Node.js accepts one connection in a turn of its event loop, however
 * many wait (libuv since 1.45), and a turn lasts as long as all requests that have arrived: on a busy machine a new
 * connection would be heard only after its client has given up. While a turn brings a connection, requests wait for the
 * next turn, so that the turns are short and the waiting connections are soon in.
 */
export class AcceptFirst {
  private readonly waiting: (() => void)[] = [];
  private hasAccepted = false;
  private isPlanned = false;
  private turns = 0;

  constructor(server: Server) {
    server.on('connection', () => {
      this.hasAccepted = true;
      this.plan();
    });
  }

  /** Carries out `work` now, or in a later turn when connections are being accepted; in the order of the calls. */
  run(work: () => void): void {
    if (!this.isPlanned) work();
    else this.waiting.push(work);
  }

  private plan(): void {
    if (this.isPlanned) return;
    this.isPlanned = true;
    this.turns = 0;
    setImmediate(() => this.turn());
  }

  private turn(): void {
    if (this.hasAccepted && this.turns++ < MOST_TURNS) {
      this.hasAccepted = false;
      setImmediate(() => this.turn());
      return;
    }
    this.hasAccepted = false;
    this.isPlanned = false;
    for (const work of this.waiting.splice(0)) work();
  }
}
