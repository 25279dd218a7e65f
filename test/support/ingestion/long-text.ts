const WORDS = (
  'anchor barrel compass deck engine freight galley harbour island jetty keel lantern mast north oar pilot quay rudder ' +
  'sail tide under vessel wharf yard ballast cargo dock east fog gale hull inlet knot lighthouse mooring night officer ' +
  'port rope storm tackle voyage watch bow captain drift ebb flag gull hatch'
).split(' ');

const ENTRY_WORDS = 16;
const PARAGRAPH_ENTRIES = 5;

/**
 * A ship's log of exactly so many bytes: paragraphs of entries, all of which differ. With `copies` it is kept that many times,
 * one after the other: what is written once is `bytes / copies`. Another seed gives another log.
 */
export function longText(bytes: number, { seed, copies = 1 }: { seed: number; copies?: number }): Buffer {
  const once = Buffer.alloc(Math.ceil(bytes / copies), '\n');
  let state = seed >>> 0;
  const next = (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  let at = 0;
  for (let entry = 1; at < once.length; entry += 1) {
    const words = Array.from({ length: ENTRY_WORDS }, () => WORDS[next(WORDS.length)]!);
    const end = entry % PARAGRAPH_ENTRIES === 0 ? '\n\n' : '\n';
    at += once.write(`Entry ${seed}-${entry}: ${words.join(' ')}.${end}`, at);
  }
  return Buffer.concat(Array.from({ length: copies }, () => once)).subarray(0, bytes);
}
