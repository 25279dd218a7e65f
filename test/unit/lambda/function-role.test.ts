import { createLambdaService, type LambdaService } from '../../../local/services/lambda/router';
import { createLogsService } from '../../../local/services/logs/router';
import type { Authorizer } from '../../../local/wire/authorizer';
import { AwsError } from '../../../local/wire/aws-error';
import { administrator } from '../../../local/wire/gateway';
import { type RunningGateway, startGateway } from '../../support/embedded';
import { createInlineFunction } from './inline-function';

const accountId = '000000000000';
let running: RunningGateway;
let lambda: LambdaService;
/** Accesses that were asked for, as `caller action resource`. */
let asked: string[];
let denied: (action: string) => boolean;
let trusts: boolean;

const authorizer: Authorizer = {
  identify: () => administrator(accountId),
  assumeRole(roleArn, servicePrincipal, session) {
    if (!trusts || servicePrincipal !== 'lambda.amazonaws.com') throw new AwsError('AccessDenied', 'not trusted', 403);
    const arn = `arn:aws:sts::${accountId}:assumed-role/${roleArn.split('/').pop()}/${session}`;
    return { kind: 'role', arn, roleArn, accountId };
  },
  credentialsOf: (caller) => ({
    accessKeyId: `key of ${caller.kind === 'service' ? caller.principal : caller.arn}`,
    secretAccessKey: 'secret',
    sessionToken: 'token',
  }),
  authorize(caller, _service, { action, resource }) {
    const arn = caller.kind === 'service' ? caller.principal : caller.arn;
    asked.push(`${arn.split(':').pop()} ${action} ${resource}`);
    if (denied(action)) throw new AwsError('AccessDeniedException', `not authorized to perform: ${action}`);
  },
};

beforeEach(async () => {
  asked = [];
  denied = () => false;
  trusts = true;
  running = await startGateway(
    (host) => {
      lambda = createLambdaService(host);
      return [lambda, createLogsService(host)];
    },
    { authorizer },
  );
});

afterEach(() => running.close());

const invoke = (FunctionName: string) =>
  running.gateway.call(administrator(accountId), 'lambda', 'Invoke', { FunctionName, Payload: '{}' });

describe("a function's role", () => {
  it('gives the worker its credentials and writes its log', async () => {
    await createInlineFunction(lambda, 'worker', 'exports.handler = async () => process.env.AWS_ACCESS_KEY_ID;');
    const answer = await invoke('worker');
    expect(JSON.parse(answer.Payload)).toBe('key of arn:aws:sts::000000000000:assumed-role/test/worker');
    await lambda.flushLogs();
    const group = 'arn:aws:logs:us-east-1:000000000000:log-group:/aws/lambda/worker';
    expect(asked[0]).toBe('user/local lambda:InvokeFunction arn:aws:lambda:us-east-1:000000000000:function:worker');
    expect(asked.slice(1).map((access) => access.replace(/log-stream:.+$/, 'log-stream:STREAM'))).toEqual([
      `assumed-role/test/worker logs:CreateLogStream ${group}:log-stream:STREAM`,
      `assumed-role/test/worker logs:CreateLogGroup ${group}:log-stream:`,
      `assumed-role/test/worker logs:CreateLogStream ${group}:log-stream:STREAM`,
      `assumed-role/test/worker logs:PutLogEvents ${group}:log-stream:STREAM`,
    ]);
  });

  it('loses log lines that it may not write, with one warning, and the function runs on', async () => {
    denied = (action) => action === 'logs:PutLogEvents';
    await createInlineFunction(lambda, 'worker', 'exports.handler = async () => 1;');
    for (let i = 0; i < 3; i++) {
      expect(JSON.parse((await invoke('worker')).Payload)).toBe(1);
      await lambda.flushLogs();
    }
    expect(running.warnings).toEqual([
      'lambda: log lines of function worker are lost: not authorized to perform: logs:PutLogEvents',
    ]);
  });

  it('rejects a function whose role does not trust Lambda', async () => {
    trusts = false;
    await expect(createInlineFunction(lambda, 'worker', '1')).rejects.toMatchObject({
      code: 'InvalidParameterValueException',
      message: 'The role defined for the function cannot be assumed by Lambda.',
    });
  });

  it('rejects an invocation that the caller is not allowed', async () => {
    denied = (action) => action === 'lambda:InvokeFunction';
    await createInlineFunction(lambda, 'worker', 'exports.handler = async () => 1;');
    await expect(invoke('worker')).rejects.toMatchObject({ code: 'AccessDeniedException' });
  });
});
