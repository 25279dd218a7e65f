/** Owns how text travels in a message of ASCII: encoded words in headers, quoted-printable in bodies. */

/** A body line is at most this long on the wire, its soft break included. */
const LONGEST_ENCODED_LINE = 76;
/** Longer lines are refused by mail servers. */
const LONGEST_PLAIN_LINE = 998;
/** An encoded word takes at most 75 characters: this many bytes of text in base64. */
const WORD_BYTES = 45;

/** A header's text; encoded words (RFC 2047) when it is more than ASCII. */
export function encodeHeader(text: string): string {
  if (isAscii(text)) return text;
  const words: string[] = [];
  let word = '';
  for (const character of text) {
    if (Buffer.byteLength(word + character) > WORD_BYTES) {
      words.push(word);
      word = '';
    }
    word += character;
  }
  return [...words, word].map((part) => `=?UTF-8?B?${Buffer.from(part).toString('base64')}?=`).join('\r\n ');
}

/** A body with the transfer encoding it needs. */
export function encodeBody(text: string): { readonly encoding: '7bit' | 'quoted-printable'; readonly body: string } {
  const lines = text.split(/\r\n|\r|\n/);
  const isPlain = isAscii(text) && lines.every((line) => line.length <= LONGEST_PLAIN_LINE);
  if (isPlain) return { encoding: '7bit', body: lines.join('\r\n') };
  return { encoding: 'quoted-printable', body: lines.map(quotePrintable).join('\r\n') };
}

/** Base64 in lines, for attachments. */
export function base64Lines(content: Buffer): string {
  return content.toString('base64').replace(/(.{76})(?=.)/g, '$1\r\n');
}

function quotePrintable(line: string): string {
  const tokens = [...Buffer.from(line)].map((byte, index, bytes) => {
    const isLastBlank = (byte === 32 || byte === 9) && index === bytes.length - 1;
    const isLiteral = (byte >= 32 && byte <= 126 && byte !== 61) || byte === 9;
    return isLiteral && !isLastBlank
      ? String.fromCharCode(byte)
      : `=${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  });
  const rows = [''];
  for (const token of tokens) {
    if (rows.at(-1)!.length + token.length >= LONGEST_ENCODED_LINE) rows.push('');
    rows[rows.length - 1] += token;
  }
  return rows.join('=\r\n');
}

function isAscii(text: string): boolean {
  return /^[\t\r\n -~]*$/.test(text);
}
