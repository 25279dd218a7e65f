import type { Journal } from '../../local/kernel/journal';
import { type Kernel, systemKernel } from '../../local/kernel/kernel';
import type { Authorizer } from '../../local/wire/authorizer';
import { Gateway } from '../../local/wire/gateway';
import type { Host } from '../../local/wire/host';
import type { Service } from '../../local/wire/service';
import { WireServer } from '../../local/wire/wire-server';

/** A gateway that listens on a free port, with what an SDK client needs to reach it. */
export interface RunningGateway {
  readonly gateway: Gateway;
  readonly url: string;
  /** Hand to any client of the AWS SDK v3: `new SQSClient(running.client)`. */
  readonly client: {
    endpoint: string;
    region: string;
    credentials: { accessKeyId: string; secretAccessKey: string };
    maxAttempts: number;
  };
  /** What the embedded AWS had to say to whoever runs it. */
  readonly warnings: string[];
  close(): Promise<void>;
}

/** Starts services behind a gateway on a free port; without an authorizer every call is allowed. */
export async function startGateway(
  create: (host: Host) => Service[],
  options: { kernel?: Kernel; authorizer?: Authorizer; journal?: Journal } = {},
): Promise<RunningGateway> {
  const warnings: string[] = [];
  const { kernel = systemKernel(), journal } = options;
  const gateway = new Gateway({ kernel, journal, warn: (line) => warnings.push(line) });
  if (options.authorizer) gateway.useAuthorizer(options.authorizer);
  gateway.register(...create(gateway));
  const server = new WireServer(gateway);
  const url = await server.listen(0);
  for (const service of gateway.registered) service.resume?.();
  return {
    gateway,
    url,
    warnings,
    client: {
      endpoint: url,
      region: gateway.region,
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      maxAttempts: 1,
    },
    close: async () => {
      await gateway.stop();
      await server.close();
    },
  };
}
