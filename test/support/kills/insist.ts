import { setTimeout as pause } from 'node:timers/promises';

const PAUSE_MS = 30;
/** Processes that live for less than a function needs to start answer nobody for a while. */
const PATIENCE_MS = 600_000;

/** A refusal that will not become anything else. */
export class Refused extends Error {}

/** Does what a client does that wants an answer: asks again for as long as the service is not there. */
export async function insist<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  for (const until = Date.now() + PATIENCE_MS; ; ) {
    try {
      return await ask();
    } catch (error) {
      if (error instanceof Refused || Date.now() > until) throw error;
      await pause(PAUSE_MS);
    }
  }
}
