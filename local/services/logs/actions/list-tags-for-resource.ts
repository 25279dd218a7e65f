import { type ActionFactory, groupAccess, groupNameOf } from '../logs-parts';

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_ListTagsForResource.html, for log groups */
export const listTagsForResource: ActionFactory = (parts) => ({
  access: (input) => groupAccess(parts, 'ListTagsForResource')({ logGroupName: input.resourceArn }),
  handle: (input) => ({ tags: parts.store.group(groupNameOf({ logGroupName: input.resourceArn })).tags }),
});
