import type { Host } from '../../wire/host';
import type { Service } from '../../wire/service';
import { getParameter, getParameters } from './actions/get-parameters';
import { putParameter } from './actions/put-parameter';
import { parameterResource } from './resources';
import { ParameterStore } from './store';

/** Where the CDK's bootstrap stack keeps its version, with the CDK's default qualifier. */
const BOOTSTRAP_PARAMETER = '/cdk-bootstrap/hnb659fds/version';

/** The version of the bootstrap template of the CDK CLI that the project pins; templates ask for at least 6. */
const BOOTSTRAP_VERSION = '33';

/** Systems Manager's parameter store. The embedded account comes bootstrapped, as far as templates can tell. */
export function createSsmService(host: Host): Service {
  const store = new ParameterStore();
  store.put({
    name: BOOTSTRAP_PARAMETER,
    type: 'String',
    value: BOOTSTRAP_VERSION,
    version: 1,
    changedAtMs: host.kernel.clock.now(),
  });
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
