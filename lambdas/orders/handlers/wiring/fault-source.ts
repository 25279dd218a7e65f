import { optionalVariable } from '../../../shared/environment';
import { createDynamoFaultSource } from '../../../shared/faults/dynamo-fault-source';
import type { FaultSource } from '../../domain/fault';
import { dynamoClient } from './dynamo-client';

/** Faults from the table that FAULTS_TABLE names; none when it is absent, as in production. */
export function faultSource(): FaultSource | undefined {
  const tableName = optionalVariable('FAULTS_TABLE');
  return tableName ? createDynamoFaultSource(dynamoClient, tableName) : undefined;
}
