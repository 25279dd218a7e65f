import { MISSING_GRANTS, namesAll, refusalWithout } from './missing-grants';

it.each(MISSING_GRANTS)(
  'fails: %s without %s on %s is denied, with all three named',
  async (_role, _action, _resource, missing) => {
    const message = await refusalWithout(missing);
    expect([message, namesAll(message, missing)]).toEqual([message, true]);
  },
);
