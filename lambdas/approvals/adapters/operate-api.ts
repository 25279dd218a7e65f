import type * as z from 'zod/mini';
import { type ApiEvent, answerApi, jsonResponse } from '../../shared/http/api-answer';
import { readJsonBody } from '../../shared/http/json-body';
import { Problem } from '../../shared/http/problem';
import type { Invocation } from '../../shared/invocation';
import type { Observability } from '../../shared/observability/observe';
import { schemaFaults } from '../../shared/validation/schema-faults';
import { REQUEST_ID_PATTERN } from '../contracts/fields';
import { reassignBody, revokeBody, statusParameter } from '../contracts/operator-requests';
import { InvalidCursor } from '../domain/invalid-cursor';
import type { createOperateApprovals, OperatorAct, OperatorResult } from '../domain/operate-approvals';
import type { ApprovalRequest } from '../domain/request';
import { describeRequest, summariseRequest } from './operate-answer';

type Operate = ReturnType<typeof createOperateApprovals>;

/** An event of the operators' routes, with the route that API Gateway chose. */
export type OperateEvent = ApiEvent & { readonly routeKey: string };

/** The rows of one page of a list, when the caller does not say. */
const DEFAULT_LIMIT = 25;
const LARGEST_LIMIT = 100;

/**
 * `GET /approvals`, `GET /approvals/{requestId}`, and `POST` to `/remind`, `/revoke` and `/reassign` under it, for
 * callers that signed with SigV4. 200 with the request; 404 unknown; 409 when it has its end; 422 for what cannot be
 * done as it was sent; 503 when many write at once.
 */
export function createOperateApi(operate: Operate, observability: Observability) {
  return (event: OperateEvent, _invocation: Invocation) =>
    answerApi(observability, event, 'send it again', async () => {
      const operator = operatorOf(event);
      switch (event.routeKey) {
        case 'GET /approvals':
          return jsonResponse(200, await listed(operate, event));
        case 'GET /approvals/{requestId}':
          return jsonResponse(200, describeRequest(await found(operate, requestIdOf(event))));
        case 'POST /approvals/{requestId}/remind':
          return acted(operate, event, operator, { kind: 'remind' });
        case 'POST /approvals/{requestId}/revoke':
          return acted(operate, event, operator, { kind: 'revoke', ...bodyOf(event, revokeBody) });
        case 'POST /approvals/{requestId}/reassign':
          return acted(operate, event, operator, { kind: 'reassign', ...bodyOf(event, reassignBody) });
        default:
          throw new Problem(404, 'no-such-route', 'No such route', 'There is nothing under this path and method.');
      }
    });
}

async function listed(operate: Operate, { queryStringParameters = {} }: OperateEvent) {
  const status = statusParameter.safeParse(queryStringParameters.status ?? 'pending');
  const limit = Number(queryStringParameters.limit ?? DEFAULT_LIMIT);
  if (!status.success) throw invalid('status', status.error.issues[0]?.message ?? '');
  if (!Number.isInteger(limit) || limit < 1 || limit > LARGEST_LIMIT) {
    throw invalid('limit', `limit must be a whole number from 1 to ${LARGEST_LIMIT}`);
  }
  const query = { status: status.data, limit, cursor: queryStringParameters.cursor };
  const page = await operate.list(query).catch((error) => {
    throw error instanceof InvalidCursor ? invalid('cursor', error.message) : error;
  });
  return { approvals: page.requests.map(summariseRequest), cursor: page.cursor };
}

async function found(operate: Operate, requestId: string): Promise<ApprovalRequest> {
  const request = await operate.find(requestId);
  if (!request) throw unknown();
  return request;
}

async function acted(operate: Operate, event: OperateEvent, operator: string, act: OperatorAct) {
  const result = await operate.act(requestIdOf(event), operator, act);
  if (result.kind !== 'done') throw problemOf(result);
  return jsonResponse(200, describeRequest(result.request));
}

function problemOf(result: Exclude<OperatorResult, { kind: 'done' }>): Problem {
  switch (result.kind) {
    case 'missing':
      return unknown();
    case 'decided':
      return new Problem(
        409,
        'approval-decided',
        'Approval decided',
        `The request is ${result.request.status}; nothing can be changed any more.`,
      );
    case 'invalid':
      return new Problem(
        422,
        'invalid-operation',
        'Invalid operation',
        'This cannot be done as it was sent; correct what the errors point to.',
        result.faults.map(({ field, detail }) => ({ pointer: `/${field}`, detail })),
      );
    case 'busy':
      return new Problem(
        503,
        'approval-busy',
        'Approval busy',
        'Others write to the request at this moment; send it again.',
        [],
        { 'retry-after': '1' },
      );
  }
}

function operatorOf({ requestContext }: OperateEvent): string {
  const userArn = requestContext.authorizer?.iam?.userArn;
  if (typeof userArn === 'string' && userArn !== '') return userArn;
  throw new Problem(401, 'not-authenticated', 'Not authenticated', 'Sign the request with SigV4.');
}

function requestIdOf({ pathParameters }: OperateEvent): string {
  const requestId = pathParameters?.requestId ?? '';
  if (!REQUEST_ID_PATTERN.test(requestId)) throw unknown();
  return requestId;
}

function bodyOf<Schema extends z.ZodMiniType>(event: OperateEvent, schema: Schema): z.output<Schema> {
  const body = readJsonBody(event);
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new Problem(
    422,
    'invalid-body',
    'Invalid body',
    'The body cannot be taken as it is; correct what the errors point to.',
    schemaFaults(parsed.error.issues as never, body),
  );
}

function unknown(): Problem {
  return new Problem(404, 'approval-not-found', 'Approval not found', 'There is no such request; check the id.');
}

function invalid(parameter: string, detail: string): Problem {
  return new Problem(422, 'invalid-parameter', 'Invalid parameter', `${parameter}: ${detail}`);
}
