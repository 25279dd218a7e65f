import { NamedError } from '../../shared/named-error';

export { InvalidInput } from '../../shared/validation/invalid-input';

/** A delivery that failed. Whoever reads it knows whether the target may have accepted it all the same. */
export abstract class DeliveryFailure extends NamedError {
  /** True when the target may have accepted what it was sent: a later attempt can be a duplicate. */
  abstract readonly mayHaveLanded: boolean;
}

/** Another invocation is at this delivery, and its time is not up: try again after it. */
export class DeliveryInProgress extends NamedError {
  override readonly name = 'DeliveryInProgress';
}

/** The webhook will not take the event, however often it is sent. Never retried. */
export class WebhookRefused extends DeliveryFailure {
  override readonly name = 'WebhookRefused';
  override readonly mayHaveLanded = false;
}

/** The webhook failed on the event, or could not be reached. */
export class WebhookFailed extends DeliveryFailure {
  override readonly name = 'WebhookFailed';
  override readonly mayHaveLanded = false;
}

/** The webhook did not answer, or the connection broke: whether it has the event is unknown. */
export class WebhookTimedOut extends DeliveryFailure {
  override readonly name = 'WebhookTimedOut';
  override readonly mayHaveLanded = true;
}

/** The webhook asks us to slow down. */
export class WebhookThrottled extends DeliveryFailure {
  override readonly name = 'WebhookThrottled';
  override readonly mayHaveLanded = false;

  constructor(
    message: string,
    /** How long the webhook asks us to wait, if it says. */
    readonly retryAfterMs?: number,
  ) {
    super(message);
  }
}

/** The webhook is down, so it was not called. */
export class WebhookUnavailable extends DeliveryFailure {
  override readonly name = 'WebhookUnavailable';
  override readonly mayHaveLanded = false;
}

/** A message is not one that its queue takes. It fails until it lies in the dead-letter queue. */
export class MalformedMessage extends NamedError {
  override readonly name = 'MalformedMessage';
}
