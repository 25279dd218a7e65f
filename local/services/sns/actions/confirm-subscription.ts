import type { Action } from '../../../wire/service';
import { invalidParameter, topicDoesNotExist } from '../faults';
import type { Subscription } from '../model';
import type { Sns } from '../sns';

interface ConfirmInput {
  readonly TopicArn?: string;
  readonly Token?: string;
  readonly AuthenticateOnUnsubscribe?: string | boolean;
}

/** Confirms the subscription of a token. Throws NotFound, InvalidParameter. */
export function confirm(
  sns: Sns,
  topicArn: string | null | undefined,
  token: string | null | undefined,
  wasAuthenticated: boolean,
  needsAuthenticationToUnsubscribe = false,
): Subscription {
  if (!sns.store.topic(topicArn ?? '')) throw topicDoesNotExist();
  const found = token && sns.store.subscriptionsTo(topicArn!).find((subscription) => subscription.token === token);
  if (!found) throw invalidParameter('Token');
  if (found.isPending) sns.store.confirm(found, wasAuthenticated, needsAuthenticationToUnsubscribe);
  return found;
}

/** https://docs.aws.amazon.com/sns/latest/api/API_ConfirmSubscription.html */
export function confirmSubscription(sns: Sns): Action<ConfirmInput> {
  return {
    access: sns.accessOnTopic('ConfirmSubscription'),
    handle: ({ TopicArn, Token, AuthenticateOnUnsubscribe }) => {
      const isGuarded = String(AuthenticateOnUnsubscribe) === 'true';
      return { SubscriptionArn: confirm(sns, TopicArn, Token, isGuarded, isGuarded).arn };
    },
  };
}
