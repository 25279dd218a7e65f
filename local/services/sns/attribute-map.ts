/** Attributes as the API answers them: a map in XML, an object where another service takes the answer as JSON. */
export class AttributeMap extends Map<string, string> {
  constructor(attributes: Readonly<Record<string, string>>) {
    super(Object.entries(attributes));
  }

  toJSON(): Record<string, string> {
    return Object.fromEntries(this);
  }
}
