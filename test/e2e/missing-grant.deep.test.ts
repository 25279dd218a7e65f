import { MISSING, namesAll, refusalWithout } from './missing-grants';

it.each(MISSING.map((missing) => [missing.role, missing.action, missing] as const))(
  'fails: %s without %s is denied, with the role, the action and the resource named',
  async (_role, _action, missing) => {
    const message = await refusalWithout(missing);
    expect([message, namesAll(message, missing)]).toEqual([message, true]);
  },
);
