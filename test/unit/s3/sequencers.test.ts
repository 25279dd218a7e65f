import type { Clock } from '../../../local/kernel/clock';
import { SeededRandom } from '../../../local/kernel/random';
import { createS3Service } from '../../../local/services/s3/router';
import { administrator, Gateway } from '../../../local/wire/gateway';
import { MemoryJournal } from '../../support/memory-journal';
import { recordingService } from '../../support/recording-service';

it('later events of an object have a greater sequencer, also when the clock was set back, and in a later process', async () => {
  const sequencers: string[] = [];
  let nowMs = Date.UTC(2026, 0, 2);
  const clock: Clock = { now: () => nowMs, schedule: () => ({ cancel: () => undefined }) };
  let journal = new MemoryJournal();
  const begin = () => {
    const gateway = new Gateway({ kernel: { clock, random: new SeededRandom(1) }, journal });
    const events = recordingService('events', {
      PutEvents: ({ Entries }) => {
        sequencers.push(JSON.parse(Entries[0].Detail).object.sequencer);
        return {};
      },
    });
    gateway.register(events, createS3Service(gateway));
    return (action: string, input: object) =>
      gateway.call(administrator(gateway.accountId), 's3', action, { Bucket: 'bucket', ...input });
  };
  let call = begin();
  await call('CreateBucket', {});
  const NotificationConfiguration = { EventBridgeConfiguration: {} };
  await call('PutBucketNotificationConfiguration', { NotificationConfiguration });
  await call('PutObject', { Key: 'a', Body: '1' });
  await call('PutObject', { Key: 'a', Body: '2' });
  nowMs -= 60_000;
  await call('PutObject', { Key: 'a', Body: '3' });
  journal = journal.reopened();
  call = begin();
  await call('PutObject', { Key: 'a', Body: '4' });
  nowMs += 120_000;
  await call('DeleteObject', { Key: 'a' });
  expect(sequencers).toHaveLength(5);
  expect([...new Set(sequencers)].sort()).toEqual(sequencers);
});
