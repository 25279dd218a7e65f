import type { Host } from '../../wire/host';
import type { Action, Service } from '../../wire/service';
import { batchGetTraces } from './actions/batch-get-traces';
import { getServiceGraph } from './actions/get-service-graph';
import { getTraceSummaries } from './actions/get-trace-summaries';
import { putTelemetryRecords } from './actions/put-telemetry-records';
import { putTraceSegments } from './actions/put-trace-segments';
import { XRayStore } from './store';
import type { ActionFactory, XRayParts } from './xray-parts';

const ACTIONS: Readonly<Record<string, { readonly path: string; readonly factory: ActionFactory }>> = {
  PutTraceSegments: { path: '/TraceSegments', factory: putTraceSegments },
  PutTelemetryRecords: { path: '/TelemetryRecords', factory: putTelemetryRecords },
  GetTraceSummaries: { path: '/TraceSummaries', factory: getTraceSummaries },
  BatchGetTraces: { path: '/Traces', factory: batchGetTraces },
  GetServiceGraph: { path: '/ServiceGraph', factory: getServiceGraph },
};

/** The API of the embedded X-Ray. */
export function createXRayService(host: Host): Service {
  const parts: XRayParts = { host, store: new XRayStore(host.journal) };
  const actions: Record<string, Action> = {};
  for (const [name, { factory }] of Object.entries(ACTIONS)) actions[name] = factory(parts);
  const routes = Object.entries(ACTIONS).map(([action, { path }]) => ({ method: 'POST', path, action }));
  return { name: 'xray', protocols: [{ kind: 'rest-json', routes }], actions };
}
