import { invalidRequest } from '../faults';
import { type ActionFactory, anyAccess } from '../xray-parts';

/** https://docs.aws.amazon.com/xray/latest/api/API_PutTelemetryRecords.html: taken; nothing reads them. */
export const putTelemetryRecords: ActionFactory = () => ({
  access: anyAccess('PutTelemetryRecords'),
  handle({ TelemetryRecords }: { TelemetryRecords?: unknown }) {
    if (!Array.isArray(TelemetryRecords)) throw invalidRequest('TelemetryRecords is required.');
    return {};
  },
});
