import type { Access } from '../../wire/service';

/** The access of an action that makes a resource; with tags, also the leave to tag it. */
export function withTags<Input>(
  access: (input: Input) => Access[],
): (input: Input & { readonly tags?: Readonly<Record<string, string>> }) => Access[] {
  return (input) => {
    const needed = access(input);
    const hasTags = Object.keys(input.tags ?? {}).length > 0;
    return hasTags ? [...needed, { action: 's3vectors:TagResource', resource: needed[0]!.resource }] : needed;
  };
}
