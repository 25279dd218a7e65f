import {
  advance,
  type Command,
  compile,
  type Environment,
  type HistoryEvent,
  newExecution,
  type Stimulus,
} from '../../local/engine/engine';
import { SeededRandom } from '../../local/kernel/random';

/** An execution that is driven by hand, one stimulus after the other. */
export function byHand(definition: object) {
  const machine = compile(JSON.stringify(definition));
  const execution = newExecution({
    executionArn: 'arn:aws:states:us-east-1:000000000000:execution:m:e',
    name: 'e',
    roleArn: 'arn:aws:iam::000000000000:role/r',
    stateMachine: { id: 'arn:aws:states:us-east-1:000000000000:stateMachine:m', name: 'm' },
    type: 'STANDARD',
    input: '{}',
    startTimeMs: 0,
  });
  const environment: Environment = { random: new SeededRandom(1), taskToken: (id) => id };
  const events: HistoryEvent[] = [];
  const send = async (stimulus: Omit<Stimulus, 'atMs'> & Record<string, unknown>): Promise<Command[]> => {
    const outcome = await advance(machine, execution, { atMs: 0, ...stimulus } as Stimulus, environment);
    events.push(...outcome.events);
    return outcome.commands;
  };
  return { execution, events, send };
}
