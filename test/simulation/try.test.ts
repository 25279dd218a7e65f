import { search } from './world/search';
it('tries', async () => {
  const from = Number(process.env.FROM ?? 1), n = Number(process.env.N ?? 20);
  const seen: Record<string, number[]> = {};
  let at = from; let report = '';
  let total: any = { ends: {}, ms: 0 , faults: 0};
  while (at < from + n) {
    const f = await search({ fromSeed: at, worlds: from + n - at });
    at += f.worlds; total.ms += f.milliseconds; total.faults += f.faults;
    for (const [k, v] of Object.entries(f.ends)) total.ends[k] = (total.ends[k] ?? 0) + v;
    if (f.failure) { for (const v of f.failure.violations) (seen[v.invariant] ??= []).push(f.failure.seed); 
      if (process.env.SHOW ? f.failure.violations.some(v=>v.invariant.includes(process.env.SHOW!)) : true) report ||= f.failure.report; }
  }
  require('fs').writeFileSync('/tmp/sim-report.txt', report);
  console.log(n, total, Object.fromEntries(Object.entries(seen).map(([k,v])=>[k, v.length + ': ' + v.slice(0,8)])));
});
