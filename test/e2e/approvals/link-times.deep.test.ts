import { SeededRandom } from '../../../local/kernel/random';
import { ApprovalStacks } from '../../support/approvals/approval-stacks';
import { RawClient } from '../../support/approvals/raw-request';
import { bitFlips, randomLinkId } from './changed-links';
import { type Comparison, mannWhitney } from './two-samples';

const REQUESTS = 2_000;
/** Requests between two leaps that fill the stage's bucket. */
const AT_ONCE = 50;
const ALPHA = 0.001;
/** A smaller tendency than this is no use to anybody who guesses, even over a quiet network. */
const SMALLEST_EFFECT = 0.1;
/** A busy machine may favour one sample by chance; what holds again and again is no chance. */
const MEASUREMENTS = 3;

describe('the time that an unknown link takes', () => {
  const random = new SeededRandom('times');
  let stacks: ApprovalStacks;
  let client: RawClient;
  let near: string[];
  beforeAll(async () => {
    stacks = await ApprovalStacks.start();
    client = new RawClient(stacks.outputs.ApprovalsApiUrl!);
    const { requestId, linkId } = await stacks.invite();
    await stacks.settled(requestId);
    near = bitFlips(linkId);
  });
  afterAll(async () => {
    client.close();
    await stacks.stop();
  });

  const wellFormed = () => randomLinkId(random);
  const malformed = () => pick(['x', 'admin', '..;', '%00', '+', `${wellFormed()}=`, 'A'.repeat(31), '%E0%A4%A']);
  const oneBitAway = () => pick(near);

  it.each([
    ['a link that never was', 'a malformed one', wellFormed, malformed],
    ['a link that never was', 'one that is a bit away from a live one', wellFormed, oneBitAway],
  ])('does not tell %s from %s', async (_one, _other, one, other) => {
    const found: Comparison[] = [];
    for (let times = 0; times < MEASUREMENTS; times++) {
      const comparison = await measured(one, other);
      found.push(comparison);
      if (comparison.pValue >= ALPHA || Math.abs(comparison.effect) < SMALLEST_EFFECT) return;
    }
    throw new Error(`The two were told apart ${MEASUREMENTS} times: ${JSON.stringify(found)}`);
  });

  it('tells a live link, which is looked up twice, from one that never was', async () => {
    const { linkId } = await stacks.invite();
    const { pValue, effect } = await measured(() => linkId, wellFormed);
    expect(pValue).toBeLessThan(ALPHA);
    expect(effect).toBeGreaterThan(SMALLEST_EFFECT);
  });

  /** Asks one request at a time, of either class by chance. */
  async function measured(one: () => string, other: () => string): Promise<Comparison> {
    const samples: [number[], number[]] = [[], []];
    for (let sent = 0; sent < REQUESTS; sent++) {
      if (sent % AT_ONCE === 0) await stacks.leap(2_000);
      const isOther = random.next() < 0.5;
      const path = `/a/${(isOther ? other : one)()}`;
      const startedAt = process.hrtime.bigint();
      await client.send(path);
      samples[isOther ? 1 : 0].push(Number(process.hrtime.bigint() - startedAt));
    }
    return mannWhitney(...samples);
  }

  function pick<T>(choices: readonly T[]): T {
    return choices[Math.floor(random.next() * choices.length)]!;
  }
});
