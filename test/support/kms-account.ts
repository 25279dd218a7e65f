import { KMSClient } from '@aws-sdk/client-kms';
import type { Template } from '../../local/assembly/template';
import { SeededRandom } from '../../local/kernel/random';
import { SimulatedClock } from '../../local/kernel/simulated-clock';
import { type CloudFormationService, createCloudFormationService } from '../../local/services/cloudformation/router';
import type { IamAuthorizer } from '../../local/services/iam/iam-authorizer';
import { createIamServices } from '../../local/services/iam/router';
import { createKmsService } from '../../local/services/kms/router';
import type { Gateway } from '../../local/wire/gateway';
import type { Host } from '../../local/wire/host';
import type { Service } from '../../local/wire/service';
import { type RunningGateway, startGateway } from './embedded';

export const ACCOUNT = '000000000000';
export const ROOT = `arn:aws:iam::${ACCOUNT}:root`;
export const ADMINISTRATOR = `arn:aws:iam::${ACCOUNT}:user/local`;

/** A policy document. */
export const policy = (...Statement: object[]): object => ({ Version: '2012-10-17', Statement });

/** A key policy that lets the administrator manage the key, whatever else it says. */
export const keyPolicy = (...statements: object[]): string =>
  JSON.stringify(
    policy({ Effect: 'Allow', Principal: { AWS: ADMINISTRATOR }, Action: 'kms:*', Resource: '*' }, ...statements),
  );

/** IAM, CloudFormation, KMS and neighbours on a clock that the test turns, with roles whose sessions sign requests. */
export class KmsAccount {
  readonly clock = new SimulatedClock();
  running!: RunningGateway;
  kms!: KMSClient;
  cloudFormation!: CloudFormationService;
  private authorizer!: IamAuthorizer;

  async start(neighbours: (host: Host) => Service[] = () => []): Promise<void> {
    this.running = await startGateway(
      (host) => {
        const { iam, sts, authorizer } = createIamServices(host);
        this.authorizer = authorizer;
        (host as Gateway).useAuthorizer(authorizer);
        return [iam, sts, createKmsService(host), ...neighbours(host)];
      },
      { kernel: { clock: this.clock, random: new SeededRandom('kms') } },
    );
    const { gateway } = this.running;
    this.cloudFormation = createCloudFormationService(gateway, () => gateway.registered);
    gateway.register(this.cloudFormation);
    this.kms = new KMSClient(this.running.client);
  }

  async stop(): Promise<void> {
    this.kms.destroy();
    await this.running.close();
  }

  /** Creates a stack and gives its outputs. */
  async deploy(stackName: string, template: Template): Promise<Record<string, string>> {
    await (await this.cloudFormation.createStack({ stackName, template })).done;
    return this.outputs(stackName);
  }

  async update(stackName: string, template: Template): Promise<Record<string, string>> {
    await (await this.cloudFormation.updateStack({ stackName, template })).done;
    return this.outputs(stackName);
  }

  /** A role of that name which Lambda and Step Functions may assume; gives its ARN. */
  async addRole(name: string, ...statements: object[]): Promise<string> {
    const trust = policy({
      Effect: 'Allow',
      Action: 'sts:AssumeRole',
      Principal: { Service: ['lambda.amazonaws.com', 'states.amazonaws.com'] },
    });
    const Policies = statements.length > 0 ? [{ PolicyName: 'own', PolicyDocument: policy(...statements) }] : [];
    const Properties = { RoleName: name, AssumeRolePolicyDocument: trust, Policies };
    await this.deploy(`role-${name}`, { Resources: { Role: { Type: 'AWS::IAM::Role', Properties } } });
    return roleArn(name);
  }

  /** Client settings of a role's session. */
  as(role: string): RunningGateway['client'] {
    const caller = this.authorizer.assumeRole(roleArn(role), 'lambda.amazonaws.com', 'session');
    return { ...this.running.client, credentials: this.authorizer.credentialsOf(caller) };
  }

  private async outputs(stackName: string): Promise<Record<string, string>> {
    const { gateway } = this.running;
    const { Stacks } = await gateway.call(gateway.identify(''), 'cloudformation', 'DescribeStacks', {
      StackName: stackName,
    });
    const outputs = (Stacks[0].Outputs ?? []) as { OutputKey: string; OutputValue: string }[];
    return Object.fromEntries(outputs.map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]));
  }
}

/** The ARN of a role, by its name. */
export function roleArn(name: string): string {
  return `arn:aws:iam::${ACCOUNT}:role/${name}`;
}
