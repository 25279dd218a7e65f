import { optionalVariable, requireVariable } from '../../../lambdas/shared/environment';

describe('the environment', () => {
  it('gives a variable that is set', () => {
    expect(requireVariable('TABLE', { TABLE: 'orders' })).toBe('orders');
  });

  it.each([{}, { TABLE: '' }])('fails with the name of a variable that is missing in %j', (environment) => {
    expect(() => requireVariable('TABLE', environment)).toThrow('TABLE is not set');
  });

  it('takes an empty optional variable as absent', () => {
    expect(optionalVariable('TABLE', { TABLE: '' })).toBeUndefined();
  });
});
