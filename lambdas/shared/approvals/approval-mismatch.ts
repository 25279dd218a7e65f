import { NamedError } from '../named-error';

/** What was approved is not what is about to be done. Never retried: only another approval makes it right. */
export class ApprovalMismatch extends NamedError {
  override readonly name = 'ApprovalMismatch';

  constructor(
    readonly requestId: string,
    /** The hash that was approved. */
    readonly expectedHash: string,
    /** The hash of what is about to be done. */
    readonly actualHash: string,
  ) {
    super(
      `The approval ${requestId} is for a payload with the hash ${expectedHash}, and this one has ${actualHash}; ` +
        'nothing was done. Ask for an approval of what is to be done now.',
    );
  }
}
