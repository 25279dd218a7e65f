import type { Access } from '../../wire/service';
import type { DynamoDbStore } from './store';

/** What the ARNs of tables are made of. */
export interface ArnParts {
  readonly region: string;
  readonly accountId: string;
}

/** The ARN of a table; a name that is an ARN already stays as it is. */
export function tableArn({ region, accountId }: ArnParts, name: unknown): string {
  const text = String(name ?? '');
  return text.startsWith('arn:') ? text : `arn:aws:dynamodb:${region}:${accountId}:table/${text}`;
}

/** Access to items of a table, with `dynamodb:LeadingKeys` when their partition keys are known. */
export function itemAccess(
  store: DynamoDbStore,
  parts: ArnParts,
  operation: string,
  tableName: unknown,
  keys: readonly unknown[] = [],
): Access {
  const resource = tableArn(parts, tableName);
  const action = `dynamodb:${operation}`;
  const leadingKeys = leadingKeysOf(store, resource, keys);
  return leadingKeys.length > 0
    ? { action, resource, context: { 'dynamodb:LeadingKeys': leadingKeys } }
    : { action, resource };
}

/** Access to a table as such. */
export function tableAccess(parts: ArnParts, operation: string, tableName: unknown): Access {
  return { action: `dynamodb:${operation}`, resource: tableArn(parts, tableName) };
}

function leadingKeysOf(store: DynamoDbStore, arn: string, keys: readonly unknown[]): string[] {
  if (keys.length === 0) return [];
  const hash = store.find(arn.slice(arn.indexOf('/') + 1))?.definition.keys.hash;
  if (!hash) return [];
  const values = keys.map(
    (key) => (key as Record<string, Record<string, unknown>> | undefined)?.[hash.name]?.[hash.type],
  );
  return [...new Set(values.filter((value): value is string => typeof value === 'string'))];
}
