import { BlockList, isIP } from 'node:net';
import { PatternError } from './pattern-error';

/** `{"cidr": "10.0.0.0/24"}`, IPv4 or IPv6. */
export function compileCidr(text: string): (leaf: unknown) => boolean {
  const [address, prefix, ...more] = text.split('/');
  const family = isIP(address!);
  if (prefix === undefined || more.length > 0) {
    throw new PatternError(`Malformed CIDR, one '/' required: ${text}`);
  }
  if (family === 0) throw new PatternError(`Nonstandard IP address: ${address}`);
  if (!/^\d{1,3}$/.test(prefix)) throw new PatternError('Malformed CIDR, mask bits must be an integer');
  const bits = Number(prefix);
  const mostBits = family === 4 ? 32 : 128;
  if (bits > mostBits) {
    throw new PatternError(`IPv${family} mask bits must be <= ${mostBits}`);
  }
  const block = new BlockList();
  block.addSubnet(address!, bits, family === 4 ? 'ipv4' : 'ipv6');
  return (leaf) =>
    typeof leaf === 'string' && isIP(leaf) === family && block.check(leaf, family === 4 ? 'ipv4' : 'ipv6');
}
