import { NamedError } from '../named-error';

/** Another invocation is at this step and its deadline has not passed: try again after it. */
export class StepInProgress extends NamedError {
  override readonly name = 'StepInProgress';

  constructor(stepKey: string) {
    super(`${stepKey} is being worked on by another invocation; try again once its deadline has passed.`);
  }
}
