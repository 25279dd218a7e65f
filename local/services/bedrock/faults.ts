import { AwsError } from '../../wire/aws-error';

/** 400: something that the model or Bedrock does not take. */
export function validation(message: string): AwsError {
  return new AwsError('ValidationException', message, 400);
}

/** 400: a body that does not fit the model's schema; `violation` in the words of Bedrock's schema checker. */
export function malformedInput(violation?: string): AwsError {
  const colon = violation === undefined ? '' : `: ${violation}`;
  return validation(`Malformed input request${colon}, please reformat your input and try again.`);
}

/** 400: the text has more tokens than the model reads. */
export function tooManyTokens(limit: number, count: number): AwsError {
  return validation(
    `400 Bad Request: Too many input tokens. Max input tokens: ${limit}, request input token count: ${count} `,
  );
}

/** 404: a foundation model that is not here. */
export function modelNotFound(): AwsError {
  const message = 'Could not resolve the foundation model from the provided model identifier.';
  return new AwsError('ResourceNotFoundException', message, 404);
}

/** 429: more requests than the limit lets through. */
export function throttled(): AwsError {
  return new AwsError('ThrottlingException', 'Too many requests, please wait before trying again.', 429);
}

/** 408: the model took too long. */
export function modelTimedOut(): AwsError {
  const message = 'Model has timed out in processing the request. Try your request again.';
  return new AwsError('ModelTimeoutException', message, 408);
}
