import type { ResourceProvider } from '../../../wire/resource-provider';
import { checkStreamName, type LogsParts } from '../logs-parts';

interface LogStreamProperties {
  readonly LogGroupName: string;
  readonly LogStreamName?: string;
}

/** AWS::Logs::LogStream. `Ref` is `GROUP|STREAM`, since the name alone does not say whose it is. */
export function logStreamResource({ store, host }: LogsParts): ResourceProvider<LogStreamProperties> {
  return {
    type: 'AWS::Logs::LogStream',
    properties: { LogGroupName: 'emulated', LogStreamName: 'emulated' },
    create({ LogGroupName, LogStreamName }, context) {
      const name = checkStreamName(LogStreamName ?? context.generateName(512));
      store.createStream(LogGroupName, name, host.kernel.clock.now());
      return { physicalId: `${LogGroupName}|${name}` };
    },
    delete(physicalId) {
      const [group, stream] = physicalId.split('|');
      if (store.hasGroup(group!)) store.deleteStream(group!, stream!);
    },
  };
}
