import { type Evidence, Judge } from '../../../local/cli/iam/judge';
import { mutantsOf } from '../../../local/cli/iam/mutants';
import { plantedAssembly, plantMutant } from '../../../local/cli/iam/planted-assembly';
import { PARTS, runWorkload } from '../../../local/cli/iam/run-workload';
import { unused, usageOf } from '../../../local/cli/iam/usage';
import { ASSEMBLY_FOLDER } from '../../support/assembly-folder';

const ORDERS = PARTS.filter(({ name }) => name === 'orders');
const PLANTED = 'sqs:PurgeQueue';
const ROLE = 'StepsShipOrderRole';

let evidence: Evidence;

beforeAll(async () => {
  const planted = plantedAssembly(ASSEMBLY_FOLDER, 'stepwright-dev-orders', (template) => {
    const [, policy] = Object.entries<any>(template.Resources).find(([id]) => id.startsWith(`${ROLE}DefaultPolicy`))!;
    policy.Properties.PolicyDocument.Statement.push({ Effect: 'Allow', Action: PLANTED, Resource: '*' });
  });
  evidence = await runWorkload(planted.folder, undefined, ORDERS);
  planted.remove();
}, 120_000);

it('is refused nothing by the policies of the stacks', () => {
  expect(evidence.endedBy).toBeUndefined();
});

it('reports a grant that was planted and that nobody uses', () => {
  const usage = usageOf(evidence, new Judge(evidence));
  const ofShipping = unused(usage).filter(({ policy }) => policy.logicalId.startsWith(ROLE));
  expect(ofShipping.map(({ taken }) => taken.name)).toEqual([PLANTED, '*']);
});

it('ends with the refusal that a mutant was said to cause', async () => {
  const judge = new Judge(evidence);
  const mutant = mutantsOf(evidence.policies).find(
    ({ policy, taken }) => policy.logicalId.startsWith(ROLE) && taken.name === 'dynamodb:BatchGetItem',
  )!;
  const expected = judge.noticedBy(mutant)!;
  const planted = plantedAssembly(ASSEMBLY_FOLDER, mutant.policy.stackName, (template) =>
    plantMutant(template, mutant),
  );
  const { endedBy } = await runWorkload(planted.folder, undefined, ORDERS);
  planted.remove();
  expect(endedBy).toMatchObject({ action: expected.action });
  expect(endedBy!.caller).toMatchObject({ kind: 'role', roleArn: expect.stringContaining(ROLE.slice(0, 15)) });
}, 120_000);
