/** Who calls the API, as its authorizer found out. */
export type ApiCaller =
  | { readonly kind: 'iam'; readonly userArn: string }
  | { readonly kind: 'jwt'; readonly issuer: string; readonly subject: string };

/** The owner of orders that were placed by an event and not through the API. */
export const EVENT_OWNER = 'events';

/**
 * Who owns what a caller places: the ARN of the user or role, without the session, which changes with every sign-in;
 * for a token its issuer and subject. `arn:aws:sts::123456789012:assumed-role/Clerk/anna` gives
 * `arn:aws:iam::123456789012:role/Clerk`.
 */
export function ownerOf(caller: ApiCaller): string {
  if (caller.kind === 'jwt') return `${caller.issuer}|${caller.subject}`;
  const session = /^arn:([\w-]+):sts::(\d+):assumed-role\/([^/]+)\//.exec(caller.userArn);
  return session ? `arn:${session[1]}:iam::${session[2]}:role/${session[3]}` : caller.userArn;
}

/**
 * Whether a caller may see an order. IAM callers also see orders placed by events, whose producers are of the same
 * account.
 */
export function maySee(caller: ApiCaller, order: { readonly owner?: string }): boolean {
  if (order.owner === undefined || order.owner === EVENT_OWNER) return caller.kind === 'iam';
  return order.owner === ownerOf(caller);
}
