import * as fc from 'fast-check';
import { SeededRandom } from '../../../local/kernel/random';
import { physicalName } from '../../../local/services/cloudformation/physical-name';

const random = new SeededRandom(1);
const long = 'x'.repeat(200);

it('is the stack, the logical id and twelve characters', () => {
  expect(physicalName('stack', 'Queue', 80, random)).toMatch(/^stack-Queue-[A-Z0-9]{12}$/);
});

it('cuts the longer of the two first', () => {
  expect(physicalName('stack', long, 40, random)).toMatch(/^stack-x{21}-[A-Z0-9]{12}$/);
  expect(physicalName(long, 'Queue', 40, random)).toMatch(/^x{21}-Queue-[A-Z0-9]{12}$/);
  expect(physicalName(long, long, 40, random)).toMatch(/^x{13}-x{13}-[A-Z0-9]{12}$/);
});

it('is never longer than it may be', () => {
  const name = fc.string({ minLength: 1, maxLength: 100 });
  fc.assert(
    fc.property(
      name,
      name,
      fc.integer({ min: 1, max: 255 }),
      (stack, id, max) => physicalName(stack, id, max, random).length <= max,
    ),
  );
});
