import { type ActionFactory, groupAccess, groupNameOf } from '../logs-parts';

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_UntagResource.html, for log groups */
export const untagResource: ActionFactory = (parts) => ({
  access: (input) => groupAccess(parts, 'UntagResource')({ logGroupName: input.resourceArn }),
  handle(input) {
    const name = groupNameOf({ logGroupName: input.resourceArn });
    const kept = Object.entries(parts.store.group(name).tags).filter(([key]) => !input.tagKeys.includes(key));
    parts.store.setTags(name, Object.fromEntries(kept));
  },
});
