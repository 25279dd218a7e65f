import { AwsError } from '../../local/wire/aws-error';
import { recordingService } from '../support/recording-service';
import { StepFunctionsBench } from '../support/step-functions';
import { loadMachine, stageAnswer } from './ingestion-machine';
import { substituted } from './substituted';

/** Where the list of the load lies. */
const LIST = 'work/loads/load-1/worklist.jsonl';

/** What a step's function does instead of what it should; `never` answers not at all. */
export type Misbehaviour = (payload: any, call: number) => object | 'never' | undefined;

/** A load machine beside stand-ins of its neighbours, on a clock that the test turns. */
export class LoadWorld {
  /** Payloads of each step's function, in the order of the calls. */
  readonly calls: Record<string, any[]> = {};
  readonly parked: any[] = [];
  readonly written: string[] = [];
  readonly bench: StepFunctionsBench;

  constructor(
    /** Documents that the plan finds. */
    private readonly documents: number,
    private readonly misbehaviour: Readonly<Record<string, Misbehaviour>> = {},
    /** Where the plan says that its list is. */
    private readonly key = LIST,
  ) {
    const lambda = recordingService('lambda', { Invoke: (input) => this.invoke(input) });
    const s3 = recordingService('s3', {
      GetObject: ({ Key }) => ({ Body: this.list(Key) }),
      PutObject: ({ Key }) => {
        this.written.push(Key);
        return {};
      },
    });
    const sqs = recordingService('sqs', {
      SendMessage: ({ MessageBody }) => {
        this.parked.push(JSON.parse(MessageBody));
        return { MessageId: 'm-1' };
      },
    });
    this.bench = new StepFunctionsBench(lambda, s3, sqs);
  }

  /** Runs a load to its end, however long it takes on the simulated clock. */
  async run(): Promise<any> {
    const machine = await this.bench.create(substituted(loadMachine));
    const executionArn = await this.bench.start(machine, { loadId: 'load-1' });
    for (let turn = 0; turn < 2000; turn++) {
      await this.bench.clock.turn(turn < 20 ? 0 : 1000);
      const described = await this.bench.describe(executionArn);
      if (described.status !== 'RUNNING') return described;
    }
    throw new Error('The load does not end.');
  }

  /** What AWS bills of the parent: states entered, and children that were started. */
  async transitions(executionArn: string): Promise<number> {
    const entered = (await this.bench.eventTypes(executionArn)).filter((type) => type.endsWith('StateEntered'));
    const { executionCounts } = await this.mapRun(executionArn);
    return entered.length + executionCounts.total;
  }

  async mapRun(executionArn: string): Promise<any> {
    const { mapRuns } = await this.bench.call('ListMapRuns', { executionArn });
    return this.bench.call('DescribeMapRun', { mapRunArn: mapRuns[0].mapRunArn });
  }

  private list(key: string): Buffer {
    if (key !== LIST) throw new AwsError('NoSuchKey', 'There is no such key.', 404);
    const lines = Array.from({ length: this.documents }, (_, n) => JSON.stringify(documentOf(n)));
    return Buffer.from(lines.join('\n'));
  }

  private invoke({ FunctionName, Payload }: { FunctionName: string; Payload: Uint8Array }) {
    const step = /\$\{(\w+)\}/.exec(FunctionName)![1]!;
    const payload = JSON.parse(Buffer.from(Payload).toString());
    this.calls[step] ??= [];
    const calls = this.calls[step].push(payload);
    const odd = this.misbehaviour[step]?.(payload, calls);
    if (odd === 'never') return new Promise(() => {});
    if (odd) return { StatusCode: 200, FunctionError: 'Unhandled', Payload: Buffer.from(JSON.stringify(odd)) };
    return { StatusCode: 200, Payload: Buffer.from(JSON.stringify(this.answer(step, payload))) };
  }

  private answer(step: string, payload: any): object {
    const plan = { loadId: 'load-1', key: this.key, count: this.documents, unchanged: 7 };
    if (step === 'PlanLoad') return plan;
    if (step === 'SummarizeLoad') return { loadId: 'load-1', documents: payload.count + payload.unchanged };
    return stageAnswer(step, payload.documents);
  }
}

/** The n-th document of the plan. */
export function documentOf(n: number): object {
  return {
    tenant: 'acme',
    path: `guide/${n}.md`,
    run: `load-1-${n}`,
    source: { key: `bulk/load-1/acme/guide/${n}.md` },
  };
}
