/** `$parse(text)`: what the JSON text says. */
export function parseJson(text: string | undefined): unknown {
  return text === undefined ? undefined : JSON.parse(text);
}
