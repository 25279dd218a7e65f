/** A record as DynamoDB Streams' GetRecords gives it. */
export interface StreamRecord {
  readonly eventID: string;
  readonly eventName: string;
  readonly eventVersion?: string;
  readonly userIdentity?: object;
  readonly dynamodb: {
    readonly SequenceNumber: string;
    /** Seconds since the epoch, or a Date from a call in process. */
    readonly ApproximateCreationDateTime?: number | Date;
    readonly [member: string]: unknown;
  };
}

/** A record as Lambda hands it to a function: https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html#events-sample-dynamodb */
export function streamEventRecord(record: StreamRecord, eventSourceARN: string): object {
  return {
    eventID: record.eventID,
    eventName: record.eventName,
    eventVersion: record.eventVersion ?? '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: eventSourceARN.split(':')[3],
    dynamodb: { ...record.dynamodb, ApproximateCreationDateTime: createdAtMs(record) / 1000 },
    ...(record.userIdentity ? { userIdentity: record.userIdentity } : {}),
    eventSourceARN,
  };
}

/** Milliseconds since the epoch at which the change was made. */
export function createdAtMs({ dynamodb: { ApproximateCreationDateTime: at } }: StreamRecord): number {
  return at instanceof Date ? at.getTime() : (at ?? 0) * 1000;
}
