/**
 * Shapes of the DynamoDB API as they stand in its JSON: binary values are base64 text, numbers are decimal text.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_AttributeValue.html
 */

/** An attribute value: exactly one member is set. */
export interface AttributeValue {
  S?: string;
  N?: string;
  B?: string;
  BOOL?: boolean;
  NULL?: boolean;
  SS?: string[];
  NS?: string[];
  BS?: string[];
  L?: AttributeValue[];
  M?: Item;
}

/** The name of the member that an attribute value carries. */
export type AttributeType = keyof AttributeValue;

/** An item, or the key of one, by attribute name. A stored item is never changed: a write replaces it. */
export type Item = Record<string, AttributeValue>;

/** One attribute of a table's or an index's key. */
export interface KeyAttribute {
  readonly name: string;
  readonly type: 'S' | 'N' | 'B';
}

/** The primary key of a table, or the key of an index. */
export interface KeySchema {
  readonly hash: KeyAttribute;
  readonly range?: KeyAttribute;
}

/** Which attributes of an item an index carries besides the keys. */
export type Projection =
  | { readonly kind: 'ALL' }
  | { readonly kind: 'KEYS_ONLY' }
  | { readonly kind: 'INCLUDE'; readonly attributes: readonly string[] };

/** A secondary index. */
export interface IndexDefinition {
  readonly name: string;
  readonly isGlobal: boolean;
  readonly keys: KeySchema;
  readonly projection: Projection;
}

/** What a stream record shows of an item. */
export type StreamViewType = 'KEYS_ONLY' | 'NEW_IMAGE' | 'OLD_IMAGE' | 'NEW_AND_OLD_IMAGES';

/** What a table is, without its items. Plain data. */
export interface TableDefinition {
  readonly id: string;
  readonly name: string;
  readonly arn: string;
  readonly createdAtMs: number;
  readonly keys: KeySchema;
  readonly indexes: readonly IndexDefinition[];
  readonly isOnDemand: boolean;
  readonly readCapacityUnits: number;
  readonly writeCapacityUnits: number;
  readonly isDeletionProtected: boolean;
  readonly tableClass: string;
  readonly timeToLiveAttribute?: string;
  readonly hasPointInTimeRecovery: boolean;
  readonly tags: Readonly<Record<string, string>>;
  readonly resourcePolicy?: object;
}

/** An item in its place: the encoded parts of its key, and its size in bytes. */
export interface Entry {
  /** The partition key's value as text. */
  readonly hash: string;
  /** The sort key's value, encoded so that text order is DynamoDB's order; empty when there is no sort key. */
  readonly range: string;
  /** Orders entries of an index that share both keys: the identity of the item in its table. Empty in a table. */
  readonly tie: string;
  readonly item: Item;
  readonly sizeBytes: number;
}

/** Who removed an item, where it was not a request. */
export interface UserIdentity {
  readonly Type: 'Service';
  readonly PrincipalId: 'dynamodb.amazonaws.com';
}

/** A change of one item as a stream keeps it. */
export interface StreamRecord {
  readonly eventID: string;
  readonly eventName: 'INSERT' | 'MODIFY' | 'REMOVE';
  readonly eventVersion: '1.1';
  readonly eventSource: 'aws:dynamodb';
  readonly awsRegion: string;
  readonly dynamodb: {
    readonly ApproximateCreationDateTime: number;
    readonly Keys: Item;
    readonly NewImage?: Item;
    readonly OldImage?: Item;
    readonly SequenceNumber: string;
    readonly SizeBytes: number;
    readonly StreamViewType: StreamViewType;
  };
  readonly userIdentity?: UserIdentity;
}
