const TYPES: Readonly<Record<string, string>> = {
  md: 'text/markdown',
  markdown: 'text/markdown',
  mdx: 'text/markdown',
  txt: 'text/plain',
  text: 'text/plain',
  log: 'text/plain',
  rst: 'text/plain',
  adoc: 'text/plain',
  html: 'text/html',
  htm: 'text/html',
  xhtml: 'application/xhtml+xml',
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  url: 'text/uri-list',
};

/** Names without an extension that are text by custom. */
const BARE = /^(readme|license|licence|changelog|changes|notice|authors|contributing|copying)$/i;

/** The content type that a document is sent with; undefined for what ingestion has no parser for. */
export function contentTypeOf(path: string): string | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (BARE.test(name)) return 'text/plain';
  const dot = name.lastIndexOf('.');
  const extension = dot > 0 ? name.slice(dot + 1).toLowerCase() : '';
  return Object.hasOwn(TYPES, extension) ? TYPES[extension] : undefined;
}
