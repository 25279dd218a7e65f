/**
 * Phrases with which a text tries to steer a model that reads it. They are no reason to refuse a document, since texts about
 * such phrases hold them too: whoever hands passages to a model learns from the flag to be careful.
 */
const PHRASES: readonly RegExp[] = [
  /\b(ignore|disregard|forget|override)\s+(?:\w+\s+){0,3}(previous|prior|above|earlier|preceding|system)\s+(?:\w+\s+)?(instructions?|prompts?|rules|messages?|context)/i,
  /\b(reveal|print|repeat|show|output)\s+(?:\w+\s+){0,2}system\s+prompt/i,
  /\byou are now\s+(?:an?\s+)?(?:\w+\s+){0,2}(assistant|ai|model|agent|dan)\b/i,
  /\bdo not (tell|inform|mention to|reveal to) the (user|human)\b/i,
  /<\|(?:im_start|im_end|system|endoftext)\|>|\[\/?INST\]|<<SYS>>/i,
];

/** Whether the text holds such a phrase. Linear in the text's length. */
export function hasInstructions(text: string): boolean {
  return PHRASES.some((phrase) => phrase.test(text));
}
