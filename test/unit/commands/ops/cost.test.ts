import type { HistoryEvent } from '@aws-sdk/client-sfn';
import { totalDollars } from '../../../../bin/commands/ops/cost/cost-line';
import { usageOf } from '../../../../bin/commands/ops/cost/execution-usage';
import { readReport } from '../../../../bin/commands/ops/cost/lambda-reports';

const at = (id: number, previousEventId: number, type: string, ms: number, details: object = {}): HistoryEvent =>
  ({ id, previousEventId, type, timestamp: new Date(ms), ...details }) as HistoryEvent;

const lambdaTask = { taskScheduledEventDetails: { resourceType: 'lambda', parameters: '{"FunctionName":"charge"}' } };
const answered = (requestId: string) => ({
  taskSucceededEventDetails: { output: JSON.stringify({ SdkResponseMetadata: { RequestId: requestId } }) },
});

describe('what a history says of the bill', () => {
  it('counts states and retries as transitions, and finds each invocation', () => {
    const events = [
      at(1, 0, 'ExecutionStarted', 0),
      at(2, 1, 'TaskStateEntered', 0, { stateEnteredEventDetails: { name: 'Charge' } }),
      at(3, 2, 'TaskScheduled', 0, lambdaTask),
      at(4, 3, 'TaskStarted', 10),
      at(5, 4, 'TaskFailed', 110),
      at(6, 5, 'TaskScheduled', 1000, lambdaTask),
      at(7, 6, 'TaskStarted', 1010),
      at(8, 7, 'TaskSucceeded', 1060, answered('r-2')),
      at(9, 8, 'TaskStateExited', 1060),
      at(10, 9, 'ChoiceStateEntered', 1060),
      at(11, 10, 'TaskStateEntered', 1060),
      at(12, 11, 'TaskScheduled', 1060, { taskScheduledEventDetails: { resourceType: 'aws-sdk:dynamodb' } }),
      at(13, 12, 'TaskStarted', 1060),
      at(14, 13, 'TaskSucceeded', 1070, { taskSucceededEventDetails: { output: '{}' } }),
    ];
    expect(usageOf(events)).toEqual({
      transitions: 4,
      invocations: [
        { functionName: 'charge', requestId: undefined, milliseconds: 100 },
        { functionName: 'charge', requestId: 'r-2', milliseconds: 50 },
      ],
      calls: { dynamodb: 1 },
      hasMapRuns: false,
    });
  });

  it('takes a redrive for one transition more', () => {
    const entered = at(1, 0, 'TaskStateEntered', 0);
    expect(usageOf([entered, at(2, 1, 'ExecutionRedriven', 5)]).transitions).toBe(2);
  });
});

describe('what Lambda says that it bills', () => {
  it.each([
    [
      JSON.stringify({
        type: 'platform.report',
        record: { requestId: 'r', metrics: { billedDurationMs: 12, memorySizeMB: 512 } },
      }),
    ],
    ['REPORT RequestId: r\tDuration: 11.01 ms\tBilled Duration: 12 ms\tMemory Size: 512 MB\tMax Memory Used: 80 MB\t'],
  ])('reads %s', (message) => {
    expect(readReport(message)).toEqual({ requestId: 'r', report: { billedMilliseconds: 12, memoryMegabytes: 512 } });
  });

  it.each(['{"type":"platform.start","record":{}}', 'START RequestId: r'])('leaves %s', (message) => {
    expect(readReport(message)).toBeUndefined();
  });

  it('adds up what is known', () => {
    const known = { what: 'a', quantity: '1' };
    expect(totalDollars([{ ...known, dollars: 1 }, known, { ...known, dollars: 2 }])).toBe(3);
  });
});
