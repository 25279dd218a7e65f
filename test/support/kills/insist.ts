import { setTimeout as pause } from 'node:timers/promises';

const PAUSE_MS = 30;
const PATIENCE_MS = 120_000;

/** Does what a client does that wants an answer: asks again for as long as the service is not there. */
export async function insist<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  for (const until = Date.now() + PATIENCE_MS; ; ) {
    try {
      return await ask();
    } catch (error) {
      if (Date.now() > until) throw error;
      await pause(PAUSE_MS);
    }
  }
}
