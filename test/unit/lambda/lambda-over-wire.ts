import { InvokeCommand, type InvokeCommandOutput, LambdaClient } from '@aws-sdk/client-lambda';
import { createLambdaService, type LambdaService } from '../../../local/services/lambda/router';
import type { Host } from '../../../local/wire/host';
import type { Service } from '../../../local/wire/service';
import { type RunningGateway, startGateway } from '../../support/embedded';
import { createInlineFunction } from './inline-function';

/** The embedded Lambda alone, called with the unmodified SDK. */
export interface LambdaOverWire {
  readonly running: RunningGateway;
  readonly service: LambdaService;
  readonly lambda: LambdaClient;
  /** Invokes with an event; `result` is the payload, parsed. */
  invoke(name: string, event?: unknown, options?: object): Promise<InvokeCommandOutput & { result: any }>;
  /** Makes a function of inline source; gives its name. */
  define(source: string, properties?: object): Promise<string>;
  close(): Promise<void>;
}

/** Starts it on a free port, with further services if need be. */
export async function startLambdaOverWire(more: (host: Host) => Service[] = () => []): Promise<LambdaOverWire> {
  let service!: LambdaService;
  let functions = 0;
  const running = await startGateway((host) => {
    service = createLambdaService(host);
    return [service, ...more(host)];
  });
  const lambda = new LambdaClient(running.client);
  return {
    running,
    service,
    lambda,
    async invoke(FunctionName, event = {}, options = {}) {
      const answer = await lambda.send(new InvokeCommand({ FunctionName, Payload: JSON.stringify(event), ...options }));
      const text = Buffer.from(answer.Payload ?? []).toString();
      return { ...answer, result: text ? JSON.parse(text) : undefined };
    },
    async define(source, properties) {
      const name = `function-${++functions}`;
      await createInlineFunction(service, name, source, properties);
      return name;
    },
    async close() {
      lambda.destroy();
      await running.close();
    },
  };
}
