import { expectToUse } from './support/pace-simulation';

it.each([
  [[200], 4],
  [[200, 20], 2],
  [[50, 20, 50], 3],
])('uses at least 90 %% of hidden limits of %j calls a second with %i workers, under 1 %% throttled', expectToUse);
