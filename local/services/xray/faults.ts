import { AwsError } from '../../wire/aws-error';

/** 400: something is missing or malformed. */
export const invalidRequest = (message: string) => new AwsError('InvalidRequestException', message);
