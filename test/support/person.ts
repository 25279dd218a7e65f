import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import type { Caller } from '../../local/wire/caller';
import type { OpsStacks } from './ops-stacks';

/** Somebody who has assumed a role of the deployment by STS, and works with its credentials alone. */
export class Person {
  private constructor(
    private readonly stacks: OpsStacks,
    private readonly credentials: NodeJS.ProcessEnv,
    readonly caller: Caller & { readonly kind: 'role' },
  ) {}

  /** Assumes the role that an output names, under a session's name. */
  static async as(stacks: OpsStacks, output: string, RoleSessionName: string): Promise<Person> {
    const { embedded, deployed } = stacks.stacks;
    const RoleArn = Object.values(deployed).find((outputs) => output in outputs)?.[output];
    if (!RoleArn) throw new Error(`No stack has the output ${output}.`);
    const sts = new STSClient({
      endpoint: embedded.url,
      region: embedded.region,
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    });
    const { Credentials } = await sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName }));
    sts.destroy();
    const caller = embedded.authorizer.identify(Credentials!.AccessKeyId!) as Person['caller'];
    const environment = {
      AWS_ACCESS_KEY_ID: Credentials!.AccessKeyId,
      AWS_SECRET_ACCESS_KEY: Credentials!.SecretAccessKey,
      AWS_SESSION_TOKEN: Credentials!.SessionToken,
    };
    return new Person(stacks, environment, caller);
  }

  /** What a command of bin/commands prints, and its exit code. */
  run(command: string, ...args: string[]): Promise<{ code: number; output: string }> {
    return this.stacks.stacks.run(command, args, this.credentials);
  }

  /** What `ops` prints, and its exit code. */
  ops(...args: string[]): Promise<{ code: number; output: string }> {
    return this.run('ops', ...args);
  }

  /** What `ops … --json` prints, line by line. Throws an Error when it prints something else. */
  async opsJson(...args: string[]): Promise<any[]> {
    const { output } = await this.ops(...args, '--json');
    return output
      .split('\n')
      .filter(Boolean)
      .map((line) => {
        if (!line.startsWith('{')) throw new Error(output);
        return JSON.parse(line);
      });
  }

  /** Calls an API action. */
  call(service: string, action: string, input: object): Promise<any> {
    return this.stacks.stacks.embedded.gateway.call(this.caller, service, action, input);
  }
}
