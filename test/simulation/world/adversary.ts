import type { Clock } from '../../../local/kernel/clock';
import { SeededRandom } from '../../../local/kernel/random';
import type { Trace } from './trace';
import { Dice, type WorldPlan } from './world-plan';

/**
 * What a call of a service meets. `refused` and `throttled` come before the effect, `lost` after it; `conflict` is a
 * transaction that met another.
 */
export type CallFate = 'fine' | 'refused' | 'throttled' | 'lost' | 'conflict';

/** A call of a service: its fate and its two ways. */
export interface CallPlan {
  readonly fate: CallFate;
  readonly thereMs: number;
  readonly backMs: number;
}

/**
 * What an invocation of a function meets. `crash`: the process is gone at its n-th call, which may still land.
 * `freeze`: it stands still at its n-th call until its time is up; a zombie goes on afterwards.
 */
export type InvocationFate = 'fine' | 'throttled' | 'refused' | 'lost' | 'crash' | 'freeze' | 'badOutput';

/** An invocation of a function. */
export interface InvocationPlan {
  readonly fate: InvocationFate;
  readonly startMs: number;
  /** The call at which it crashes or freezes, counted from 1. */
  readonly atCall: number;
  /** Whether that call reaches its service all the same. */
  readonly isCallSent: boolean;
  /** For a freeze: how long the process stands still. */
  readonly frozenMs: number;
  /** For a freeze: whether the process goes on when its time is up. */
  readonly isZombie: boolean;
  readonly badOutput: string;
}

const BAD_OUTPUTS = ['null', '{}', '"done"', '<html>502</html>', ''];

/** What of a plan an adversary goes by. */
export type AdversaryPlan = Pick<
  WorldPlan,
  'seed' | 'faultRate' | 'faultBudget' | 'quietAfterMs' | 'hasLateWrites' | 'outages'
>;

/** Decides, from its seed alone, what goes wrong and how long everything takes; it stops when its budget is spent. */
export class Adversary {
  private readonly dice: Dice;
  private readonly startMs: number;
  private budget: number;

  constructor(
    private readonly plan: AdversaryPlan,
    private readonly clock: Clock,
    private readonly trace: Trace,
  ) {
    this.dice = new Dice(new SeededRandom(`adversary ${plan.seed}`));
    this.startMs = clock.now();
    this.budget = plan.faultBudget;
  }

  /** The fate of a call of a service. */
  call(service: string, isWrite: boolean): CallPlan {
    const { dice } = this;
    const thereMs = dice.chance(0.04) ? dice.between(50, 900) : dice.between(1, 25);
    const backMs = dice.between(1, 10);
    if (this.isOut(service)) {
      return { fate: isWrite && dice.chance(0.2) ? 'lost' : 'refused', thereMs, backMs };
    }
    if (!this.strikes()) return { fate: 'fine', thereMs, backMs };
    const late = dice.between(2_500, dice.pick([10_000, 45_000]));
    if (isWrite && this.plan.hasLateWrites) return { fate: 'fine', thereMs: late, backMs };
    switch (dice.pick(['refused', 'throttled', 'lost', 'lost', 'late', 'slowBack', 'conflict'])) {
      case 'throttled':
        return { fate: 'throttled', thereMs, backMs };
      case 'lost':
        return { fate: 'lost', thereMs, backMs };
      case 'late':
        return { fate: 'fine', thereMs: late, backMs };
      case 'slowBack':
        return { fate: 'fine', thereMs, backMs: late };
      case 'conflict':
        return { fate: isWrite && service === 'dynamodb' ? 'conflict' : 'refused', thereMs, backMs };
      default:
        return { fate: 'refused', thereMs, backMs };
    }
  }

  /** The fate of an invocation of a function. */
  invocation(functionName: string): InvocationPlan {
    const { dice } = this;
    const isFaulty = this.isOut(functionName) || this.strikes(2);
    const fates = ['throttled', 'refused', 'lost', 'crash', 'crash', 'freeze', 'freeze', 'badOutput'] as const;
    return {
      fate: isFaulty ? dice.pick(fates) : 'fine',
      startMs: dice.chance(0.1) ? dice.between(200, 1_200) : dice.between(1, 20),
      atCall: dice.between(1, 5),
      isCallSent: dice.chance(0.5),
      frozenMs: dice.between(500, 60_000),
      isZombie: dice.chance(0.6),
      badOutput: dice.pick(BAD_OUTPUTS),
    };
  }

  /** How likely something else happens, such as a message that is delivered twice. */
  chance(p: number): boolean {
    return this.dice.chance(p);
  }

  /** A delay in milliseconds. */
  delay(lowMs: number, highMs: number): number {
    return this.dice.between(lowMs, highMs);
  }

  private isOut(target: string): boolean {
    const now = this.clock.now() - this.startMs;
    return this.plan.outages.some((outage) => outage.target === target && outage.fromMs <= now && now < outage.toMs);
  }

  private strikes(weight = 1): boolean {
    const isDrawn = this.dice.chance(Math.min(0.6, this.plan.faultRate * weight));
    if (!isDrawn || this.budget <= 0 || this.trace.elapsedMs() > this.plan.quietAfterMs) return false;
    this.budget--;
    return true;
  }
}
