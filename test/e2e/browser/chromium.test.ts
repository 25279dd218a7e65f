import { findChromium } from '../../support/browser/chromium';
import { mustHaveBrowser } from '../../support/browser/describe-in-browser';

/** Whether the browser tests run at all must not hang on luck. */
describe('the Chromium of the tests', () => {
  const only =
    (...files: string[]) =>
    (file: string) =>
      files.includes(file);

  it('is the one that CHROMIUM names', () => {
    expect(findChromium({ CHROMIUM: '/opt/mine' }, only('/opt/mine', '/usr/bin/chromium'))).toBe('/opt/mine');
  });

  it('is the first that is installed', () => {
    const exists = only('/usr/bin/google-chrome', '/usr/bin/chromium');
    expect(findChromium({}, exists)).toBe('/usr/bin/chromium');
    expect(findChromium({}, only('/usr/bin/google-chrome'))).toBe('/usr/bin/google-chrome');
    expect(findChromium({}, only())).toBeUndefined();
  });

  it('fails when CHROMIUM names nothing that is there', () => {
    expect(() => findChromium({ CHROMIUM: '/opt/mine' }, only('/usr/bin/chromium'))).toThrow('/opt/mine');
  });

  it.each([
    [{ CI: '1' }, true],
    [{ CI: 'true' }, true],
    [{ STEPWRIGHT_REQUIRE_BROWSER: '1' }, true],
    [{ CI: '' }, false],
    [{}, false],
  ])('may be missing or not, as %j says', (env, isNeeded) => {
    expect(mustHaveBrowser(env)).toBe(isNeeded);
  });
});
