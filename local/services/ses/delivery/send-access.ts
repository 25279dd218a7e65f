/**
 * What a caller must be allowed before a mail is sent: the operation on the identity of the sender, on the configuration set, and
 * on a stored template.
 * https://docs.aws.amazon.com/ses/latest/dg/control-user-access.html
 */
import type { Access } from '../../../wire/service';
import { type SesParts, sesArn } from '../ses-parts';
import type { Sending } from './sending';

export function sendAccess(parts: SesParts, sending: Sending): Access[] {
  const { from, addresses, feedbackText, content } = sending;
  const identity = parts.store.identityCovering(from.address);
  const set = sending.configurationSetName ?? identity?.configurationSetName;
  const resources = [
    sending.identityArn ?? identity?.arn ?? sesArn(parts, 'identity', from.address),
    ...(set === undefined ? [] : [sesArn(parts, 'configuration-set', set)]),
    ...(content.kind === 'template' && content.name ? [sesArn(parts, 'template', content.name)] : []),
  ];
  const context = {
    'ses:ApiVersion': '2',
    'ses:FromAddress': from.address,
    'ses:Recipients': [...addresses],
    ...(from.displayName !== undefined && { 'ses:FromDisplayName': from.displayName }),
    ...(feedbackText !== undefined && { 'ses:FeedbackAddress': feedbackText }),
  };
  return resources.map((resource) => ({ action: `ses:${sending.operation}`, resource, context }));
}
