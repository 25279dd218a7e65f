/** A repository for container images, which never holds one. Times are milliseconds since the epoch. */
export interface RepositoryRecord {
  readonly name: string;
  readonly arn: string;
  readonly uri: string;
  readonly createdAtMs: number;
  readonly encryption: { readonly EncryptionType: string; readonly KmsKey?: string };
  tagMutability: string;
  scansOnPush: boolean;
  policy?: object;
  lifecyclePolicy?: string;
  tags: Record<string, string>;
}
