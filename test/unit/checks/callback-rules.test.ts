import { callbackFindings } from '../../../lib/checks/callback-rules';
import { definitionWith, soundTask } from './definitions';

const AskApproval = { ...soundTask, Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken' };
const asking = definitionWith({ AskApproval });
const sound = {
  loggingConfiguration: { Level: 'ALL', IncludeExecutionData: false },
  encryptionConfiguration: { Type: 'CUSTOMER_MANAGED_KMS_KEY', KmsKeyId: { 'Fn::GetAtt': ['Key', 'Arn'] } },
};
const rules = (settings: object, definition = asking) =>
  callbackFindings(definition, { ...sound, ...settings }).map(({ rule, subject }) => `${rule} ${subject}`);

describe('rules for machines that wait for a task token', () => {
  it('accept one that is encrypted under a key of its own and logs no data', () => {
    expect(rules({})).toEqual([]);
    expect(rules({ loggingConfiguration: undefined })).toEqual([]);
    expect(rules({ loggingConfiguration: { Level: 'OFF', IncludeExecutionData: true } })).toEqual([]);
  });

  it.each(['ALL', 'ERROR', { Ref: 'Level' }])('rejects one that logs execution data at the level %j', (Level) => {
    expect(rules({ loggingConfiguration: { Level, IncludeExecutionData: true } })).toEqual([
      'token-logged AskApproval',
    ]);
  });

  it.each([[undefined], [{ Type: 'AWS_OWNED_KEY' }], [{ Type: 'CUSTOMER_MANAGED_KMS_KEY' }]])(
    'rejects one with the encryption %j',
    (encryptionConfiguration) => {
      expect(rules({ encryptionConfiguration })).toEqual(['token-readable AskApproval']);
    },
  );

  it('looks into the branches of a Parallel', () => {
    const branch = { StartAt: 'AskBranch', States: { AskBranch: AskApproval } };
    const definition = definitionWith({ Fork: { Type: 'Parallel', Branches: [branch] } });
    expect(rules({ encryptionConfiguration: undefined }, definition)).toEqual(['token-readable AskBranch']);
  });

  it('lets a machine be that waits for nobody', () => {
    expect(rules({ encryptionConfiguration: undefined }, definitionWith())).toEqual([]);
  });
});
