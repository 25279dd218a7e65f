/** Owns what every request is checked for before its meaning: members that are missing, of a wrong size, or unknown. */
import { AwsError } from '../../wire/aws-error';
import { notEmulated, resourceNotFound, serializationError, validationError } from './faults';
import type { DynamoDbStore } from './store';
import type { Table } from './table';

const TABLE_ARN = /^arn:[^:]*:dynamodb:[^:]*:[^:]*:table\/([^/]+)$/;
const NAME = /^[a-zA-Z0-9_.-]+$/;

/** `1 validation error detected: …`, as DynamoDB introduces a member that breaks a constraint. */
export function constraintError(problem: string): AwsError {
  return validationError(`1 validation error detected: ${problem}`);
}

/** The table name of a request, which may also be an ARN. */
export function tableNameOf(input: { TableName?: unknown }, member = 'tableName'): string {
  const given = input.TableName;
  if (given === undefined || given === null) {
    throw constraintError(`Value null at '${member}' failed to satisfy constraint: Member must not be null`);
  }
  const name = String(given);
  if (name === '') {
    throw constraintError(
      "Value at 'TableName' failed to satisfy constraint: Member must have length greater than or equal to 1",
    );
  }
  const named = TABLE_ARN.exec(name)?.[1] ?? name;
  if (named.length > 255) {
    throw constraintError(
      `Value '${named}' at '${member}' failed to satisfy constraint: Member must have length less than or equal to 255`,
    );
  }
  if (!NAME.test(named)) {
    throw constraintError(
      `Value '${named}' at '${member}' failed to satisfy constraint: ` +
        'Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+',
    );
  }
  return named;
}

/** The table of a data request. */
export function tableOf(store: DynamoDbStore, name: string): Table {
  const table = store.find(name);
  if (!table) throw resourceNotFound();
  return table;
}

/** The table of a request about tables; the message names it. */
export function describedTable(store: DynamoDbStore, name: string): Table {
  const table = store.find(name);
  if (!table) throw resourceNotFound(`Table: ${name} not found`);
  return table;
}

/** Refuses a missing member. */
export function requireMember(input: object, member: string): void {
  const value = (input as Record<string, unknown>)[member];
  if (value !== undefined && value !== null) return;
  const path = member[0]!.toLowerCase() + member.slice(1);
  throw constraintError(`Value null at '${path}' failed to satisfy constraint: Member must not be null`);
}

/** Refuses a value that is not of an enumeration; absent is allowed. */
export function checkEnum(input: object, member: string, values: readonly string[]): void {
  const value = (input as Record<string, unknown>)[member];
  if (value === undefined || value === null || values.includes(String(value))) return;
  const path = member[0]!.toLowerCase() + member.slice(1);
  throw constraintError(
    `Value '${value}' at '${path}' failed to satisfy constraint: Member must satisfy enum value set: [${values.join(', ')}]`,
  );
}

/** Refuses an unknown `ReturnConsumedCapacity`. */
export function checkReturnConsumedCapacity(input: object): void {
  checkEnum(input, 'ReturnConsumedCapacity', ['INDEXES', 'TOTAL', 'NONE']);
}

/** Refuses a list that has not between one and `limit` members. */
export function checkListLength(path: string, list: unknown, limit: number): void {
  if (!Array.isArray(list)) {
    throw constraintError(`Value null at '${path}' failed to satisfy constraint: Member must not be null`);
  }
  if (list.length >= 1 && list.length <= limit) return;
  const bound = list.length === 0 ? 'greater than or equal to 1' : `less than or equal to ${limit}`;
  throw constraintError(
    `Value '${JSON.stringify(list)}' at '${path}' failed to satisfy constraint: Member must have length ${bound}`,
  );
}

/** Refuses to answer metrics of item collections, which nothing here counts. */
export function refuseItemCollectionMetrics(input: object): void {
  checkEnum(input, 'ReturnItemCollectionMetrics', ['SIZE', 'NONE']);
  if ((input as Record<string, unknown>).ReturnItemCollectionMetrics !== 'SIZE') return;
  throw notEmulated('ReturnItemCollectionMetrics', 'leave it out or say NONE');
}

/** A member that is to be a list; AWS answers SerializationException to anything else. */
export function listOf<T>(value: readonly T[] | undefined): readonly T[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw serializationError('Unexpected field type');
  return value;
}

const INSTEAD: Readonly<Record<string, string>> = {
  Expected: 'use ConditionExpression',
  ConditionalOperator: 'use ConditionExpression or FilterExpression',
  AttributeUpdates: 'use UpdateExpression',
  AttributesToGet: 'use ProjectionExpression',
  KeyConditions: 'use KeyConditionExpression',
  QueryFilter: 'use FilterExpression',
  ScanFilter: 'use FilterExpression',
};

/** Refuses parameters of the API before expressions, which are accepted by AWS but not emulated. */
export function refuseLegacy(input: object): void {
  for (const parameter in INSTEAD) {
    if ((input as Record<string, unknown>)[parameter] === undefined) continue;
    throw notEmulated(parameter, INSTEAD[parameter]!);
  }
}

/**
 * Runs the reading of a PutItem, UpdateItem or DeleteItem request: what it refuses is introduced by
 * `1 validation error detected: `, as these three do and the others do not.
 */
export function enveloped<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof AwsError) || error.code !== 'ValidationException') throw error;
    if (error.message.startsWith('1 validation error detected: ')) throw error;
    throw constraintError(error.message);
  }
}
