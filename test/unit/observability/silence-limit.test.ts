import { readFileSync } from 'node:fs';
import { silenceLimit } from '../../../lambdas/observability/domain/silence-limit';

const task = (more: object) => ({ States: { Work: { Type: 'Task', ...more } } });

describe('how long a state may be silent', () => {
  it.each([
    ['its time and a minute', task({ TimeoutSeconds: 30 }), 90],
    ['a pause before a retry that is longer', task({ TimeoutSeconds: 30, Retry: [{ IntervalSeconds: 100 }] }), 460],
    ['such a pause, cut', task({ TimeoutSeconds: 30, Retry: [{ IntervalSeconds: 100, MaxDelaySeconds: 120 }] }), 180],
    ['no number for an expression', task({ TimeoutSeconds: '{% 5 %}' }), undefined],
    ['no number without a time', task({}), undefined],
    ['what a Wait waits and a minute', { States: { Work: { Type: 'Wait', Seconds: 5 } } }, 65],
    ['no number for a Wait until a moment', { States: { Work: { Type: 'Wait', Timestamp: 'x' } } }, undefined],
    ['a minute for a Choice', { States: { Work: { Type: 'Choice' } } }, 60],
    ['no number for a Map', { States: { Work: { Type: 'Map' } } }, undefined],
    ['no number for a state that there is not', { States: {} }, undefined],
    ['no number for what is no definition', 'text', undefined],
    ['that of a state in a Map', { States: { All: { Type: 'Map', ItemProcessor: task({ TimeoutSeconds: 1 }) } } }, 61],
    [
      'that of a state in a branch',
      { States: { All: { Type: 'Parallel', Branches: [task({}), task({ TimeoutSeconds: 1 })] } } },
      undefined,
    ],
  ])('is %s', (_what, definition, seconds) => {
    expect(silenceLimit(definition, 'Work')).toBe(seconds);
  });

  it.each(['ingestion/ingest-document', 'orders-reconciliation/reconcile'])('is known of each task of %s', (file) => {
    const definition = JSON.parse(readFileSync(`statemachines/${file}.asl.json`, 'utf8'));
    const states = Object.entries<any>(definition.States);
    const unknown = states.filter(
      ([name, { Type }]) => Type === 'Task' && silenceLimit(definition, name) === undefined,
    );
    expect(unknown.map(([name]) => name)).toEqual([]);
  });
});
