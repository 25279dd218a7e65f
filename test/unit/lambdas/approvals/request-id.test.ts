import { requestIdOf as idOfOperators } from '../../../../bin/commands/ops/stuck/request-id';
import { REQUEST_ID_PATTERN } from '../../../../lambdas/approvals/contracts/fields';
import { requestIdOf } from '../../../../lambdas/approvals/domain/request-id';

const KEYS = Array.from({ length: 500 }, (_, number) => `key-${number}`);

describe('the id of a request', () => {
  it('is the same for the same key, another for another, and never looks like an option of a command', () => {
    const ids = KEYS.map(requestIdOf);
    expect(ids.filter((id) => !REQUEST_ID_PATTERN.test(id) || id.startsWith('-'))).toEqual([]);
    expect(new Set(ids).size).toBe(KEYS.length);
    expect(KEYS.map(requestIdOf)).toEqual(ids);
    // One that SHA-256 lets begin with `-`.
    expect(requestIdOf('key-32')).toBe('_SiOsCefmqDBkOGeakWgpwW6vZt');
  });

  it('is made by the operators as by the function', () => {
    expect(KEYS.map(idOfOperators)).toEqual(KEYS.map(requestIdOf));
  });
});
