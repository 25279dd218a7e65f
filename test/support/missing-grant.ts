import type { EmbeddedAws } from '../../local/embedded-aws';
import type { Caller } from '../../local/wire/caller';

/** Takes an action from those statements of a policy that are meant, and a statement that has none left; gives from how many it was taken. */
export function removeAction(policy: any, action: string, isMeant: (statement: any) => boolean = () => true): number {
  let removed = 0;
  for (const statement of policy.Statement.filter(isMeant)) {
    const before = [statement.Action].flat();
    statement.Action = before.filter((candidate) => candidate !== action);
    removed += before.length - statement.Action.length;
  }
  policy.Statement = policy.Statement.filter((statement: any) => statement.Action.length > 0);
  return removed;
}

/** The message of the first refusal of an action, to callers that are meant. */
export function nextRefusal(
  { authorizer }: EmbeddedAws,
  action: string,
  isMeant: (caller: Caller) => boolean = () => true,
): Promise<string> {
  const authorize = authorizer.authorize.bind(authorizer);
  return new Promise((resolve) => {
    authorizer.authorize = (caller, service, access, resourcePolicy) => {
      try {
        authorize(caller, service, access, resourcePolicy);
      } catch (error) {
        if (access.action === action && isMeant(caller)) resolve((error as Error).message);
        throw error;
      }
    };
  });
}
