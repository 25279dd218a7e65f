import { AssemblyError } from './assembly-error';

/** The blocks of `Fn::Cidr` for IPv4: `count` of them with `bits` host bits each, from the start of `block`. */
export function cidrBlocks(block: string, count: number, bits: number): string[] {
  const match = /^(\d+)\.(\d+)\.(\d+)\.(\d+)\/(\d+)$/.exec(String(block));
  if (!match) throw new AssemblyError(`Template error: Fn::Cidr takes an IPv4 block such as 10.0.0.0/16, not ${block}`);
  const [a, b, c, d, prefix] = match.slice(1).map(Number) as [number, number, number, number, number];
  const size = 2 ** bits;
  const first = Math.floor((((a * 256 + b) * 256 + c) * 256 + d) / 2 ** (32 - prefix)) * 2 ** (32 - prefix);
  if (!(count >= 1 && count <= 256) || count * size > 2 ** (32 - prefix)) {
    throw new AssemblyError(`Template error: Fn::Cidr cannot cut ${count} blocks of ${bits} bits from ${block}`);
  }
  return Array.from({ length: count }, (_, index) => {
    const address = first + index * size;
    return `${[24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join('.')}/${32 - bits}`;
  });
}
