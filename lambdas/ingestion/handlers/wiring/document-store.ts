import { systemClock } from '../../../shared/clock';
import { requireVariable } from '../../../shared/environment';
import { createDynamoDocumentLists } from '../../adapters/dynamo-document-lists';
import { createDynamoDocumentStore } from '../../adapters/dynamo-document-store';
import { dynamoClient } from './dynamo-client';

const props = () => ({ client: dynamoClient, tableName: requireVariable('DOCUMENTS_TABLE'), clock: systemClock });

/** The rows of the table that DOCUMENTS_TABLE names. */
export const documentStore = () => createDynamoDocumentStore(props());

/** The lists of that table. */
export const documentLists = () => createDynamoDocumentLists(props());
