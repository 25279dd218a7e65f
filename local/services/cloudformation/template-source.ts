import { AssemblyError } from '../../assembly/assembly-error';
import type { Template } from '../../assembly/template';
import { parseTemplateText } from '../../assembly/template-text';
import type { Caller } from '../../wire/caller';
import type { Host } from '../../wire/host';
import { validationError } from './faults';
import { type ObjectLocation, readObject } from './read-object';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
const BODY_LIMIT_BYTES = 51_200;
const OBJECT_LIMIT_BYTES = 1_048_576;

/** Where a request says that its template is. */
export interface TemplateSource {
  readonly TemplateBody?: string;
  readonly TemplateURL?: string;
}

/** A template, and the text that it was read from. */
export interface SentTemplate {
  readonly template: Template;
  readonly templateBody: string;
}

/** Reads the template of a request, from S3 as `caller`. Throws ValidationError for one that is missing, too large or cannot be read. */
export async function readTemplate(host: Host, caller: Caller, source: TemplateSource): Promise<SentTemplate> {
  const { TemplateBody, TemplateURL } = source;
  if (TemplateBody && TemplateURL) throw validationError('Only one of TemplateBody and TemplateURL may be specified.');
  if (!TemplateBody && !TemplateURL) throw validationError('Either Template URL or Template Body must be specified.');
  if (TemplateBody && Buffer.byteLength(TemplateBody) > BODY_LIMIT_BYTES) {
    throw validationError(
      `1 validation error detected: Value at 'templateBody' failed to satisfy constraint: Member must have length less than or equal to ${BODY_LIMIT_BYTES}`,
    );
  }
  const templateBody = TemplateBody ?? (await readSent(host, caller, TemplateURL!));
  return { template: parse(templateBody), templateBody };
}

function parse(text: string): Template {
  try {
    return parseTemplateText(text) as Template;
  } catch (error) {
    throw error instanceof AssemblyError ? validationError(error.message) : error;
  }
}

async function readSent(host: Host, caller: Caller, url: string): Promise<string> {
  const text = await readObject(host, caller, objectOf(host, url)).catch((error: Error) => {
    throw validationError(`S3 error: ${error.message}
For more information check http://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html`);
  });
  if (text.length > OBJECT_LIMIT_BYTES) {
    throw validationError(`Template may not exceed ${OBJECT_LIMIT_BYTES} bytes in size.`);
  }
  return text.toString('utf8');
}

/** The object of a URL: virtual-host style, path style, or on the port of the embedded AWS. */
function objectOf(host: Host, text: string): ObjectLocation {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const path = decodeURIComponent(url?.pathname.slice(1) ?? '');
  const VersionId = url?.searchParams.get('versionId') ?? undefined;
  const virtual = /^(.+)\.s3([.-][a-z0-9-]+)?\.amazonaws\.com$/.exec(url?.hostname ?? '');
  if (virtual && path) return { Bucket: virtual[1]!, Key: path, VersionId };
  const isPathStyle =
    url && (url.origin === host.endpoint() || /^s3([.-][a-z0-9-]+)?\.amazonaws\.com$/.test(url.hostname));
  const slash = path.indexOf('/');
  if (!isPathStyle || slash < 1 || slash === path.length - 1) {
    throw validationError('TemplateURL must be a supported URL.');
  }
  return { Bucket: path.slice(0, slash), Key: path.slice(slash + 1), VersionId };
}
