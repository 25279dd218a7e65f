import { NamedError } from '../../shared/named-error';

export { InvalidInput } from '../../shared/validation/invalid-input';

/** The document cannot be ingested, however often it is tried; the message is shown to people. It is quarantined. */
export class DocumentRefused extends NamedError {
  override readonly name = 'DocumentRefused';
}

/** Another version of the document became visible meanwhile, or it was deleted. This version's work is thrown away. */
export class SupersededVersion extends NamedError {
  override readonly name = 'SupersededVersion';

  constructor(
    message: string,
    /** Its vectors were given up while its run went on: whoever was at it came too late. */
    readonly isGivenUp = false,
  ) {
    super(message);
  }
}

/** Embed's time was nearly up; it has recorded where it is and goes on when it is called again. */
export class EmbeddingUnfinished extends NamedError {
  override readonly name = 'EmbeddingUnfinished';
}

/** The provider took no embedding at all for as long as Embed could wait. */
export class EmbeddingThrottled extends NamedError {
  override readonly name = 'EmbeddingThrottled';
}

/** The provider answered with something that is no embedding. */
export class EmbeddingFailed extends NamedError {
  override readonly name = 'EmbeddingFailed';
}

/** The vectors that were put are not those of the document. The version is rolled back. */
export class ValidationFailed extends NamedError {
  override readonly name = 'ValidationFailed';
}
