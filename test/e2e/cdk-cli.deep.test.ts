import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { App, CfnOutput, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { CfnQueue, Queue } from 'aws-cdk-lib/aws-sqs';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { ALL_SCENARIOS } from '../../bin/commands/demo/scenarios/all';
import { clientEnvironment } from '../../local/cli/client-environment';
import { type EmbeddedAws, startEmbeddedAws } from '../../local/embedded-aws';
import { administrator } from '../../local/wire/gateway';
import { ASSEMBLY_FOLDER } from '../support/assembly-folder';
import { cdkCli, runCommand } from '../support/cdk-cli';

const folder = mkdtempSync(path.join(tmpdir(), 'stepwright-cdk-'));
/** A copy: another run of the tests may synthesize anew meanwhile. */
const assembly = path.join(folder, 'assembly');

let aws: EmbeddedAws;
let cdk: ReturnType<typeof cdkCli>;
const warnings: string[] = [];
beforeAll(async () => {
  cpSync(ASSEMBLY_FOLDER, assembly, { recursive: true });
  aws = await startEmbeddedAws({ port: 0, warn: (line) => warnings.push(line) });
  cdk = cdkCli(aws);
});
afterAll(async () => {
  await aws.stop();
  rmSync(folder, { recursive: true, force: true });
});

const call = (service: string, action: string, input: object) =>
  aws.gateway.call(administrator(aws.accountId), service, action, input);

describe('the stacks of the project, through the unmodified CLI', () => {
  const outputsFile = path.join(folder, 'outputs.json');
  const deploy = () =>
    cdk('deploy', '--all', '--app', assembly, '--require-approval', 'never', '--outputs-file', outputsFile);

  it('are refused before the account is bootstrapped', async () => {
    const { code, output } = await deploy();
    expect(output).toContain('SSM parameter /cdk-bootstrap/hnb659fds/version not found in aws://');
    expect(code).toBe(1);
  });

  it('are deployed after cdk bootstrap', async () => {
    const bootstrap = await cdk('bootstrap', `aws://${aws.accountId}/${aws.region}`);
    expect(bootstrap.output).toContain(`Environment aws://${aws.accountId}/${aws.region} bootstrapped.`);
    const { code, output } = await deploy();
    expect(output).toMatch(/\d+\/\d+ \| .* CREATE_COMPLETE +\| AWS::CloudFormation::Stack +\| stepwright-dev-orders/);
    expect(code).toBe(0);
    const outputs = JSON.parse(readFileSync(outputsFile, 'utf8'));
    expect(Object.keys(outputs).sort()).toEqual([
      'stepwright-dev-alerting',
      'stepwright-dev-approvals',
      'stepwright-dev-fan-out',
      'stepwright-dev-ingestion',
      'stepwright-dev-observability',
      'stepwright-dev-orders',
      'stepwright-dev-quotes',
    ]);
  });

  it('pass every scenario of the demo', async () => {
    const env = { ...clientEnvironment(aws.url, aws.region), NODE_NO_WARNINGS: '1' };
    const { output, code } = await runCommand('bin/commands/demo.ts', ['--outputs', outputsFile], env);
    expect(output).toContain(`All ${ALL_SCENARIOS.length} scenarios ended as they should.`);
    expect(code).toBe(0);
  });

  it('are left alone by a second deployment, and differ in nothing', async () => {
    const { output, code } = await deploy();
    expect(output.match(/\(no changes\)/g)).toHaveLength(7);
    expect(code).toBe(0);
    const diff = await cdk('diff', '--app', assembly, '--fail');
    expect(diff).toMatchObject({ code: 0, output: expect.stringContaining('Number of stacks with differences: 0') });
  });

  it('leave nothing but what is retained when they are destroyed', async () => {
    const { output, code } = await cdk('destroy', '--all', '--force', '--app', assembly);
    expect(output).toContain('stepwright-dev-orders: destroyed');
    expect(code).toBe(0);
    const { QueueUrls = [] } = await call('sqs', 'ListQueues', {});
    const { TableNames } = await call('dynamodb', 'ListTables', {});
    const { Functions } = await call('lambda', 'ListFunctions', {});
    const { stateMachines } = await call('states', 'ListStateMachines', {});
    const { Buckets } = await call('s3', 'ListBuckets', {});
    expect({ QueueUrls, TableNames, Functions, stateMachines }).toEqual({
      QueueUrls: [],
      TableNames: [],
      Functions: [],
      stateMachines: [],
    });
    expect(Buckets.map(({ Name }: { Name: string }) => Name)).toEqual(['cdk-hnb659fds-assets-000000000000-us-east-1']);
  });
});

describe('an app that changes, through the unmodified CLI', () => {
  const app = (name: string, build: (base: Stack, user: Stack) => void): string => {
    const outdir = path.join(folder, name);
    const made = new App({ outdir, analyticsReporting: false });
    build(new Stack(made, 'base'), new Stack(made, 'user'));
    made.synth();
    return outdir;
  };
  const first = () =>
    app('first', (base, user) => {
      new Queue(base, 'Queue', { visibilityTimeout: Duration.seconds(30) });
      new Queue(base, 'Named', { queueName: 'named-1' });
      const kept = new Queue(base, 'Kept', { removalPolicy: RemovalPolicy.RETAIN });
      new StringParameter(base, 'Gone', { parameterName: '/gone', stringValue: 'x' });
      new StringParameter(user, 'Arn', { parameterName: '/arn', stringValue: kept.queueArn });
      const bucket = new Bucket(user, 'Bucket', { removalPolicy: RemovalPolicy.DESTROY, autoDeleteObjects: true });
      new CfnOutput(user, 'BucketName', { value: bucket.bucketName });
    });
  const second = (extra: (base: Stack) => void = () => undefined) =>
    app('second', (base, user) => {
      new Queue(base, 'Queue', { visibilityTimeout: Duration.seconds(40) });
      new Queue(base, 'Named', { queueName: 'named-2' });
      const kept = new Queue(base, 'Kept', { removalPolicy: RemovalPolicy.RETAIN });
      new StringParameter(user, 'Arn', { parameterName: '/arn', stringValue: kept.queueArn });
      const bucket = new Bucket(user, 'Bucket', { removalPolicy: RemovalPolicy.DESTROY, autoDeleteObjects: true });
      new CfnOutput(user, 'BucketName', { value: bucket.bucketName });
      extra(base);
    });
  const deploy = (outdir: string, ...args: string[]) =>
    cdk('deploy', '--all', '--app', outdir, '--require-approval', 'never', ...args);
  const queues = async () =>
    ((await call('sqs', 'ListQueues', {})).QueueUrls ?? []).map((url: string) => url.split('/').pop()).sort();

  it('is deployed, with an export, an import and a custom resource', async () => {
    const outputsFile = path.join(folder, 'app.json');
    const { code } = await deploy(first(), '--outputs-file', outputsFile);
    expect(code).toBe(0);
    const Bucket = JSON.parse(readFileSync(outputsFile, 'utf8')).user.BucketName;
    await call('s3', 'PutObject', { Bucket, Key: 'left/behind', Body: 'x' });
    const { Exports } = await call('cloudformation', 'ListExports', {});
    const Name = expect.stringMatching(/^base:ExportsOutputFnGetAttKept/);
    expect(Exports).toContainEqual(expect.objectContaining({ Name }));
  });

  it('shows before what a change will do', async () => {
    const { output } = await cdk('diff', '--app', second());
    expect(output).toMatch(/\[-\] AWS::SSM::Parameter Gone.* destroy/);
    expect(output).toMatch(/\[~\] AWS::SQS::Queue Named .* replace/);
    expect(output).toMatch(/\[~\] AWS::SQS::Queue Queue \S+\n.*VisibilityTimeout/);
    expect(await queues()).toContain('named-1');
  });

  it('is rolled back when a change fails, with the reason', async () => {
    const outdir = second((base) => {
      const bad = new CfnQueue(base, 'Bad', { queueName: 'a bad name!' });
      for (const id of ['Queue', 'Named']) bad.node.addDependency(base.node.findChild(id));
    });
    const { output, code } = await deploy(outdir);
    expect(output).toContain('UPDATE_ROLLBACK_IN_PROG');
    expect(output).toContain('Can only include alphanumeric characters, hyphens, or underscores.');
    expect(code).toBe(1);
    const names = await queues();
    expect(names).toContain('named-1');
    expect(names).not.toContain('named-2');
    expect(await call('ssm', 'GetParameter', { Name: '/gone' })).toMatchObject({ Parameter: { Value: 'x' } });
  });

  it('is changed in place, replaced and rid of what it no longer has', async () => {
    const before = (await queues()).find((name: string) => name.startsWith('base-Queue'));
    const { code, output } = await deploy(second());
    expect(code).toBe(0);
    expect(output).toContain('Requested update requires the creation of a new physical resource; hence creating one.');
    const names = await queues();
    expect(names).toEqual(expect.arrayContaining([before, 'named-2']));
    expect(names).not.toContain('named-1');
    await expect(call('ssm', 'GetParameter', { Name: '/gone' })).rejects.toMatchObject({ code: 'ParameterNotFound' });
  });

  it('is destroyed, the bucket emptied first, what is retained left', async () => {
    const { code, output } = await cdk('destroy', '--all', '--force', '--app', second());
    expect(output).toContain('DELETE_SKIPPED');
    expect(code).toBe(0);
    expect(await queues()).toEqual([expect.stringMatching(/^base-Kept/)]);
    const { Buckets } = await call('s3', 'ListBuckets', {});
    expect(Buckets).toHaveLength(1);
  });
});
