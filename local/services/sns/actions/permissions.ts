import type { Action } from '../../../wire/service';
import { defaultPolicy } from '../default-policy';
import { invalidParameter } from '../faults';
import type { Topic } from '../model';
import type { Sns } from '../sns';

interface PermissionInput {
  readonly TopicArn?: string;
  readonly Label?: string;
  readonly AWSAccountId?: readonly string[];
  readonly ActionName?: readonly string[];
}

interface Policy {
  readonly Statement: readonly { readonly Sid?: string }[];
}

function policyOf(sns: Sns, topic: Topic): Policy {
  const text = topic.attributes.Policy;
  return text ? JSON.parse(text) : defaultPolicy(topic.arn, sns.host.accountId);
}

function setStatements(sns: Sns, topic: Topic, policy: Policy, Statement: readonly object[]): void {
  const Policy = JSON.stringify({ ...policy, Statement });
  sns.store.setTopicAttributes(topic, { ...topic.attributes, Policy });
}

/** https://docs.aws.amazon.com/sns/latest/api/API_AddPermission.html */
export function addPermission(sns: Sns): Action<PermissionInput> {
  return {
    access: sns.accessOnTopic('AddPermission'),
    handle: ({ TopicArn, Label, AWSAccountId: accounts = [], ActionName: actions = [] }) => {
      const topic = sns.topicOf(TopicArn);
      if (!Label) throw invalidParameter('Label');
      if (accounts.length === 0 || accounts.some((account) => !/^\d{12}$/.test(account))) {
        throw invalidParameter('AWSAccountId');
      }
      if (actions.length === 0) throw invalidParameter('ActionName');
      const policy = policyOf(sns, topic);
      if (policy.Statement.some(({ Sid }) => Sid === Label)) throw invalidParameter('Statement already exists');
      const principals = accounts.map((account) => `arn:aws:iam::${account}:root`);
      const names = actions.map((action) => `SNS:${action}`);
      setStatements(sns, topic, policy, [
        ...policy.Statement,
        {
          Sid: Label,
          Effect: 'Allow',
          Principal: { AWS: principals.length === 1 ? principals[0] : principals },
          Action: names.length === 1 ? names[0] : names,
          Resource: topic.arn,
        },
      ]);
    },
  };
}

/** A label that is not there is none to remove. https://docs.aws.amazon.com/sns/latest/api/API_RemovePermission.html */
export function removePermission(sns: Sns): Action<PermissionInput> {
  return {
    access: sns.accessOnTopic('RemovePermission'),
    handle: ({ TopicArn, Label }) => {
      const topic = sns.topicOf(TopicArn);
      const policy = policyOf(sns, topic);
      const left = policy.Statement.filter(({ Sid }) => Sid !== Label);
      if (left.length < policy.Statement.length) setStatements(sns, topic, policy, left);
    },
  };
}
