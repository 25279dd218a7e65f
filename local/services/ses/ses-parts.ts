import type { Host } from '../../wire/host';
import type { Access, Action } from '../../wire/service';
import type { EventPublisher } from './delivery/event-publisher';
import type { Inbox } from './inbox/inbox';
import type { SesStore } from './store';

/** What the actions of SES work with. */
export interface SesParts {
  readonly host: Host;
  readonly store: SesStore;
  readonly inbox: Inbox;
  readonly events: EventPublisher;
}

/** Makes an action from the parts. */
export type ActionFactory = (parts: SesParts) => Action;

type ResourceType = 'identity' | 'configuration-set' | 'template';

/** `arn:aws:ses:REGION:ACCOUNT:identity/NAME` and the like. */
export function sesArn({ host }: Pick<SesParts, 'host'>, type: ResourceType, name: string): string {
  return `arn:aws:ses:${host.region}:${host.accountId}:${type}/${name}`;
}

/** Access to one resource that the input names. https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsimpleemailservicev2.html */
export function resourceAccess(parts: SesParts, action: string, type: ResourceType, member: string) {
  return (input: Record<string, unknown>): Access[] => [
    {
      action: `ses:${action}`,
      resource: sesArn(parts, type, String(input[member])),
      context: { 'ses:ApiVersion': '2' },
    },
  ];
}

/** Access to an action for which AWS knows no resource. */
export function anyAccess(action: string) {
  return (): Access[] => [{ action: `ses:${action}`, resource: '*', context: { 'ses:ApiVersion': '2' } }];
}
