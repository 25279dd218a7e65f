import { synthesizedTemplate } from '../../support/changed-assembly';
import { MISSING_GRANTS, namesAll, refusalWithout } from './missing-grants';

/** The first grant of each role; the deep test tries them all, this one every third. */
const FIRST = MISSING_GRANTS.filter(([role], index) => MISSING_GRANTS.findIndex(([other]) => other === role) === index);

describe('a role of approvals without one of its grants', () => {
  it('is tried for every role of the stack', () => {
    const roles = Object.entries<any>(synthesizedTemplate('approvals').Resources)
      .filter(([, { Type }]) => Type === 'AWS::IAM::Role')
      .map(([id]) => id);
    expect(roles.filter((id) => !FIRST.some(([role]) => id.startsWith(role)))).toEqual([]);
    expect(FIRST).toHaveLength(roles.length);
  });

  it.each(FIRST.filter((_, index) => index % 3 === 0))(
    'fails: %s without %s on %s is denied, with all three named',
    async (_role, _action, _resource, missing) => {
      const message = await refusalWithout(missing);
      expect([message, namesAll(message, missing)]).toEqual([message, true]);
    },
  );
});
