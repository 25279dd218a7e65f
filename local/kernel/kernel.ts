import { type Clock, SystemClock } from './clock';
import { type Random, SystemRandom } from './random';

/** All that the embedded AWS knows of the machine: its time and its randomness. */
export interface Kernel {
  readonly clock: Clock;
  readonly random: Random;
}

/** The kernel of `npm start`: real time, real randomness. */
export function systemKernel(): Kernel {
  return { clock: new SystemClock(), random: new SystemRandom() };
}
