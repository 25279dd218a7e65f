import { makeTaskToken, readTaskToken } from '../../../local/services/stepfunctions/task-token';

describe('task tokens', () => {
  const secret = Buffer.alloc(32, 7);
  const target = { executionArn: 'arn:aws:states:us-east-1:000000000000:execution:m:e', taskId: '12' };

  it('stand for a task and tell nothing to who has no secret', () => {
    const token = makeTaskToken(secret, target);
    expect(readTaskToken(secret, token)).toEqual(target);
    expect(() => readTaskToken(Buffer.alloc(32, 8), token)).toThrow("Invalid Token: 'Invalid token'");
  });

  it('rejects a token whose target was changed', () => {
    const bytes = Buffer.from(makeTaskToken(secret, target), 'base64');
    bytes[bytes.length - 1]! ^= 1;
    expect(() => readTaskToken(secret, bytes.toString('base64'))).toThrow('Invalid token');
  });

  it.each(['', 'NoSuchTaskToken', 'A'.repeat(2000)])('rejects what is no token: %.20s', (token) => {
    expect(() => readTaskToken(secret, token)).toThrow('Invalid token');
  });
});
