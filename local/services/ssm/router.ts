import type { Host } from '../../wire/host';
import type { Service } from '../../wire/service';
import { getParameter, getParameters } from './actions/get-parameters';
import { putParameter } from './actions/put-parameter';
import { parameterResource } from './resources';
import { ParameterStore } from './store';

/** Systems Manager's parameter store. */
export function createSsmService(host: Host): Service {
  const store = new ParameterStore();
  return {
    name: 'ssm',
    protocols: [{ kind: 'json', version: '1.1', target: 'AmazonSSM' }],
    actions: {
      GetParameter: getParameter(host, store),
      GetParameters: getParameters(host, store),
      PutParameter: putParameter(host, store),
    },
    resources: [parameterResource(host, store)],
  };
}
