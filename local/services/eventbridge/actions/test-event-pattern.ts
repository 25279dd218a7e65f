import { isTooDeep } from '../../../wire/json-depth';
import type { Action } from '../../../wire/service';
import { validation } from '../faults';
import { compilePattern } from '../pattern/compile-pattern';

const REQUIRED = ['id', 'account', 'source', 'time', 'region', 'resources', 'detail-type'];

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_TestEventPattern.html */
export function testEventPattern(): Action<{ EventPattern?: string; Event?: string }, { Result: boolean }> {
  return {
    access: () => [{ action: 'events:TestEventPattern', resource: '*' }],
    handle: ({ EventPattern = '', Event = '' }) => {
      if (isTooDeep(Buffer.from(String(Event))))
        throw validation('Parameter Event is not valid. Reason: it has too many levels.');
      const matches = compilePattern(EventPattern);
      let event: unknown;
      try {
        event = JSON.parse(Event);
      } catch (error) {
        throw validation(`Parameter Event is not valid. Reason: ${(error as Error).message}`);
      }
      if (event === null || typeof event !== 'object' || Array.isArray(event)) {
        throw validation('Parameter Event is not valid. Reason: it is no JSON object.');
      }
      const missing = REQUIRED.find((name) => !(name in event));
      if (missing) throw validation(`Parameter Event is not valid. Reason: the field ${missing} is missing.`);
      return { Result: matches(event) };
    },
  };
}
