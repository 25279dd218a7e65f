/** A PDF of these objects, numbered from 1, of which the first is the catalog; `trailer` goes into its trailer. */
export function pdfOfObjects(bodies: readonly string[], trailer = ''): Buffer {
  let file = '%PDF-1.7\n';
  const places = bodies.map((body, index) => {
    const place = file.length;
    file += `${index + 1} 0 obj\n${body}\nendobj\n`;
    return `${String(place).padStart(10, '0')} 00000 n \n`;
  });
  const at = file.length;
  const table = `xref\n0 ${bodies.length + 1}\n0000000000 65535 f \n${places.join('')}`;
  const end = `trailer\n<< /Size ${bodies.length + 1} /Root 1 0 R ${trailer} >>\nstartxref\n${at}\n%%EOF\n`;
  return Buffer.from(file + table + end, 'latin1');
}

/** An object that is a stream, not compressed. */
export function streamObject(dictionary: string, content: string): string {
  return `<< ${dictionary} /Length ${content.length} >>\nstream\n${content}\nendstream`;
}

const CATALOG = '<< /Type /Catalog /Pages 2 0 R >>';
const PAGES = '<< /Type /Pages /Kids [3 0 R] /Count 1 >>';

/** A page that draws a form twice, which draws a form twice, and so on: two to the power of `levels` of them. */
export function laughingForms(levels: number): Buffer {
  const form = (level: number) => {
    const isLast = level === levels;
    const resources = isLast ? '' : `/Resources << /XObject << /F ${level + 6} 0 R >> >>`;
    return streamObject(
      `/Type /XObject /Subtype /Form /BBox [0 0 100 100] ${resources}`,
      isLast ? 'BT (ha) Tj ET' : '/F Do /F Do',
    );
  };
  const page =
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /XObject << /F 5 0 R >> >> >>';
  const forms = Array.from({ length: levels + 1 }, (_, level) => form(level));
  return pdfOfObjects([CATALOG, PAGES, page, streamObject('', '/F Do /F Do'), ...forms]);
}

/** A PDF whose page tree is this object. */
export function pdfOfPages(pages: string): Buffer {
  const page = '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>';
  return pdfOfObjects([CATALOG, pages, page]);
}
