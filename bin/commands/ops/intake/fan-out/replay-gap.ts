import { createHash } from 'node:crypto';
import { DescribeReplayCommand, StartReplayCommand } from '@aws-sdk/client-eventbridge';
import type { Aws } from '../../aws';
import type { DeliveryRule } from './delivery-rules';

/** A rule that is turned on or off takes some moments until it is, and clocks differ: https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DisableRule.html */
const MARGIN_MS = 120_000;
const PAUSE_MS = 1000;
/** A replay whose name is taken by one that failed gets another name, so often. */
const MOST_TRIES = 9;

/** A time in which a rule took no events, in milliseconds since the epoch. */
export interface Gap {
  readonly fromMs: number;
  readonly untilMs: number;
}

/**
 * Gives the events of a gap, and of two minutes around it, to the rule again, and waits until EventBridge has sent all of them. The same gap
 * asked for again is the same replay. It needs `events:StartReplay` and `DescribeReplay`. Throws an Error when the replay fails.
 */
export async function replayGap(aws: Aws, stackName: string, rule: DeliveryRule, gap: Gap): Promise<string> {
  const moment = new Date(gap.untilMs).toISOString().replace(/[-:.]/g, '');
  const which = createHash('sha256').update(rule.logicalId).digest('hex').slice(0, 8);
  for (let tries = 1; tries <= MOST_TRIES; tries++) {
    const name = `${stackName}-${which}-${moment}${tries === 1 ? '' : `-${tries}`}`;
    await start(aws, name, rule, gap);
    const { State, StateReason } = await ended(aws, name);
    if (State === 'COMPLETED') return name;
    if (State !== 'CANCELLED' && tries === MOST_TRIES) throw new Error(`The replay ${name} ${State}: ${StateReason}.`);
  }
  throw new Error(`The replays of ${rule.name} were cancelled: start one by hand, see docs/operating.md.`);
}

async function start({ events }: Aws, ReplayName: string, rule: DeliveryRule, { fromMs, untilMs }: Gap): Promise<void> {
  try {
    await events.send(
      new StartReplayCommand({
        ReplayName,
        EventSourceArn: rule.archive!.arn,
        EventStartTime: new Date(fromMs - MARGIN_MS),
        EventEndTime: new Date(Math.min(untilMs + MARGIN_MS, Date.now())),
        // The name of the rule alone: no other consumer of the bus gets its events again.
        Destination: { Arn: rule.busArn, FilterArns: [rule.arn] },
      }),
    );
  } catch (error) {
    // An earlier run of the command has started it.
    if ((error as Error).name !== 'ResourceAlreadyExistsException') throw error;
  }
}

async function ended({ events }: Aws, ReplayName: string) {
  for (;;) {
    const replay = await events.send(new DescribeReplayCommand({ ReplayName }));
    if (['COMPLETED', 'CANCELLED', 'FAILED'].includes(replay.State!)) return replay;
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}
