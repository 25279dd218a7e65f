import { type ApiEvent, answerApi, jsonResponse } from '../../shared/http/api-answer';
import { Problem } from '../../shared/http/problem';
import type { Invocation } from '../../shared/invocation';
import type { Observability } from '../../shared/observability/observe';
import type { Fault } from '../../shared/validation/fault';
import { LONGEST_PATH_BYTES } from '../contracts/names';
import { type createSearchDocuments, SearchBusy, type SearchQuery } from '../domain/search-documents';
import { tenantOf } from './api-tenant';

const DEFAULT_K = 5;
const LARGEST_K = 25;
const LONGEST_QUESTION = 1_000;

const PARAMETERS = ['q', 'k', 'path'];

/**
 * `GET /tenants/{tenant}/search?q=&k=&path=`: 200 with `{results}`; 422 naming every bad parameter; 503 when it is to be
 * asked again.
 */
export function createSearchApi(search: ReturnType<typeof createSearchDocuments>, observability: Observability) {
  return (event: ApiEvent, _invocation: Invocation) =>
    answerApi(observability, event, 'send it again', async () => {
      const query = queryOf(tenantOf(event), event.queryStringParameters ?? {});
      const results = await search(query).catch((error) => {
        throw error instanceof SearchBusy ? busy(error) : error;
      });
      observability.meter.count('SearchAnswered');
      return jsonResponse(200, { results });
    });
}

function queryOf(tenant: string, parameters: Record<string, string | undefined>): SearchQuery {
  const text = parameters.q?.trim() ?? '';
  const k = Number(parameters.k ?? DEFAULT_K);
  const { path } = parameters;
  const faults: Fault[] = [];
  const fault = (name: string, detail: string) => faults.push({ pointer: `/${name}`, detail });
  if (text === '') fault('q', 'q must say what is looked for');
  else if (text.length > LONGEST_QUESTION) fault('q', `q must have at most ${LONGEST_QUESTION} characters`);
  if (!Number.isInteger(k) || k < 1 || k > LARGEST_K) fault('k', `k must be a whole number from 1 to ${LARGEST_K}`);
  if (path !== undefined && (path === '' || Buffer.byteLength(path) > LONGEST_PATH_BYTES)) {
    fault('path', `path must be that of one document, of 1 to ${LONGEST_PATH_BYTES} bytes`);
  }
  for (const name of Object.keys(parameters)
    .filter((name) => !PARAMETERS.includes(name))
    .slice(0, 5)) {
    fault(name.slice(0, 64), `is not a known parameter; known are ${PARAMETERS.join(', ')}`);
  }
  if (faults.length === 0) return { tenant, text, k, path };
  throw new Problem(
    422,
    'invalid-parameters',
    'Invalid parameters',
    'The search cannot be made as it was asked; correct what the errors point to.',
    faults,
  );
}

function busy({ message }: SearchBusy): Problem {
  return new Problem(503, 'search-busy', 'Search busy', `${message} Send it again.`, [], { 'retry-after': '1' });
}
