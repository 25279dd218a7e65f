import * as fc from 'fast-check';
import { matchesWildcard } from '../../../local/services/iam/wildcard';
import { ask, isAllowed } from './ask';

const actions = ['sqs:SendMessage', 'sqs:ReceiveMessage', 'dynamodb:PutItem', 'dynamodb:GetItem'];
const resources = ['arn:aws:sqs:us-east-1:000000000000:orders', 'arn:aws:dynamodb:us-east-1:000000000000:table/t'];
const actionPattern = fc.constantFrom(...actions, '*', 'sqs:*', 'dynamodb:Get*', 's3:*');
const resourcePattern = fc.constantFrom(...resources, '*', 'arn:aws:sqs:*', 'arn:aws:s3:::b');
const condition = fc.option(
  fc.constantFrom(
    { Bool: { 'aws:SecureTransport': 'true' } },
    { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } },
  ),
  { nil: undefined },
);
const elements = fc.record({
  Action: fc.array(actionPattern, { minLength: 1, maxLength: 3 }),
  Resource: fc.array(resourcePattern, { minLength: 1, maxLength: 2 }),
  Condition: condition,
});
const statement = fc.tuple(fc.constantFrom('Allow', 'Deny'), elements).map(([Effect, rest]) => ({ Effect, ...rest }));
const request = fc.record({ action: fc.constantFrom(...actions), resource: fc.constantFrom(...resources) });

it('never allows more when a deny is added', () => {
  fc.assert(
    fc.property(fc.array(statement), elements, request, fc.nat(), (statements, denied, asked, at) => {
      const identity = [...statements];
      identity.splice(at % (statements.length + 1), 0, { Effect: 'Deny', ...denied });
      return !isAllowed({ ...asked, identity }) || isAllowed({ ...asked, identity: statements });
    }),
    { numRuns: 2000 },
  );
});

it('never allows less when an allow is added', () => {
  fc.assert(
    fc.property(fc.array(statement), elements, request, (statements, allowed, asked) => {
      const identity = [...statements, { Effect: 'Allow', ...allowed }];
      return isAllowed({ ...asked, identity }) || !isAllowed({ ...asked, identity: statements });
    }),
    { numRuns: 2000 },
  );
});

it('never allows what no statement names', () => {
  fc.assert(
    fc.property(
      fc.array(statement),
      (identity) =>
        !isAllowed({ identity, action: 'lambda:InvokeFunction' }) ||
        identity.some(({ Action }) => Action.includes('*')),
    ),
  );
});

it('decides the same in any order of statements', () => {
  fc.assert(
    fc.property(fc.array(statement), request, (identity, asked) => {
      const reversed = [...identity].reverse();
      return JSON.stringify(ask({ ...asked, identity })) === JSON.stringify(ask({ ...asked, identity: reversed }));
    }),
  );
});

it('never allows more under a boundary or a session policy', () => {
  fc.assert(
    fc.property(fc.array(statement), fc.array(statement), request, (identity, limits, asked) => {
      const free = isAllowed({ ...asked, identity });
      return (
        (!isAllowed({ ...asked, identity, boundary: limits }) || free) &&
        (!isAllowed({ ...asked, identity, session: limits }) || free)
      );
    }),
  );
});

it('matches wildcards as a regular expression would', () => {
  const letters = fc.array(fc.constantFrom('a', 'b', '*', '?', '.'), { maxLength: 8 }).map((parts) => parts.join(''));
  const text = fc.array(fc.constantFrom('a', 'b', '.'), { maxLength: 8 }).map((parts) => parts.join(''));
  fc.assert(
    fc.property(letters, text, (pattern, value) => {
      const source = pattern.replaceAll('.', '\\.').replaceAll('*', '.*').replaceAll('?', '.');
      return matchesWildcard(pattern, value) === new RegExp(`^${source}$`, 's').test(value);
    }),
    { numRuns: 5000 },
  );
});
