import { NamedError } from '../named-error';

/** The step's undo has run (or is running): the step must not take effect any more. Never retried. */
export class StepFenced extends NamedError {
  override readonly name = 'StepFenced';

  constructor(stepKey: string, options?: ErrorOptions) {
    super(`${stepKey} was undone before it finished, so it may not take effect; nothing is to be retried.`, options);
  }
}
