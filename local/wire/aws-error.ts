/**
 * An error that an AWS API answers. `code` is the modelled error name (`QueueDoesNotExist`), `message` AWS's own text.
 * `details` are further members of the error's shape (`CancellationReasons`), rendered beside the message.
 */
export class AwsError extends Error {
  override readonly name = 'AwsError';

  constructor(
    readonly code: string,
    message: string,
    readonly statusCode = 400,
    readonly details: Record<string, unknown> = {},
  ) {
    super(message);
  }

  get fault(): 'client' | 'server' {
    return this.statusCode >= 500 ? 'server' : 'client';
  }
}
