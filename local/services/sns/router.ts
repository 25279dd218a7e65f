import type { Host } from '../../wire/host';
import type { Service } from '../../wire/service';
import { confirmSubscription } from './actions/confirm-subscription';
import { createTopic } from './actions/create-topic';
import { deleteTopic } from './actions/delete-topic';
import { getSubscriptionAttributes } from './actions/get-subscription-attributes';
import { getTopicAttributes } from './actions/get-topic-attributes';
import { listSubscriptions, listSubscriptionsByTopic, listTopics } from './actions/lists';
import { addPermission, removePermission } from './actions/permissions';
import { publish } from './actions/publish';
import { publishBatch } from './actions/publish-batch';
import { setSubscriptionAttributes } from './actions/set-subscription-attributes';
import { setTopicAttributes } from './actions/set-topic-attributes';
import { subscribe } from './actions/subscribe';
import { listTagsForResource, tagResource, untagResource } from './actions/tags';
import { unsubscribe } from './actions/unsubscribe';
import { snsPages } from './pages';
import { subscriptionResource } from './resources/subscription';
import { topicResource } from './resources/topic';
import { topicPolicyResource } from './resources/topic-policy';
import { Sns } from './sns';

/** SNS with standard and FIFO topics. See README.md for what differs from AWS. */
export function createSnsService(host: Host): Service {
  const sns = new Sns(host);
  return {
    name: 'sns',
    protocols: [{ kind: 'query', version: '2010-03-31', xmlNamespace: 'http://sns.amazonaws.com/doc/2010-03-31/' }],
    actions: {
      AddPermission: addPermission(sns),
      ConfirmSubscription: confirmSubscription(sns),
      CreateTopic: createTopic(sns),
      DeleteTopic: deleteTopic(sns),
      GetSubscriptionAttributes: getSubscriptionAttributes(sns),
      GetTopicAttributes: getTopicAttributes(sns),
      ListSubscriptions: listSubscriptions(sns),
      ListSubscriptionsByTopic: listSubscriptionsByTopic(sns),
      ListTagsForResource: listTagsForResource(sns),
      ListTopics: listTopics(sns),
      Publish: publish(sns),
      PublishBatch: publishBatch(sns),
      RemovePermission: removePermission(sns),
      SetSubscriptionAttributes: setSubscriptionAttributes(sns),
      SetTopicAttributes: setTopicAttributes(sns),
      Subscribe: subscribe(sns),
      TagResource: tagResource(sns),
      Unsubscribe: unsubscribe(sns),
      UntagResource: untagResource(sns),
    },
    resources: [topicResource(sns), subscriptionResource(sns), topicPolicyResource(sns)],
    resourcePolicy: (arn) => sns.policyOf(arn),
    pages: snsPages(sns),
    resume: () => sns.deliverer.resume(),
    stop: async () => sns.deliverer.stop(),
  };
}
