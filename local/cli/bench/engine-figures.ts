import jsonata from 'jsonata';
import { systemKernel } from '../../kernel/kernel';
import { createStepFunctionsService } from '../../services/stepfunctions/router';
import { administrator, Gateway } from '../../wire/gateway';
import type { Figures } from './figures';

const ROLE = 'arn:aws:iam::000000000000:role/bench';
const EXPRESSION = '$sum(items.(price * quantity)) + $count(items[price > 10])';
const ITEMS = { items: Array.from({ length: 5 }, (_, i) => ({ price: 5 * i, quantity: i })) };

/** Measures the engine in process, without HTTP, with full history: what a state costs, and whether that grows. */
export async function measureEngine(figures: Figures): Promise<void> {
  const bench = new EngineBench();
  await bench.chain(10, 2000);
  for (const length of [10, 100, 1_000, 10_000]) {
    const rate = await bench.chain(length, Math.ceil(200_000 / length));
    const what = `states/s in chains of ${length.toLocaleString('en-US')} Pass states`;
    if (length === 1_000) figures.atLeast(what, rate, 300_000, '/s');
    else figures.show(what, rate, '/s');
  }
  figures.show(
    'the same at 1,000, with 100 KB of input untouched',
    await bench.chain(1_000, 200, 'x'.repeat(100_000)),
    '/s',
  );

  const before = await bench.chain(3, 10_000);
  const rssBefore = process.memoryUsage().rss;
  await bench.chain(3, 80_000);
  figures.atMost(
    'memory for 100,000 finished executions of 3 states',
    (process.memoryUsage().rss - rssBefore) / 2 ** 20,
    1024,
    'MB',
  );
  const after = await bench.chain(3, 10_000);
  figures.show('executions of 3 states a second with 10,000 held', before / 3, '/s');
  figures.show('the same with 100,000 held', after / 3, '/s');

  const states = await bench.jsonataChain(500, 40);
  const plain = await bench.chain(500, 40);
  figures.show('JSONata states/s (a sum over 5 items in Output)', states, '/s');
  figures.show('share of the expression in such a state', 100 * (1 - states / plain), '%');
  figures.show('evaluations/s of the same expression by jsonata 2.0.6 itself', await jsonataRate(), '/s');
  await bench.gateway.stop();
}

/** A Step Functions service without port, IAM or stacks. */
class EngineBench {
  readonly gateway = new Gateway({ kernel: systemKernel() });
  private machines = 0;

  constructor() {
    this.gateway.register(createStepFunctionsService(this.gateway));
  }

  /** States a second in `executions` runs of a chain of Pass states. */
  chain(length: number, executions: number, untouched = ''): Promise<number> {
    return this.run(length, executions, { Type: 'Pass' }, { untouched });
  }

  /** The same with an expression in each state. */
  jsonataChain(length: number, executions: number): Promise<number> {
    const Output = { items: '{% $states.input.items %}', total: `{% $states.input.(${EXPRESSION}) %}` };
    return this.run(length, executions, { Type: 'Pass', QueryLanguage: 'JSONata', Output }, ITEMS);
  }

  private async run(length: number, executions: number, state: object, input: object): Promise<number> {
    const stateMachineArn = await this.machine(length, state);
    const text = JSON.stringify(input);
    const begun = performance.now();
    for (let i = 0; i < executions; i++) {
      const { executionArn } = await this.call('StartExecution', { stateMachineArn, input: text });
      for (let status = 'RUNNING'; status === 'RUNNING'; ) {
        status = (await this.call('DescribeExecution', { executionArn })).status;
        if (status === 'RUNNING') await new Promise((resolve) => setImmediate(resolve));
        else if (status !== 'SUCCEEDED') throw new Error(`${executionArn} ended as ${status}`);
      }
    }
    return (length * executions) / ((performance.now() - begun) / 1000);
  }

  private async machine(length: number, state: object): Promise<string> {
    const States = Object.fromEntries(
      Array.from({ length }, (_, i) => [
        `S${i}`,
        { ...state, ...(i < length - 1 ? { Next: `S${i + 1}` } : { End: true }) },
      ]),
    );
    const definition = JSON.stringify({ StartAt: 'S0', States });
    const name = `chain-${length}-${++this.machines}`;
    return (await this.call('CreateStateMachine', { name, definition, roleArn: ROLE })).stateMachineArn;
  }

  private call(action: string, input: object): Promise<any> {
    return this.gateway.call(administrator(this.gateway.accountId), 'states', action, input);
  }
}

/** How often a second jsonata itself, compiled once, evaluates the expression. */
async function jsonataRate(evaluations = 5_000): Promise<number> {
  const expression = jsonata(EXPRESSION);
  const begun = performance.now();
  for (let i = 0; i < evaluations; i++) await expression.evaluate(ITEMS);
  return evaluations / ((performance.now() - begun) / 1000);
}
