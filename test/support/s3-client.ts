import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { SeededRandom } from '../../local/kernel/random';
import { SimulatedClock } from '../../local/kernel/simulated-clock';
import { createS3Service } from '../../local/services/s3/router';
import type { Host } from '../../local/wire/host';
import type { Service } from '../../local/wire/service';
import { type RunningGateway, startGateway } from './embedded';

/** An S3 on a clock that the test turns, with buckets of their own for each test, called by the AWS SDK. */
export class S3Bench {
  readonly clock = new SimulatedClock();
  running!: RunningGateway;
  s3!: S3Client;
  private buckets = 0;

  async start(neighbours: (host: Host) => Service[] = () => []): Promise<void> {
    const kernel = { clock: this.clock, random: new SeededRandom('s3') };
    this.running = await startGateway((host) => [createS3Service(host), ...neighbours(host)], { kernel });
    this.s3 = new S3Client(this.running.client);
  }

  async stop(): Promise<void> {
    this.s3.destroy();
    await this.running.close();
  }

  /** A new bucket; gives its name. */
  async bucket(): Promise<string> {
    const Bucket = `bucket-${++this.buckets}`;
    await this.s3.send(new CreateBucketCommand({ Bucket }));
    return Bucket;
  }

  /** A request without the SDK. */
  fetch(path: string, init?: RequestInit): Promise<Response> {
    return fetch(this.running.url + path, init);
  }
}

/** A promise's refusal as the SDK shows it. */
export async function refusalOf(promise: Promise<unknown>): Promise<{ name: string; status: number; message: string }> {
  const error: any = await promise.then(
    () => {
      throw new Error('the request was not refused');
    },
    (reason) => reason,
  );
  return { name: error.name, status: error.$metadata?.httpStatusCode, message: error.message };
}
