import { atOnce } from '../../at-once';
import type { Aws } from '../aws';
import { queryApi } from '../query-api';
import { type Check, forAll, passed } from './check';

const AT_ONCE = 3;

/** The outputs that name the roles of people. */
const ROLES = ['OperatorRoleArn', 'AuditorRoleArn', 'OnCallRoleArn'];

export const rolesNarrow: Check = {
  id: 'roles-narrow',
  line: 'the roles of operators, auditors and those on call name who may assume them',
  async run(aws) {
    const arns = aws.deployment.stacks.flatMap(({ outputs }) =>
      ROLES.flatMap((output) => (output in outputs ? outputs[output]! : [])),
    );
    if (arns.length === 0) return passed('none is deployed');
    const roles = await atOnce(arns, AT_ONCE, async (arn) => ({ arn, open: opensTo(await trustOf(aws, arn)) }));
    return forAll(roles, 'roles', ({ arn, open }) => (open ? `${arn.split('/').pop()} lets ${open} in` : undefined));
  },
};

interface Trust {
  readonly Statement: readonly {
    readonly Effect: string;
    readonly Principal?: string | Record<string, string | string[]>;
  }[];
}

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRole.html: the trust policy is JSON, percent-encoded. */
async function trustOf(aws: Aws, arn: string): Promise<Trust> {
  const api = { service: 'iam', version: '2010-05-08', region: 'us-east-1' };
  const xml = await queryApi(aws, api, 'GetRole', { RoleName: arn.split('/').pop()! });
  const [, text] = /<AssumeRolePolicyDocument>([^<]*)</.exec(xml) ?? [];
  if (text === undefined) throw new Error(`IAM does not tell who may assume ${arn}.`);
  return JSON.parse(decodeURIComponent(text));
}

/** A principal that is a pattern; undefined when there is none. */
function opensTo({ Statement }: Trust): string | undefined {
  return Statement.filter(({ Effect }) => Effect === 'Allow')
    .flatMap(({ Principal = '*' }) => (typeof Principal === 'string' ? Principal : Object.values(Principal).flat()))
    .find((principal) => principal.includes('*'));
}
