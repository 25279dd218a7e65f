import { isChecksum, newDigest } from '../../../local/services/s3/content/checksum';

describe('a checksum', () => {
  // The check values of the CRC catalogue: https://reveng.sourceforge.io/crc-catalogue/all.htm
  it.each([
    ['CRC32', 'cbf43926'],
    ['CRC32C', 'e3069283'],
    ['CRC64NVME', 'ae8b14860a799888'],
  ] as const)('%s of 123456789 is that of the catalogue, in one piece or in several', (algorithm, expected) => {
    const whole = newDigest(algorithm);
    whole.update(Buffer.from('123456789'));
    expect(whole.digest().toString('hex')).toBe(expected);
    const pieces = newDigest(algorithm);
    for (const piece of ['1', '23', '', '456789']) pieces.update(Buffer.from(piece));
    expect(pieces.digest().toString('hex')).toBe(expected);
  });

  it('is told from other text by its length and alphabet', () => {
    expect(isChecksum('CRC32', 'NhCmhg==')).toBe(true);
    expect(isChecksum('CRC32', 'NhCmhg')).toBe(false);
    expect(isChecksum('CRC64NVME', 'NhCmhg==')).toBe(false);
  });
});
