/**
 * Owns the trial of a page: the trouble is made, the alarm rings and leads here, every command of the page is typed in its order and
 * answers, the trouble ends, nothing is lost, the alarm is quiet.
 */
import type { BrokenAccount } from './broken-account';
import { MINUTE_MS } from './minute';
import type { OperatorDesk } from './operator-desk';
import type { RunbookCase, Trouble } from './runbook-case';
import { PARTS, type Part, readRunbook } from './runbook-page';

/** Commands that end with 1 when they find what they look for. */
const FINDS = /^npm run (ops -- (readiness|stuck list)|documents -- reconcile|audit -- verify)/;

/** A plan ends with 1 when there is something to do. */
const PLANS = /^npm run ops -- stuck fix(?!.*--yes)/;

const CALM_MS = 65 * MINUTE_MS;

/** See the head of this file. Throws where the page does not keep what it promises. */
export async function tryRunbook(tried: RunbookCase, account: BrokenAccount, desk: OperatorDesk): Promise<void> {
  const page = readRunbook(tried.page);
  const { stepMs = MINUTE_MS, quietWithinMs } = tried;
  const alarms = async () => account.alarmsOf(tried.page);
  const isRinging = async () => (await alarms()).some(({ StateValue }) => StateValue === 'ALARM');
  const isQuiet = async () => !(await isRinging());
  await account.heal();
  // What another trouble has left in the windows of an hour is not this one's.
  await account.pass(CALM_MS);
  await account.turnUntil(`quiet of ${tried.page} before the trouble`, isQuiet, stepMs);

  const trouble = await tried.break(account, desk);
  await account.turnUntil(`alarm ${tried.page}`, isRinging, stepMs);
  for (const { AlarmDescription } of await alarms()) {
    expect(AlarmDescription).toMatch(new RegExp(`Owner: .+\\. Runbook: https://.+/docs/runbooks/${tried.page}\\.md$`));
  }

  const type = (part: Part) => typeAll(page.commands[part], part, trouble, desk);
  await type('How to look');
  await trouble.mend?.();
  await type('What to do');
  for (const followed of trouble.follows ?? []) {
    await typeAll(readRunbook(followed).commands['What to do'], 'What to do', trouble, desk);
  }
  await account.turnUntil(`end of the trouble of ${tried.page}`, trouble.isOver, stepMs);
  await account.turnUntil(`quiet of ${tried.page}`, isQuiet, stepMs, quietWithinMs && quietWithinMs / stepMs);
  await type('How to know that it worked');
  expect(await trouble.isOver()).toBe(true);
}

async function typeAll(
  commands: readonly string[],
  part: Part,
  { values = {}, shows = {} }: Trouble,
  desk: OperatorDesk,
): Promise<void> {
  for (const command of commands) {
    const { code, output } = await desk
      .type(command, values)
      .catch((error: Error) => ({ code: -1, output: error.message }));
    const isFind = code === 1 && (PLANS.test(command) || (part === PARTS[0] && FINDS.test(command)));
    if ((code !== 0 && !isFind) || output.trim() === '')
      throw new Error(`${part}: ${command} ended with ${code}: ${output}`);
    for (const [typed, shown] of Object.entries(shows)) {
      if (part === PARTS[0] && command.includes(typed)) expect(output).toMatch(shown);
    }
  }
}
