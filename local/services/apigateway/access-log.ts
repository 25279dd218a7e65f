/**
 * Owns the access logs of stages: one line per request, delivered in the background.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging-variables.html
 */
import type { Caller } from '../../wire/caller';
import type { Host } from '../../wire/host';
import type { ApiResponse } from './api-response';
import type { Stage } from './model';
import { type Exchange, requestTime } from './request-context';

/** Lines of one request to CloudWatch Logs. */
const BATCH = 1000;

interface Line {
  readonly timestamp: number;
  readonly message: string;
}

/** Writes access logs, a batch at a time for every log group. */
export class AccessLogs {
  private readonly waiting = new Map<string, { apiId: string; stage: Stage; lines: Line[] }>();
  private readonly streams = new Set<string>();
  private readonly warned = new Set<string>();
  private writing: Promise<void> = Promise.resolve();

  constructor(private readonly host: Host) {}

  /** Notes a request that was answered. */
  write(exchange: Exchange, response: ApiResponse, reason: string): void {
    const { stage, api } = exchange;
    if (!stage?.accessLog) return;
    const nowMs = this.host.kernel.clock.now();
    const message = fill(stage.accessLog.format, variablesOf(this.host, exchange, response, reason, nowMs));
    const key = `${api.id}/${stage.name}`;
    const batch = this.waiting.get(key);
    if (batch) {
      batch.lines.push({ timestamp: nowMs, message });
      return;
    }
    this.waiting.set(key, { apiId: api.id, stage, lines: [{ timestamp: nowMs, message }] });
    this.host.kernel.clock.schedule(nowMs, () => {
      this.writing = this.writing.then(() => this.flush(key));
    });
  }

  /** Resolves once all that was noted has been delivered. */
  async drain(): Promise<void> {
    for (const key of [...this.waiting.keys()]) this.writing = this.writing.then(() => this.flush(key));
    await this.writing;
  }

  private async flush(key: string): Promise<void> {
    const batch = this.waiting.get(key);
    if (!batch) return;
    this.waiting.delete(key);
    const { accessLog, name } = batch.stage;
    const logGroupName = accessLog!.destinationArn.split(':')[6] ?? '';
    const logStreamName = `${batch.apiId}-${name.replace('$', '')}`;
    const caller: Caller = {
      kind: 'service',
      principal: 'delivery.logs.amazonaws.com',
      sourceArn: `arn:aws:logs:${this.host.region}:${this.host.accountId}:*`,
      accountId: this.host.accountId,
    };
    const stream = { logGroupName, logStreamName };
    try {
      if (!this.streams.has(key)) {
        await this.host.call(caller, 'logs', 'CreateLogStream', stream).catch((error) => {
          if (error.code !== 'ResourceAlreadyExistsException') throw error;
        });
        this.streams.add(key);
      }
      for (let from = 0; from < batch.lines.length; from += BATCH) {
        const logEvents = batch.lines.slice(from, from + BATCH);
        await this.host.call(caller, 'logs', 'PutLogEvents', { ...stream, logEvents });
      }
    } catch (error) {
      this.streams.delete(key);
      const line = `API Gateway: the access log of ${key} cannot be written to ${logGroupName}: ${(error as Error).message}`;
      if (!this.warned.has(line)) this.host.warn(line);
      this.warned.add(line);
    }
  }
}

function variablesOf(host: Host, exchange: Exchange, response: ApiResponse, reason: string, nowMs: number) {
  const { request, route, stage, api, authorization } = exchange;
  const latency = String(nowMs - exchange.receivedAtMs);
  const isRefused = reason !== '';
  const variables: Record<string, string | undefined> = {
    accountId: host.accountId,
    apiId: api.id,
    dataProcessed: String(request.body.length + response.body.length),
    domainName: request.headers.host,
    domainPrefix: api.id,
    extendedRequestId: exchange.requestId,
    httpMethod: request.method,
    path: request.rawPath,
    protocol: request.protocol,
    requestId: exchange.requestId,
    requestTime: requestTime(exchange.receivedAtMs),
    requestTimeEpoch: String(exchange.receivedAtMs),
    responseLatency: latency,
    responseLength: String(response.body.length),
    routeKey: route?.key,
    stage: stage?.name,
    status: String(response.statusCode),
    'identity.sourceIp': request.sourceIp,
    'identity.userAgent': request.headers['user-agent'],
    'identity.caller': authorization.iam?.callerId ?? undefined,
    'identity.user': authorization.iam?.userId ?? undefined,
    'identity.userArn': authorization.iam?.userArn ?? undefined,
    'identity.accountId': authorization.iam?.accountId ?? undefined,
    'error.message': isRefused ? messageOf(response) : undefined,
    'error.messageString': isRefused ? JSON.stringify(messageOf(response)) : undefined,
    'authorizer.error': isRefused && [401, 403].includes(response.statusCode) ? reason : undefined,
    integrationErrorMessage: isRefused && response.statusCode >= 500 ? reason : undefined,
    'integration.error': isRefused && response.statusCode >= 500 ? reason : undefined,
    // Of the invocation, which succeeds even where the code of the function then answers an error.
    'integration.integrationStatus': isRefused ? undefined : '200',
    integrationStatus: isRefused ? undefined : '200',
    // Of the code of the function.
    'integration.status': isRefused ? undefined : String(response.statusCode),
    'integration.latency': isRefused ? undefined : latency,
    integrationLatency: isRefused ? undefined : latency,
  };
  for (const [name, value] of Object.entries(authorization.jwt?.claims ?? {})) {
    variables[`authorizer.claims.${name}`] = value;
  }
  return variables;
}

/** The text of an answer of API Gateway itself. */
function messageOf(refusal: ApiResponse): string {
  return JSON.parse(String(refusal.body)).message;
}

/** A variable without a value is a dash; values are escaped, since most formats are JSON, but for the one that is quoted. */
function fill(format: string, variables: Record<string, string | undefined>): string {
  return format.replace(/\$context\.([A-Za-z0-9_.-]*[A-Za-z0-9_-])/g, (_text, name: string) => {
    const value = Object.hasOwn(variables, name) ? variables[name] : undefined;
    if (value === undefined || value === '') return '-';
    return name === 'error.messageString' ? value : JSON.stringify(value).slice(1, -1);
  });
}
