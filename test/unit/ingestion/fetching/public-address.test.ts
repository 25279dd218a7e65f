import { checkedUrl, hostOf } from '../../../../lambdas/ingestion/adapters/fetching/checked-url';
import { isPublicAddress } from '../../../../lambdas/ingestion/adapters/fetching/public-address';

const refusal = expect.objectContaining({ name: 'DocumentRefused' });

describe('addresses', () => {
  it.each([
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '127.0.0.1',
    '127.255.255.254',
    '169.254.169.254',
    '169.254.170.2',
    '172.16.0.1',
    '172.31.255.255',
    '192.0.0.192',
    '192.168.1.1',
    '198.18.0.1',
    '203.0.113.9',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:8.8.8.8',
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
    '::127.0.0.1',
    '64:ff9b::7f00:1',
    '64:ff9b:1::1',
    'fc00::1',
    'fd00:ec2::254',
    'fe80::1',
    'fe80::1%eth0',
    'fec0::1',
    'ff02::1',
    '2001::1',
    '2001:db8::1',
    '2002:7f00:1::',
    '3fff::1',
    'not an address',
    '',
  ])('rejects %s', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  it.each(['8.8.8.8', '93.184.216.34', '172.32.0.1', '100.128.0.1', '2606:2800:220:1::1', '2a00:1450:4001::1'])(
    'takes %s',
    (address) => {
      expect(isPublicAddress(address)).toBe(true);
    },
  );
});

describe('notations', () => {
  it.each([
    'http://2130706433/',
    'http://0x7f000001/',
    'http://0177.0.0.1/',
    'http://0x7f.1/',
    'http://127.1/',
    'http://127.0.0.1./',
    'http://①②⑦.⓪.⓪.①/',
    'http://0xa9fea9fe/latest/meta-data',
    'http://2852039166/',
    'http://0251.0376.0251.0376/',
    'http://[::ffff:127.0.0.1]/',
    'http://[::ffff:a9fe:a9fe]/',
    'http://[0:0:0:0:0:0:0:1]/',
    'http://0/',
  ])('of private addresses are seen through: %s', (address) => {
    expect(isPublicAddress(hostOf(checkedUrl(address)).replace(/\.$/, ''))).toBe(false);
  });

  it.each([
    'file:///etc/passwd',
    'ftp://example.com/',
    'gopher://example.com/',
    'data:text/plain,x',
    'http://user:secret@example.com/',
    'http://example.com:8080/',
    'http://example.com:22/',
    'http://localhost/',
    'http://LOCALHOST./',
    'http://metadata/',
    'http://metadata.google.internal/',
    'http://printer.local/',
    'http://[fe80::1%25eth0]/',
    'http://256.1.1.1/',
    'http:///',
    'no address',
    `http://example.com/${'a'.repeat(3_000)}`,
  ])('rejects %s', (address) => {
    expect(() => checkedUrl(address)).toThrow(refusal);
  });

  it('takes the usual ones', () => {
    expect(checkedUrl('https://example.com:443/a?b#c').href).toBe('https://example.com/a?b#c');
  });
});
