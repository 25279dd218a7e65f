import { WatchedStacks } from '../../support/watched/watched-stacks';
const log = (...a: any[]) => process.stderr.write(`${a.map((x)=>typeof x==='string'?x:JSON.stringify(x)).join(' ')}\n`);
it('probes', async () => {
  let t = Date.now();
  const lap = (w: string) => { log(w, Date.now() - t); t = Date.now(); };
  const w = await WatchedStacks.start(process.env.ASSEMBLY || undefined);
  lap('start');
  await w.turn(60_000); lap('a minute of seconds');
  await w.turn(30*60_000, 60_000); lap('30 minutes of minutes');
  await w.turn(600*60_000, 60_000); lap('600 minutes of minutes');
  log(w.bells.heard);
  await w.stacks.stock('lamp', 1000);
  for (let i=0;i<5;i++) { await w.stacks.place(`o-${i}`, 'lamp'); await w.turn(10_000, 1000); lap('an order and ten seconds'); }
  for (let i=0;i<5;i++) { for (let j=0;j<10;j++) await w.stacks.place(`p-${i}-${j}`, 'lamp'); await w.turn(10_000, 1000); lap('ten orders and ten seconds'); }
  for (let i=0;i<5;i++) { for (let j=0;j<10;j++) await w.stacks.place(`q-${i}-${j}`, 'lamp'); await w.turn(300_000, 60_000); lap('ten orders and five minutes'); }
  const { Count, Items } = await w.call('dynamodb', 'Scan', { TableName: w.stacks.orders.OrdersTableName });
  const by: any = {}; for (const i of Items) by[i.status.S] = (by[i.status.S] ?? 0) + 1; log(Count, by);
  const { MetricAlarms, CompositeAlarms } = await w.call('monitoring', 'DescribeAlarms', { MaxRecords: 100 });
  log('alarms', MetricAlarms.length, CompositeAlarms?.length);
  const h = await w.call('monitoring', 'DescribeAlarmHistory', { HistoryItemType: 'StateUpdate', MaxRecords: 100 });
  log(h.AlarmHistoryItems.map((x: any) => `${x.AlarmName}: ${x.HistorySummary}`));
  log(await w.stacks.ops('intake')); lap('ops');
  log(w.bells.heard);
  log(w.stacks.stacks.warnings);
  await w.stop();
}, 600_000);
