/** Errors of SES v2: https://docs.aws.amazon.com/ses/latest/APIReference-V2/CommonErrors.html */
import { AwsError } from '../../wire/aws-error';

/** 400: the input is not one that SES takes. */
export const badRequest = (message: string) => new AwsError('BadRequestException', message);

/** 404: nothing has this name. */
export const notFound = (message: string) => new AwsError('NotFoundException', message, 404);

/** 400: something has this name already. */
export const alreadyExists = (message: string) => new AwsError('AlreadyExistsException', message);

/** 400: the mail may not be sent. */
export const messageRejected = (message: string) => new AwsError('MessageRejected', message);

/** 400: sending is switched off. */
export const sendingPaused = (message: string) => new AwsError('SendingPausedException', message);

/** 400: senders that no identity stands for, as they were given. */
export function notVerified(region: string, senders: readonly string[]): AwsError {
  const list = `The following identities failed the check in region ${region.toUpperCase()}: ${senders.join(', ')}`;
  return messageRejected(`Email address is not verified. ${list}`);
}
