import { AwsError } from '../../wire/aws-error';

/** 404: an API, or something of one, that is not there; `message` in AWS's words. */
export const notFoundException = (message: string) => new AwsError('NotFoundException', message, 404);

/** 400: a parameter that the API does not take. */
export const badRequest = (message: string) => new AwsError('BadRequestException', message, 400);
