/**
 * The elements of a page with the names of their attributes, in order; texts, styles and attributes' values are left
 * out. Throws when there is a `<` or a quote that belongs to no well-formed tag.
 */
export function shapeOf(html: string): string[] {
  const body = html.replace(/<style>[^<]*<\/style>/, '<style></style>');
  const tags = [...body.matchAll(TAG)];
  const outside = body.replace(TAG, '');
  const stray = /[<>"']/.exec(outside);
  if (stray) throw new Error(`Stray ${stray[0]} near ${outside.slice(stray.index - 40, stray.index + 40)}`);
  return tags.map(([, name, attributes]) => `${name}${(attributes ?? '').replace(/="[^"]*"/g, '')}`);
}

const TAG = /<(!doctype html|\/?[a-z][a-z0-9]*)((?:\s+[a-z][a-z:-]*(?:="[^"<>]*")?)*)\s*>/g;

/** The texts of a page without their tags, with characters as they were before they were escaped. */
export function textOf(html: string): string {
  return html
    .replace(/<style>[^<]*<\/style>/, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&amp;/g, '&');
}
