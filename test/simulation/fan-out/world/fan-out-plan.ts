import { SeededRandom } from '../../../../local/kernel/random';
import { Dice } from '../../world/world-plan';

/** An event, how often it is published, and what is wrong with it until the repair. */
export interface PlannedEvent {
  readonly eventId: string;
  readonly orderId: string;
  /** Milliseconds after the world began, one for each time that EventBridge delivers it. */
  readonly arrivals: readonly Arrival[];
  readonly hasAddress: boolean;
  /** SES refuses its mail, the webhook refuses it, until both are repaired. */
  readonly isMailRefused: boolean;
  readonly isWebhookRefused: boolean;
}

/** One delivery of the rule. */
export interface Arrival {
  readonly atMs: number;
  /** `lost`: EventBridge could not start the run. `dies`: it is cut off in the middle. */
  readonly run: 'lives' | 'dies' | 'lost';
}

/** What is decided before a world begins. */
export interface FanOutPlan {
  readonly seed: number;
  readonly events: readonly PlannedEvent[];
  /** How likely a call, an invocation or a target meets a fault. */
  readonly faultRate: number;
  /** Whether anything can fail once a target has accepted: crashes, frozen processes, lost answers. */
  readonly hasLostAnswers: boolean;
}

/** A world of so many events, each delivered one to three times. */
export function planFanOut(seed: number, events: number, faultRate: number, hasLostAnswers = true): FanOutPlan {
  const dice = new Dice(new SeededRandom(`fan-out ${seed}`));
  return { seed, faultRate, hasLostAnswers, events: dice.times(events, (index) => planEvent(dice, index, events)) };
}

function planEvent(dice: Dice, index: number, events: number): PlannedEvent {
  const orderId = `order-${index + 1}`;
  const firstMs = dice.between(0, events * 100);
  const run = () => (dice.chance(0.03) ? 'lost' : dice.chance(0.03) ? 'dies' : 'lives');
  return {
    orderId,
    eventId: `${orderId}:OrderConfirmed`,
    arrivals: dice.times(dice.between(1, 3), (n) => ({
      atMs: firstMs + (n === 0 ? 0 : dice.between(0, dice.pick([50, 5_000, 90_000]))),
      run: run(),
    })),
    hasAddress: dice.chance(0.95),
    isMailRefused: dice.chance(0.03),
    isWebhookRefused: dice.chance(0.03),
  };
}
