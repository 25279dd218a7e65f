import { serviceGraph } from '../service-graph';
import { type ActionFactory, anyAccess, tracesBetween } from '../xray-parts';

/** https://docs.aws.amazon.com/xray/latest/api/API_GetServiceGraph.html: of the traces that began in the range. */
export const getServiceGraph: ActionFactory = (parts) => ({
  access: anyAccess('GetServiceGraph'),
  handle: ({ StartTime, EndTime }) => ({
    StartTime,
    EndTime,
    Services: serviceGraph(tracesBetween(parts, StartTime, EndTime), parts.host.accountId),
    ContainsOldGroupVersions: false,
  }),
});
