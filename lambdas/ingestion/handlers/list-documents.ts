import { observe, powertoolsObservability } from '../../shared/observability/observe';
import { createListDocumentsApi } from '../adapters/list-documents-api';
import { documentLists } from './wiring/document-store';

const observability = powertoolsObservability();

/** `GET /tenants/{tenant}/documents`. */
export const handler = observe(observability, createListDocumentsApi(documentLists(), observability));
