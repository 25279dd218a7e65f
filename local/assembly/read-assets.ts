import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Assembly, AssetLocation, Environment } from './assembly';
import { AssemblyError } from './assembly-error';
import { fillPlaceholders } from './placeholders';

interface FileAsset {
  readonly source: { readonly path?: string; readonly packaging?: 'zip' | 'file'; readonly executable?: string[] };
  readonly destinations: Readonly<Record<string, { readonly bucketName: string; readonly objectKey: string }>>;
}

/** The file assets of one `*.assets.json`, one location for each destination. Throws AssemblyError for images. */
export function readAssets(manifest: any, directory: string, environment: Environment): AssetLocation[] {
  const images = Object.keys(manifest.dockerImages ?? {});
  if (images.length > 0) {
    throw new AssemblyError(
      `container image assets are not emulated (${images.join(', ')}): bundle the function as a zip`,
    );
  }
  return Object.entries((manifest.files ?? {}) as Record<string, FileAsset>).flatMap(
    ([id, { source, destinations }]) => {
      if (!source.path) {
        throw new AssemblyError(
          `asset ${id} is made by an executable, which is not run here: stage it as a file or folder`,
        );
      }
      const path = join(directory, source.path);
      if (!existsSync(path)) throw new AssemblyError(`asset ${id} is missing at ${path}: run \`npm run synth\` again`);
      return Object.values(destinations).map((destination) => {
        const { bucketName, objectKey } = fillPlaceholders(destination, environment);
        return { bucket: bucketName, key: objectKey, path, packaging: source.packaging ?? ('file' as const) };
      });
    },
  );
}

/** Looks assets of an assembly up by where they would be published; throws AssemblyError for one that is not staged. */
export function assetLookup(assembly: Pick<Assembly, 'assets' | 'directory'>): (bucket: string, key: string) => string {
  const paths = new Map(assembly.assets.map(({ bucket, key, path }) => [`${bucket}/${key}`, path]));
  return (bucket, key) => {
    const path = paths.get(`${bucket}/${key}`);
    if (path) return path;
    throw new AssemblyError(
      `no asset of ${assembly.directory} is published to s3://${bucket}/${key}: run \`npm run synth\``,
    );
  };
}
