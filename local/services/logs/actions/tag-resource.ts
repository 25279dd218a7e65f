import { type ActionFactory, groupAccess, groupNameOf } from '../logs-parts';

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_TagResource.html, for log groups */
export const tagResource: ActionFactory = (parts) => ({
  access: (input) => groupAccess(parts, 'TagResource')({ logGroupName: input.resourceArn }),
  handle(input) {
    const name = groupNameOf({ logGroupName: input.resourceArn });
    parts.store.setTags(name, { ...parts.store.group(name).tags, ...input.tags });
  },
});
