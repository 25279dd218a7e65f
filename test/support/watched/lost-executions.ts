import { Driver } from '../../../local/services/stepfunctions/driver';

/**
 * Loses executions, as Step Functions may on its worst day: neither what their tasks answer nor the time limits of their states reach
 * them. They can be stopped. Gives what loses no more; what came before then does not come again.
 */
export function loseExecutions(isLost: (executionArn: string) => boolean): () => void {
  const { post } = Driver.prototype;
  Driver.prototype.post = function (this: Driver, executionArn, message) {
    if (message.kind !== 'stop' && isLost(executionArn)) return true;
    return post.call(this, executionArn, message);
  };
  return () => {
    Driver.prototype.post = post;
  };
}
