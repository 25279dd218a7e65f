/** A vector's place: the 32 characters of its document, the 16 of its version, and its position. */
export interface VectorPlace {
  readonly documentKey: string;
  readonly versionKey: string;
  readonly position: number;
}

const KEY = /^([\w-]{32})#([\w-]{16})#(\d{6,7})$/;

/** The place that a vector's key names; undefined for a key that ingestion does not make. */
export function placeOf(key: string): VectorPlace | undefined {
  const [, documentKey, versionKey, position] = KEY.exec(key) ?? [];
  if (documentKey === undefined || versionKey === undefined) return undefined;
  const place = { documentKey, versionKey, position: Number(position) };
  return keyOf(place) === key ? place : undefined;
}

/** The key of a vector, as ingestion writes it. */
export function keyOf({ documentKey, versionKey, position }: VectorPlace): string {
  return `${documentKey}#${versionKey}#${String(position).padStart(6, '0')}`;
}
