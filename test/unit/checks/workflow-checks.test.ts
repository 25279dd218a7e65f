import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { App, CfnResource, Fn, Stack, Validations } from 'aws-cdk-lib';
import { templateDefinitions } from '../../../lib/checks/template-definitions';
import { definitionFindings, WorkflowChecks } from '../../../lib/checks/workflow-checks';
import { placeholders, readDefinition, startingAt } from '../../../lib/constructs/workflow-definition';
import { definitionWith, soundTask, without } from './definitions';

const sagaFile = path.resolve(__dirname, '../../../statemachines/orders/saga.asl.json');

const machine = (Properties: object) => ({ Type: 'AWS::StepFunctions::StateMachine', Properties });

describe('the checks at synth', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'stepwright-checks-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function appWith(definition: object, more: object = {}): App {
    const app = new App({ outdir: path.join(folder, 'cdk.out') });
    const stack = new Stack(app, 'Stack');
    new CfnResource(stack, 'Machine', {
      type: 'AWS::StepFunctions::StateMachine',
      properties: {
        DefinitionString: JSON.stringify(definition),
        RoleArn: 'arn:aws:iam::111122223333:role/r',
        ...more,
      },
    });
    Validations.of(app).addPlugins(new WorkflowChecks());
    return app;
  }

  it('let a sound workflow pass', () => {
    expect(() => appWith(definitionWith()).synth()).not.toThrow();
  });

  it('fails the synthesis of a workflow with an unsound task', () => {
    const app = appWith(definitionWith({ ChargePayment: without(soundTask, 'TimeoutSeconds') }));
    expect(() => app.synth()).toThrow(/ChargePayment has no TimeoutSeconds/);
  });

  it('fails the synthesis of a machine that asks and whose histories anybody may read', () => {
    const AskApproval = { ...soundTask, Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken' };
    expect(() => appWith(definitionWith({ AskApproval })).synth()).toThrow(/AskApproval hands on a task token/);
  });

  it('fails the synthesis of a machine whose function may outlive its state', () => {
    const ChargePayment = { ...soundTask, Arguments: { FunctionName: '${ChargePayment}' } };
    const app = appWith(definitionWith({ ChargePayment }), {
      DefinitionSubstitutions: { ChargePayment: Fn.ref('Charge') },
    });
    const properties = { Code: { ZipFile: '' }, Role: 'arn:aws:iam::111122223333:role/r', Timeout: 300 };
    new CfnResource(app.node.findChild('Stack'), 'Charge', { type: 'AWS::Lambda::Function', properties });
    expect(() => app.synth()).toThrow(/ChargePayment waits 20 s for a function that may run 300 s/);
  });

  it('fails the synthesis of an Express machine with a state that only Standard machines run', () => {
    const RunJob = { ...soundTask, Resource: 'arn:aws:states:::batch:submitJob.sync' };
    expect(() => appWith(definitionWith({ RunJob })).synth()).not.toThrow();
    expect(() => appWith(definitionWith({ RunJob }), { StateMachineType: 'EXPRESS' }).synth()).toThrow(
      /RunJob: SCHEMA_VALIDATION_FAILED: Express state machine does not support '.sync' service integration/,
    );
  });

  it('reads a definition with intrinsics, and one in an asset', () => {
    const text = JSON.stringify(definitionWith());
    const [before = '', ...after] = text.split('arn:aws:');
    const parts = [before, ...after.flatMap((part) => ['arn:', { Ref: 'AWS::Partition' }, `:${part}`])];
    writeFileSync(path.join(folder, 'asset.abc.json'), text);
    const machines = templateDefinitions(
      {
        Resources: {
          Inline: machine({ DefinitionString: { 'Fn::Join': ['', parts] } }),
          Asset: machine({ DefinitionS3Location: { Bucket: 'assets', Key: 'abc.json' } }),
        },
      },
      folder,
    );
    const [inline, asset] = machines.map(({ definition }) => definition);
    expect(asset).toEqual(definitionWith());
    expect(inline?.States.ChargePayment?.Resource).toBe('arn:Resolved:states:::lambda:invoke');
  });

  it('fails for a definition that is nowhere', () => {
    const Lost = machine({ DefinitionS3Location: { Key: 'x' } });
    expect(() => templateDefinitions({ Resources: { Lost } }, folder)).toThrow(
      /definition of Lost is neither in the template nor/,
    );
  });
});

describe('the order saga', () => {
  const saga = readDefinition(sagaFile);

  it('passes every check, whole and from its undo on', () => {
    const undo = startingAt(saga, 'CancelOrder');
    expect(definitionFindings(saga, placeholders(saga))).toEqual([]);
    expect(definitionFindings(undo, placeholders(undo))).toEqual([]);
  });

  it.each(
    Object.entries(saga.States)
      .filter(([, state]) => state.Type === 'Task')
      .map(([name]) => name),
  )('fails the checks once %s has no timeout, no retry or no Catch', (name) => {
    for (const field of ['TimeoutSeconds', 'Retry', 'Catch']) {
      const States = { ...saga.States, [name]: without(saga.States[name] as never, field) };
      const subjects = definitionFindings({ ...saga, States }, placeholders(saga)).map(({ subject }) => subject);
      expect(subjects).toContain(name);
    }
  });
});
