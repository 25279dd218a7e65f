import type { LambdaFunction } from './model';

/** The resource policy of a function or of one of its qualifiers; undefined when it has no statement. */
export function functionPolicy({ policies }: LambdaFunction, qualifier = ''): object | undefined {
  const Statement = policies.get(qualifier);
  return Statement && { Version: '2012-10-17', Id: 'default', Statement };
}
