import type { HistoryEvent } from '@aws-sdk/client-sfn';
import { judgeRedrive } from '../../../../bin/commands/ops/redrive/judge-redrive';
import type { DeployedMachine, DeployedState } from '../../../../bin/commands/ops/redrive/repeat';
import { repeatFindings } from '../../../../lib/checks/repeat-rules';

const safe: DeployedState = { Type: 'Task', Comment: 'Charges. Repeat: safe, its key comes from the order.' };
const unsafe: DeployedState = { Type: 'Task', Comment: 'Repeat: unsafe, it would ask again.' };

const entered = (name: string) => ({ stateEnteredEventDetails: { name } }) as HistoryEvent;
const exited = (name: string) => ({ stateExitedEventDetails: { name } }) as HistoryEvent;

const machine = (States: DeployedMachine['States']): DeployedMachine => ({ States });

describe('whether an execution may be redriven', () => {
  const definition = machine({
    Charge: safe,
    Ask: unsafe,
    Old: { Type: 'Task' },
    Pause: { Type: 'Wait' },
    Failed: { Type: 'Fail' },
    Fork: { Type: 'Parallel', Branches: [machine({ Left: safe }), machine({ Right: unsafe })] },
    Each: { Type: 'Map', ItemProcessor: { ...machine({ Step: unsafe }), ProcessorConfig: { Mode: 'INLINE' } } },
    Load: { Type: 'Map', ItemProcessor: { ...machine({ Put: unsafe }), ProcessorConfig: { Mode: 'DISTRIBUTED' } } },
  });

  it.each<[string, HistoryEvent[], string]>([
    ['a safe task that was not left', [entered('Charge')], 'safe: Charge'],
    ['an unsafe task that was left', [entered('Ask'), exited('Ask'), entered('Charge')], 'safe: Charge'],
    ['an unsafe task that was not left', [entered('Charge'), exited('Charge'), entered('Ask')], 'refused: Ask'],
    ['a task that was left once and entered twice', [entered('Ask'), exited('Ask'), entered('Ask')], 'refused: Ask'],
    ['a task that declares nothing', [entered('Old')], 'refused: Old'],
    ['a wait', [entered('Pause')], 'safe: '],
    ['a Fail state', [entered('Failed')], 'refused: Failed'],
    [
      'the branch of a Parallel that is safe',
      [entered('Fork'), entered('Left'), entered('Right'), exited('Right')],
      'safe: Left',
    ],
    [
      'the branch of a Parallel that is not',
      [entered('Fork'), entered('Left'), exited('Left'), entered('Right')],
      'refused: Right',
    ],
    ['an inline Map whose item stands in an unsafe task', [entered('Each'), entered('Step')], 'refused: Step'],
    ['a Distributed Map, whose children are not in the history', [entered('Load')], 'refused: Put'],
    ['a state that the definition does not have', [entered('Gone')], 'refused: Gone'],
  ])('judges %s', (_what, events, expected) => {
    const verdict = judgeRedrive(definition, events);
    expect(verdict.kind === 'safe' ? `safe: ${verdict.states.join()}` : `refused: ${verdict.state}`).toBe(expected);
  });

  it('reads what the check at synth demands', () => {
    const States = { Charge: safe, Ask: unsafe };
    expect(repeatFindings({ StartAt: 'Charge', States } as never)).toEqual([]);
    expect(judgeRedrive(machine(States), [entered('Ask')])).toMatchObject({ why: 'it would ask again.' });
  });
});
