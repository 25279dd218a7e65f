import { type ApiCaller, EVENT_OWNER, maySee, ownerOf } from '../../../lambdas/orders/domain/owner';

const clerk: ApiCaller = { kind: 'iam', userArn: 'arn:aws:sts::123456789012:assumed-role/Clerk/anna' };
const clerkLater: ApiCaller = { kind: 'iam', userArn: 'arn:aws:sts::123456789012:assumed-role/Clerk/bert' };
const user: ApiCaller = { kind: 'iam', userArn: 'arn:aws:iam::123456789012:user/anna' };
const token: ApiCaller = { kind: 'jwt', issuer: 'https://issuer.example', subject: 'anna' };

describe('ownerOf', () => {
  it('is the role without the session, so that another session of the role is the same owner', () => {
    expect(ownerOf(clerk)).toBe('arn:aws:iam::123456789012:role/Clerk');
    expect(ownerOf(clerkLater)).toBe(ownerOf(clerk));
  });

  it('is the ARN of a user, and of a token its issuer and subject', () => {
    expect(ownerOf(user)).toBe('arn:aws:iam::123456789012:user/anna');
    expect(ownerOf(token)).toBe('https://issuer.example|anna');
  });
});

describe('maySee', () => {
  it('lets owners see their orders and nobody else', () => {
    const order = { owner: ownerOf(clerk) };
    expect(maySee(clerkLater, order)).toBe(true);
    expect(maySee(user, order)).toBe(false);
    expect(maySee(token, order)).toBe(false);
  });

  it('lets IAM callers see orders placed by events, and callers with a token not', () => {
    for (const order of [{ owner: EVENT_OWNER }, {}]) {
      expect(maySee(user, order)).toBe(true);
      expect(maySee(token, order)).toBe(false);
    }
  });
});
