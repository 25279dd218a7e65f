import { NamedError } from '../named-error';

/** This invocation outlived its deadline and another one has taken the step over: its answer counts, not ours. */
export class StepSuperseded extends NamedError {
  override readonly name = 'StepSuperseded';

  constructor(stepKey: string) {
    super(`${stepKey} was taken over by a later invocation after this one's deadline; the later one's result counts.`);
  }
}
