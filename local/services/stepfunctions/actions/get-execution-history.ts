import type { HistoryEvent } from '../../../engine/contract';
import type { Action } from '../../../wire/service';
import { ARN, constrain, PAGE_SIZE } from '../constraints';
import type { ServiceContext } from '../context';
import { executionAccess, executionOf } from '../execution-lookup';
import type { PageRequest } from '../page';

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_GetExecutionHistory.html */
export interface GetExecutionHistoryInput extends PageRequest {
  executionArn: string;
  reverseOrder?: boolean;
  includeExecutionData?: boolean;
}

/** What `includeExecutionData: false` leaves out of an event's details. */
const DATA_MEMBERS: ReadonlySet<string> = new Set(['input', 'inputDetails', 'output', 'outputDetails', 'parameters']);

const CONSTRAINTS = { executionArn: ARN, maxResults: PAGE_SIZE, nextToken: { minLength: 1, maxLength: 1024 } };

/** Gives the events of an execution, a page at a time. */
export function getExecutionHistory(context: ServiceContext): Action<GetExecutionHistoryInput> {
  return {
    access: (input) => executionAccess('GetExecutionHistory', input.executionArn),
    handle(input, { caller }) {
      constrain(input, CONSTRAINTS);
      const { events, arn, dataKey } = executionOf(context, input.executionArn);
      const view = input.includeExecutionData === false ? withoutData : withData;
      return context.encryption.revealed(caller, dataKey, () => {
        if (input.reverseOrder) {
          const page = context.pager.backwards(events, input, `reverse ${arn}`, view);
          return { events: page.items, nextToken: page.nextToken };
        }
        const page = context.pager.forwards(events, input, `history ${arn}`);
        return { events: page.items.map(view), nextToken: page.nextToken };
      });
    },
  };
}

function withData(event: HistoryEvent): object {
  return { ...event, timestamp: event.timestamp / 1000 };
}

function withoutData(event: HistoryEvent): object {
  const members = Object.entries(withData(event)).map(([name, value]) => {
    if (!name.endsWith('EventDetails') || !value) return [name, value];
    return [name, Object.fromEntries(Object.entries(value).filter(([member]) => !DATA_MEMBERS.has(member)))];
  });
  return Object.fromEntries(members);
}
