import type { Random } from '../../kernel/random';

const SUFFIX_LENGTH = 12;
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

/**
 * A physical name as CloudFormation makes it: `stack-logicalId-SUFFIX`, the first two cut so that all is at most
 * `maxLength` characters long.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-name.html
 */
export function physicalName(stackName: string, logicalId: string, maxLength: number, random: Random): string {
  const suffix = Array.from(
    { length: SUFFIX_LENGTH },
    () => ALPHABET[Math.floor(random.next() * ALPHABET.length)],
  ).join('');
  const room = maxLength - SUFFIX_LENGTH - 2;
  if (room < 2) return suffix.slice(0, maxLength);
  const half = Math.floor(room / 2);
  const stackLength = Math.min(stackName.length, Math.max(half, room - logicalId.length));
  const idLength = Math.min(logicalId.length, room - stackLength);
  return `${stackName.slice(0, stackLength)}-${logicalId.slice(0, idLength)}-${suffix}`;
}
