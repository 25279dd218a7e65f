import { NamedError } from '../../shared/named-error';

/** Others wrote to the request before each of our tries. Nothing was written; try again. */
export class RequestContended extends NamedError {
  override readonly name = 'RequestContended';

  constructor(requestId: string) {
    super(`Others wrote to the approval request ${requestId} before each try; try again in a moment.`);
  }
}
