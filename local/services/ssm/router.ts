import type { Host } from '../../wire/host';
import type { Service } from '../../wire/service';
import { deleteParameter, deleteParameters } from './actions/delete-parameter';
import { describeParameters, getParameterHistory } from './actions/describe-parameters';
import { getParameter, getParameters } from './actions/get-parameters';
import { getParametersByPath } from './actions/get-parameters-by-path';
import { labelParameterVersion, unlabelParameterVersion } from './actions/label-parameter-version';
import { putParameter } from './actions/put-parameter';
import { addTagsToResource, listTagsForResource, removeTagsFromResource } from './actions/tags-of-resource';
import { parameterResource } from './resources';
import { ParameterStore } from './store';

/** Systems Manager's parameter store. */
export function createSsmService(host: Host): Service {
  const store = new ParameterStore(host.journal);
  return {
    name: 'ssm',
    protocols: [{ kind: 'json', version: '1.1', target: 'AmazonSSM' }],
    actions: {
      AddTagsToResource: addTagsToResource(host, store),
      DeleteParameter: deleteParameter(host, store),
      DeleteParameters: deleteParameters(host, store),
      DescribeParameters: describeParameters(host, store),
      GetParameter: getParameter(host, store),
      GetParameterHistory: getParameterHistory(host, store),
      GetParameters: getParameters(host, store),
      GetParametersByPath: getParametersByPath(host, store),
      LabelParameterVersion: labelParameterVersion(host, store),
      ListTagsForResource: listTagsForResource(host, store),
      PutParameter: putParameter(host, store),
      RemoveTagsFromResource: removeTagsFromResource(host, store),
      UnlabelParameterVersion: unlabelParameterVersion(host, store),
    },
    resources: [parameterResource(host, store)],
  };
}
