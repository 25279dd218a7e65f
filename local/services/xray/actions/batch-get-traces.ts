import { invalidRequest } from '../faults';
import { factsOf } from '../trace-summary';
import { type ActionFactory, anyAccess } from '../xray-parts';

const MOST_TRACES = 5;

/** https://docs.aws.amazon.com/xray/latest/api/API_BatchGetTraces.html */
export const batchGetTraces: ActionFactory = ({ store }) => ({
  access: anyAccess('BatchGetTraces'),
  handle({ TraceIds }: { TraceIds?: string[] }) {
    if (!Array.isArray(TraceIds)) throw invalidRequest('TraceIds is required.');
    if (TraceIds.length > MOST_TRACES) throw invalidRequest(`At most ${MOST_TRACES} traces are given at once.`);
    const traces = TraceIds.map((id) => store.trace(id));
    return {
      Traces: traces.flatMap((trace) => {
        if (!trace) return [];
        const { id, start, end } = factsOf(trace);
        const Segments = [...trace.documents].map(([Id, Document]) => ({ Id, Document }));
        return [{ Id: id, Duration: end - start, LimitExceeded: false, Segments }];
      }),
      UnprocessedTraceIds: TraceIds.filter((id) => !store.trace(id)),
    };
  },
});
