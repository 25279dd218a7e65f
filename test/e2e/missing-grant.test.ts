import { MISSING, namesAll, refusalWithout, template } from './missing-grants';

describe('a role without one of its grants', () => {
  it('is tried for every role of the stack', () => {
    const roles = Object.entries<any>(template.Resources).filter(([, resource]) => resource.Type === 'AWS::IAM::Role');
    const untried = roles.map(([id]) => id).filter((id) => !MISSING.some(({ role }) => id.startsWith(role)));
    expect(untried).toEqual([]);
    expect(MISSING).toHaveLength(roles.length);
  });

  // Every third here, all of them in the deep test.
  it.each(
    MISSING.filter((_, index) => index % 3 === 0).map((missing) => [missing.role, missing.action, missing] as const),
  )(
    'fails: %s without %s is denied, with the role, the action and the resource named',
    async (_role, _action, missing) => {
      const message = await refusalWithout(missing);
      expect([message, namesAll(message, missing)]).toEqual([message, true]);
    },
  );
});
