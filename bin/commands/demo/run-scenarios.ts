import { PRICES } from '../prices';
import { type ComparedRun, comparedRun } from './compared-run';
import type { FinishedExecution } from './execution';
import type { Scenario } from './scenario';
import type { Shop } from './shop';
import { UsageMeter } from './usage';

/** One row of the demo's table; figures that CloudWatch has not published yet are undefined. */
export interface ScenarioResult {
  readonly scenario: string;
  readonly end: string;
  readonly path: readonly string[];
  readonly executions: number;
  readonly transitions: number;
  readonly lambdaCalls: number;
  readonly dynamoDbRequests?: number;
  readonly sqsMessages?: number;
  readonly estimatedCostDollars?: number;
  readonly milliseconds: number;
  /** The only or first execution, for the comparison of machine types. */
  readonly run?: ComparedRun;
  readonly note?: string;
  readonly problems: readonly string[];
}

/** Runs scenarios one after another; a scenario that throws is a result with a problem, and the next one runs. */
export async function runScenarios(
  shop: Shop,
  scenarios: readonly Scenario[],
  onProgress: (line: string) => void,
): Promise<ScenarioResult[]> {
  const results: ScenarioResult[] = [];
  for (const scenario of scenarios) {
    const result = await runScenario(shop, scenario);
    results.push(result);
    const isRight = result.problems.length === 0;
    onProgress(`${isRight ? '✔' : '✘'} ${scenario.name}: ${result.end} (${result.milliseconds} ms)`);
    for (const problem of result.problems) onProgress(`    ${problem}`);
  }
  return results;
}

async function runScenario(shop: Shop, scenario: Scenario): Promise<ScenarioResult> {
  const meter = new UsageMeter(shop);
  let begun = Date.now();
  try {
    const story = await scenario.prepare(shop);
    const before = await meter.read();
    begun = Date.now();
    const outcome = await story();
    const milliseconds = Math.round(outcome.milliseconds ?? Date.now() - begun);
    const after = await meter.read();
    const problems = await outcome.verify();
    const [first] = outcome.executions;
    const transitions = outcome.executions.reduce((sum, execution) => sum + billedTransitions(execution), 0);
    const dynamoDbRequests = after.dynamoDbRequests - before.dynamoDbRequests;
    const isPublished = dynamoDbRequests > 0;
    return {
      scenario: scenario.name,
      end: outcome.end,
      path: first?.path ?? [],
      executions: outcome.executions.length,
      transitions,
      lambdaCalls: outcome.executions.reduce((sum, execution) => sum + execution.lambdaCalls, 0),
      dynamoDbRequests: isPublished ? dynamoDbRequests : undefined,
      sqsMessages: isPublished ? after.sqsMessages - before.sqsMessages : undefined,
      estimatedCostDollars: isPublished
        ? transitions * PRICES.transition + after.costDollars - before.costDollars
        : undefined,
      milliseconds,
      run: first && comparedRun(first),
      note: outcome.note,
      problems,
    };
  } catch (error) {
    const problem = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    return {
      scenario: scenario.name,
      end: 'did not end',
      path: [],
      executions: 0,
      transitions: 0,
      lambdaCalls: 0,
      milliseconds: Date.now() - begun,
      problems: [problem],
    };
  }
}

/** Express executions are billed by requests and duration, which the usage holds. */
function billedTransitions({ isExpress, transitions }: FinishedExecution): number {
  return isExpress ? 0 : transitions;
}
